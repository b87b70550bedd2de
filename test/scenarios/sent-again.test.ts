/** What was denied is sent again, corrected, and says which request it replaces and what is other. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';

describe('a request that is sent again', { concurrency: 2 }, () => {
  test('out of the form says what was removed and changed', async (t) => {
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

  test('of a file is a corrected file, uploaded by its requester alone', async (t) => {
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
