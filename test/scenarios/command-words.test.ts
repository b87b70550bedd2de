/** The words that can be typed after the slash command, and the answer that only that person sees. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from './harness.ts';
import { generalChannel } from './person.ts';

describe('words behind the command', { concurrency: 2 }, () => {
  test('status, mine and waiting answer the requester and the approver, and nobody else', async (t) => {
    const { tara, ari, noa, ask, card, threadSays } = await startScenario(t);
    await ari.command('waiting');
    await ari.isTold(/^Nothing is waiting for you\.$/, generalChannel);
    const asked = await ask(tara);
    await tara.command('mine');
    await tara.isTold(
      /Your requests\nMary Major\nCU-1001.* · production · waiting for approval/,
      generalChannel,
    );
    await ari.command('waiting');
    await ari.isTold(/Waiting for you\nTara Lead requests Mary Major\nCU-1001/, generalChannel);
    await tara.command('waiting');
    await tara.isTold(/Only people who hold Users – Create/, generalChannel);
    await tara.command('status CU-1001');
    const said = await tara.isTold(
      /Mary Major, requested by Tara Lead\nCU-1001.*waiting for approval/s,
      generalChannel,
    );
    assert.match(said, /aws connect create-user/);
    assert.match(said, /--username Mary/);
    await noa.command('status 1001');
    await noa.isTold(/There is no request CU-1001 that you may see/, generalChannel);
    await noa.command('status hello');
    await noa.isTold(/“hello” is not the number of a request/, generalChannel);
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    const receipt = await threadSays(asked, /is ready in production/);
    await ari.press(receipt, 'Copy as aws command');
    await ari.isTold(/aws connect create-user/);
    await ari.press(receipt, 'Copy a welcome');
    await ari.isTold(
      /Hello Mary,\nyour user in Amazon Connect is ready\.\n+Sign in at: https:.*\nUsername: Mary\n.*Forgot password/,
    );
    await noa.press(receipt, 'Copy as aws command');
    await noa.isTold(/There is no request CU-1001 that you may see/);
    await tara.command('status cu-1001');
    await tara.isTold(
      /Mary Major, requested by Tara Lead\nCU-1001.* · created · /s,
      generalChannel,
    );
  });

  test('a guest who is linked to an approver sees no request of anybody else', async (t) => {
    const { tara, noa, ask, sandbox } = await startScenario(t, {
      config: (config) => ({
        ...config,
        identity: { ...config.identity, links: { U0NOA: 'ari.admin' } },
      }),
    });
    await ask(tara);
    await noa.command('status CU-1001');
    await noa.isTold(/Mary Major, requested by Tara Lead/, generalChannel);
    await sandbox.call('POST', '/people', { id: 'U0NOA', guest: 'single-channel' });
    await noa.command('waiting');
    await noa.isTold(/Only people who hold Users – Create/, generalChannel);
    await noa.command('status CU-1001');
    await noa.isTold(/There is no request CU-1001 that you may see/, generalChannel);
  });

  test('a misspelled word is answered with the closest word', async (t) => {
    const { tara } = await startScenario(t);
    await tara.command('templat');
    await tara.isTold(
      /I don’t know “templat”\. Did you mean \/connect-add-user template\?/,
      generalChannel,
    );
    await tara.command('STATUSS CU-1');
    await tara.isTold(/Did you mean \/connect-add-user status\?/, generalChannel);
    await tara.command('xyzzy');
    assert.doesNotMatch(await tara.isTold(/I don’t know “xyzzy”/, generalChannel), /Did you mean/);
  });
});
