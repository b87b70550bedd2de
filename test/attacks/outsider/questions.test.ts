/** One person floods the requests channel with identity-link questions to the admins. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startScenario } from '../../scenarios/harness.ts';
import { generalChannel } from '../../scenarios/person.ts';
import { eventually } from '../../scenarios/sandbox-calls.ts';

test('the question whether a link is right is posted once, however often the link is requested', async (t) => {
  const { tara, database, settled } = await startScenario(t);
  // As many as the bot processes for one person at once.
  const commands = ['link sam', 'link sam', 'link bea', 'link jdoe', 'link bea'];
  await Promise.all(commands.map((command) => tara.command(command)));
  await eventually('every command is answered', async () => {
    return (await tara.told(generalChannel)).length === commands.length;
  });
  await settled();
  const questions = (await tara.messages()).filter((message) =>
    /I am the Connect/.test(message.text),
  );
  assert.equal(questions.length, 1);
  // Later she can correct it.
  await database.query(`update identity_links set asked_at = asked_at - interval '3 minutes'`);
  const otherAdmin = questions[0]?.text.includes('Connect user bea') ? 'sam' : 'bea';
  await tara.command(`link ${otherAdmin}`);
  await tara.isTold(
    new RegExp(`confirm that you are “${otherAdmin}” in production. The`),
    generalChannel,
  );
});
