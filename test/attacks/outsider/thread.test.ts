/** Messages in a card's thread are evidence: nobody can flood it, and no password is stored in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileIn } from '../../scenarios/handed-files.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { requestsChannel } from '../../scenarios/person.ts';
import { eventually } from '../../scenarios/sandbox-calls.ts';
import { wholeDatabase } from '../../scenarios/whole-database.ts';

test('H4: an objection in the thread is kept after any number of the requester’s messages, and a password is not kept', async (t) => {
  const { sandbox, tara, ari, ask, card, database } = await startScenario(t);
  const asked = await ask(tara);
  const say = (user: string, text: string) =>
    sandbox.call('POST', '/messages', {
      user,
      channel: requestsChannel,
      text,
      threadTs: asked.ts,
    });
  for (let at = 0; at < 510; at++) await say(tara.id, `and another thing ${at}`);
  const address = 'https://tickets.harbour.example/Browse/OPS-12';
  await say(ari.id, `I object, see ${address}. Her password is Hunter2Hunter2! (or “Kx9#mQ2wLp”)`);
  await eventually('the objection is kept', async () => {
    const kept = await database.query(`select 1 from thread_messages where person_id = 'U0ARI'`);
    return kept.length === 1;
  });
  const everything = await wholeDatabase(database);
  for (const password of ['Hunter2Hunter2', 'Kx9#mQ2wLp']) {
    assert.ok(!everything.includes(password), password);
  }
  await ari.deny(asked, 'see the thread');
  const denied = await card(/Denied by Ari Admin/);
  await ari.press(denied, 'Evidence');
  const page = await fileIn(sandbox, () => ari.thread(denied), /evidence\.md$/);
  assert.match(page, /I object, see .*OPS-12.* Her password is ••• \(or •••/);
  assert.match(page, /Of `Tara Lead` \(`U0TARA`\) only the first 100 are kept/);
});
