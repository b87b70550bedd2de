/** Whatever fails in the bot's calls and sockets to Slack, every message is sent exactly once and nothing is lost. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SlackFault } from '../../sandbox/api/wire.ts';
import type { State } from '../../sandbox/api/workspace.ts';
import { bot } from '../../sandbox/seed.ts';
import { impatient, startScenario } from './harness.ts';
import { generalChannel, requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary, saidOnce } from './stage.ts';
import { acceptedCalls, createsOf } from './wire.ts';

const posting = { on: 'slack', kind: 'method', match: 'chat.postMessage' } as const;
const editing = { on: 'slack', kind: 'method', match: 'chat.update' } as const;

describe('one call of Slack’s goes wrong', { concurrency: 4 }, () => {
  const troubles: [what: string, faults: readonly SlackFault[]][] = [
    ['chat.postMessage answers 429', [{ ...posting, error: 'ratelimited', retryAfterSeconds: 1 }]],
    ['chat.postMessage answers 500', [{ ...posting, error: 'http_500' }]],
    ['chat.postMessage answers a page of HTML', [{ ...posting, error: 'html' }]],
    ['chat.postMessage breaks off before it was posted', [{ ...posting, error: 'reset' }]],
    ['chat.postMessage never answers', [{ ...posting, error: 'hang' }]],
    ['chat.postMessage fails with an error of Slack’s own', [{ ...posting, error: 'fatal_error' }]],
    [
      'the answer to chat.postMessage is lost after it was posted',
      [{ on: 'slack', kind: 'lose-answer', match: 'chat.postMessage' }],
    ],
    ['chat.update answers 500', [{ ...editing, error: 'http_500' }]],
    ['chat.update answers 429', [{ ...editing, error: 'ratelimited', retryAfterSeconds: 1 }]],
    [
      'conversations.open fails',
      [{ on: 'slack', kind: 'method', match: 'conversations.open', error: 'internal_error' }],
    ],
    [
      'users.info fails while a click is checked',
      [{ on: 'slack', kind: 'method', match: 'users.info', error: 'http_500' }],
    ],
  ];
  for (const [what, faults] of troubles) {
    test(`${what}: everything is said, and once`, async (t) => {
      const hangs = faults.some((fault) => 'error' in fault && fault.error === 'hang');
      const scenario = await startScenario(t, hangs ? { timing: impatient } : {});
      const { tara, ari, sandbox } = scenario;
      const form = await tara.openForm();
      for (const fault of faults) await sandbox.fault(fault);
      assert.equal((await form.submit(mary)).outcome, 'closed');
      const asked = await scenario.card(/Needs 1 approval/);
      await ari.press(asked, 'Approve');
      await saidOnce(scenario);
    });
  }

  test('messages whose answers were lost repeatedly are found by their metadata', async (t) => {
    const scenario = await startScenario(t);
    const { tara, ari, sandbox, ask } = scenario;
    const asked = await ask(tara);
    const lost = { on: 'slack', kind: 'lose-answer', match: 'chat.postMessage' } as const;
    await sandbox.fault(lost, 2);
    await ari.press(asked, 'Approve');
    await saidOnce(scenario);
    assert.match(scenario.log(), /found a message whose answer was lost/);
  });

  test('somebody who cannot get an ephemeral message gets a direct message', async (t) => {
    const { tara, sam, sandbox, ask } = await startScenario(t);
    const asked = await ask(tara);
    const ephemeral = { ...posting, match: 'chat.postEphemeral', error: 'user_not_in_channel' };
    await sandbox.fault(ephemeral);
    await sam.press(asked, 'Approve');
    await sam.isSent(/Your Connect user “sam” doesn’t have it/);
  });

  test('the person is told, with a reference, when Slack refuses to open the form', async (t) => {
    const { tara, sandbox, log } = await startScenario(t);
    await sandbox.fault({ ...posting, match: 'views.open', error: 'internal_error' });
    await tara.command();
    // The bot is not in #general, but the command's response URL works anyway.
    const text = await tara.isTold(/Something unexpected/, generalChannel);
    const [, reference = ''] = /reference: ([0-9a-f-]+)/.exec(text) ?? [];
    assert.ok(reference !== '' && log().includes(reference), text);
  });
});

describe('the place for the card', { concurrency: 2 }, () => {
  test('the requester is told when the bot is not in the channel, and the card is posted once the bot is invited', async (t) => {
    const { tara, ari, sandbox, card } = await startScenario(t);
    const place = { channel: requestsChannel, user: bot.userId };
    await sandbox.call('POST', '/channels', { ...place, action: 'leave' });
    const form = await tara.openForm();
    assert.equal((await form.submit(mary)).outcome, 'closed');
    await tara.isSent(/can’t post your request.*Ask an operator to invite me/s);
    await sandbox.call('POST', '/channels', { ...place, action: 'join' });
    await ari.press(await card(/Needs 1 approval/), 'Approve');
    await card(/✅ 1 created/);
    await tara.isSent(/^CU-\d+ is in #C0REQUESTS now/);
    const direct = await tara.directMessages();
    assert.equal(
      direct.filter((message) => /can’t post your request/.test(message.text)).length,
      0,
    );
  });

  test('the requester still gets the outcome after the card was deleted', async (t) => {
    const { tara, ari, sandbox, ask } = await startScenario(t);
    const asked = await ask(tara);
    await ari.press(asked, 'Approve');
    const deleted = await fetch(`${sandbox.url}/api/chat.delete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bot.botToken}` },
      body: new URLSearchParams({ channel: requestsChannel, ts: asked.ts }),
    });
    assert.equal(((await deleted.json()) as { ok: boolean }).ok, true);
    await tara.isSent(/is ready in production/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });
});

describe('sockets', { concurrency: 3 }, () => {
  for (const announce of [true, false]) {
    const how = announce ? 'after a warning' : 'without a word';
    test(`a socket that Slack drops ${how} is opened again, and nothing is missed`, async (t) => {
      const { tara, ari, sandbox, ask, card } = await startScenario(t);
      const asked = await ask(tara);
      await sandbox.fault({ on: 'slack', kind: 'drop-socket', announce });
      await eventually('the bot is back', async () => {
        const opened = await acceptedCalls(sandbox, 'apps.connections.open');
        const { bot: state } = await sandbox.call<State>('GET', '/state?user=U0TARA');
        return opened.length > 1 && state.sockets > 0;
      });
      await eventually(
        'a click arrives',
        async () => (await ari.press(asked, 'Approve')).outcome === 'ok',
      );
      await card(/✅ 1 created/);
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
    });
  }

  test('H1, H5: two bots on one database share the work and do nothing twice', async (t) => {
    const scenario = await startScenario(t);
    const { tara, ari, bea, sandbox, startReplica } = scenario;
    await startReplica();
    await eventually('two sockets of each are open', async () => {
      const { bot: state } = await sandbox.call<State>('GET', '/state?user=U0TARA');
      return state.sockets === 4;
    });
    await sandbox.fault({ on: 'slack', kind: 'duplicate', match: '*', retryAttempt: 0 }, 100);
    const asked = await scenario.ask(tara);
    await Promise.all([ari.press(asked, 'Approve'), bea.press(asked, 'Approve')]);
    await saidOnce(scenario);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });
});

describe('Slack refuses to open connections', () => {
  test('a code at which the SDK gives up for good: the bot connects again all the same', async (t) => {
    const { tara, sandbox, logSays } = await startScenario(t);
    const open = { on: 'slack', kind: 'method', match: 'apps.connections.open' } as const;
    await sandbox.fault({ ...open, error: 'invalid_auth' }, 4);
    await sandbox.fault({ on: 'slack', kind: 'drop-socket', announce: false });
    await sandbox.fault({ on: 'slack', kind: 'drop-socket', announce: false });
    await logSays(/invalid_auth/);
    await eventually('two sockets are open again', async () => {
      const { bot: state } = await sandbox.call<State>('GET', '/state?user=U0TARA');
      return state.sockets === 2;
    });
    await tara.openForm();
  });
});
