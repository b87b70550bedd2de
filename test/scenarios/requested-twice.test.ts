/** Usernames of open requests count as taken, so nobody approves what cannot be created. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

describe('a username in a request under way', { concurrency: 2 }, () => {
  test('is refused at the form, and free again when that request is over', async (t) => {
    const { tara, noa, ari, ask, card, sandbox } = await startScenario(t);
    const first = await ask(tara);
    const form = await noa.openForm();
    const sent = await form.submit({ ...mary, Username: 'Mary' });
    assert.match(Object.values(sent.errors).join(' '), /CU-\d+ already requests “Mary”/);
    await ari.deny(first, 'not now');
    await card(/Denied by Ari Admin/);
    assert.equal((await form.submit()).outcome, 'closed');
    await ari.press(await card(/Noa.*Needs 1 approval/s), 'Approve');
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('leaves its row out of a file, and a file that waits for its uploader claims nothing', async (t) => {
    const { sandbox, tara, noa, threadSays, ask, card } = await startScenario(t);
    await ask(tara);
    const post = (content: string) =>
      postFile(sandbox, noa.id, { channel: requestsChannel, text: '<@U0BOT>', content });
    const posted = await post(csv(rowOf('Mary'), rowOf('anna')));
    const offer = await threadSays(posted, /1 row is ready to request/);
    assert.match(offer.text, /CU-\d+ already requests “Mary”/);
    // The file is corrected and posted again; the first one was only offered and not requested.
    const again = await post(csv(rowOf('anna'), rowOf('ben')));
    const second = await threadSays(again, /2 rows are ready to request/);
    await noa.press(second, 'Request 2 users');
    await card(/2 users/);
    await noa.press(offer, 'Request 1 user');
    await noa.isTold(
      /CU-\d+ already requests “anna”\.\s+Cancel or deny one of the two requests first/,
    );
  });

  test('is requested once when two forms are sent at the same time, and the second person is told', async (t) => {
    const { tara, noa, card, database, settled } = await startScenario(t);
    const forms = await Promise.all([tara.openForm(), noa.openForm()]);
    const sent = await Promise.all(forms.map((form) => form.submit(mary)));
    assert.ok(sent.some(({ outcome }) => outcome === 'closed'));
    await card(/\(Mary\)/);
    await settled();
    const states = await database.query(`select state from requests where state <> 'rejected'`);
    assert.deepEqual(states, [{ state: 'awaiting_approval' }]);
  });

  test('is found again at the approval', async (t) => {
    const { tara, noa, ari, ask, database, sandbox } = await startScenario(t);
    const first = await ask(tara);
    // Approved by an earlier version of the bot, which did not check this.
    const secondRequest = await ask(noa, { ...mary, Username: 'Maria' });
    await database.tamper(
      `update rows set new_user = jsonb_set(new_user, '{username}', '"Mary"')
       where request_id = (select max(id) from requests)`,
    );
    await ari.press(first, 'Approve');
    await ari.isTold(/CU-\d+ already requests “Mary”/);
    await ari.deny(secondRequest, 'twice');
    await ari.press(first, 'Approve');
    assert.equal(await createsOf(sandbox, 'Maria'), 0);
  });
});
