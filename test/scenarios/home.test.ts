/** The App Home: what waits for an approver, and requests that bring themselves up to date. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from './harness.ts';
import { mary } from './stage.ts';

describe('the App Home', { concurrency: 2 }, () => {
  test('is approved on, and shows the outcome without being opened again', async (t) => {
    const { tara, ari, sandbox } = await startScenario(t);
    await tara.home(/You have no requests yet/);
    await ari.home(/Nothing is waiting for you/);
    const form = await tara.openForm();
    await form.submit(mary);
    await tara.homeSays(/Mary Major\n.*CU-1001.*waiting for approval/s);
    await ari.homeSays(/Waiting for you\s+Tara Lead requests Mary Major/);
    assert.equal((await ari.pressAtHome('Approve')).outcome, 'ok');
    await tara.homeSays(/CU-1001.*production.*created/s);
    await ari.homeSays(/Nothing is waiting for you/);
    assert.ok(await sandbox.connectUser('Mary'));
  });

  test('shows a requester without Users – Create nobody else’s requests', async (t) => {
    const { tara, noa } = await startScenario(t);
    const form = await tara.openForm();
    await form.submit(mary);
    await tara.home(/waiting for approval/);
    const said = await noa.home(/You have no requests yet/);
    assert.doesNotMatch(said, /Mary|Waiting for you/);
  });
});
