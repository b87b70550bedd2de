/** A denied request is corrected and submitted again, and shows which request it replaces and what differs. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

describe('a request that is sent again', { concurrency: 2 }, () => {
  test('from the form says what was removed and changed', async (t) => {
    const { tara, ari, ask, card } = await startScenario(t);
    const asked = await ask(tara, { ...mary, 'Security profiles': ['Agent', 'Supervisor'] });
    const number = /CU-\d+/.exec(asked.text)?.[0] ?? 'none';
    await ari.deny(asked, 'Agents only');
    const direct = await tara.isSent(/Agents only/);
    await tara.press(direct, 'Edit and resend');
    const form = await tara.form();
    const values = { 'Security profiles': ['Agent'], Email: 'mary@harbour.example' };
    assert.deepEqual((await form.submit(values)).errors, {});
    await card(new RegExp(`Replaces ${number} · removed: Supervisor · changed: email`));
  });

  test('starts with all values of the expired request, and says which request it replaces', async (t) => {
    const { tara, ari, ask, card, sandbox, database } = await startScenario(t);
    const asked = await ask(tara, { ...mary, 'Security profiles': ['Agent', 'Supervisor'] });
    const number = /CU-\d+/.exec(asked.text)?.[0] ?? 'none';
    await database.query(`update requests set expires_at = now() - interval '1 second'`);
    await database.query(`update jobs.job set start_after = now() where name = 'expire'`);
    const direct = await tara.isSent(/Nobody decided about .* in time\. Nothing was created\./);
    await card(/Expired|expired|in time/);
    await tara.press(direct, 'Edit and resend');
    const form = await tara.form();
    for (const label of ['First name', 'Last name', 'Username', 'Email', 'Reason'] as const) {
      assert.equal(await form.valueOf(label), mary[label], label);
    }
    assert.deepEqual(await form.valueOf('Security profiles'), ['Agent', 'Supervisor']);
    assert.deepEqual((await form.submit({ 'Security profiles': ['Agent'] })).errors, {});
    const again = await card(new RegExp(`Replaces ${number} · removed: Supervisor`));
    await ari.press(again, 'Approve');
    await card(/✅ 1 created/);
    assert.deepEqual((await sandbox.connectUser('Mary'))?.securityProfiles, ['Agent']);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('can be a corrected file, which only its requester may upload', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      content: csv(rowOf('anna', { security: 'Agent|Supervisor' }), rowOf('ben'), rowOf('cleo')),
    });
    const offer = await threadSays(posted, /3 rows are ready to request/);
    await tara.press(offer, 'Request 3 users');
    const asked = await card(/requests 3 users/);
    const number = /CU-\d+/.exec(asked.text)?.[0] ?? 'none';
    await ari.deny(asked, 'Agents only');
    await tara.isSent(/Agents only/);
    const denied = await eventually('the file’s answer has the button', async () =>
      (await ari.thread(posted)).find(({ buttons }) => buttons.includes('Upload corrected file')),
    );
    await ari.press(denied, 'Upload corrected file');
    await ari.isTold(/Only Tara Lead/);

    const direct = await tara.isSent(/Agents only/);
    await tara.press(direct, 'Upload corrected file');
    const form = await tara.form();
    const { file } = await sandbox.call<{ file: { id: string } }>('POST', '/files', {
      user: tara.id,
      name: 'corrected.csv',
      contentBase64: Buffer.from(csv(rowOf('anna'), rowOf('dora'))).toString('base64'),
    });
    const values = { file: { file: { file_ids: [file.id] } } };
    await sandbox.call('POST', `/views/${form.id}/submit`, { user: tara.id, values });
    const again = await eventually('the new offer', async () => {
      const [...roots] = await tara.directMessages();
      return roots.find(({ text }) => /corrected\.csv.*2 rows are ready to request/s.test(text));
    });
    await tara.press(again, 'Request 2 users');
    const said = new RegExp(
      `Replaces ${number} · removed: Supervisor · 2 users left out · 1 user new · 1 user changed`,
    );
    await card(said);
  });
});
