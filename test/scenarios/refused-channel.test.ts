/** A channel that refuses messages delays its own requests only. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bot } from '../../sandbox/seed.ts';
import { startScenario } from './harness.ts';
import { generalChannel, requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';

describe('an archived requests channel', { concurrency: 2 }, () => {
  test('costs one call in total, and a card for a different channel appears in the meantime', async (t) => {
    const requests = 12;
    // The requested instance has its cards in a different channel.
    const scenario = await startScenario(t, {
      config: (config) => ({
        ...config,
        instances: config.instances.map((instance) =>
          instance.alias === 'production'
            ? { ...instance, requestsChannel: generalChannel }
            : instance,
        ),
      }),
    });
    const { tara, ari, sandbox, database } = scenario;
    const place = { channel: generalChannel, user: bot.userId };
    await sandbox.call('POST', '/channels', { ...place, action: 'join' });
    await sandbox.call('POST', '/channels', { channel: requestsChannel, action: 'archive' });
    // Publishing reads only what is stored, and due requests are published when the bot starts.
    await database.query(
      `insert into requests (instance, source, state, requester_id, requester_name, requests_channel, created_at)
       select 'branch', 'form', 'received', 'U0TARA', 'Tara Lead', $1, now()
       from generate_series(1, $2::integer)`,
      [requestsChannel, requests],
    );
    await database.query(
      `insert into rows (request_id, position, state, draft)
       select id, 1, 'waiting', '{"username":"somebody"}' from requests`,
    );
    await database.query(
      `insert into refused_posts (request_id, key, place, code, hash, whole_place, retry_at)
       select id, 'card', 'nowhere', 'new', '', false, now() from requests`,
    );
    await scenario.stopBot();
    await scenario.startBot();
    const form = await tara.openForm();
    assert.equal((await form.submit(mary)).outcome, 'closed');
    await eventually('the card is in the other channel', async () => {
      const cards = await ari.messages(generalChannel);
      return cards.some((message) => /\(Mary\)/.test(message.text));
    });
    await eventually('every request has met the refusal', async () => {
      const left = await database.query(
        `select 1 from refused_posts where code = 'is_archived' and retry_at > now()`,
      );
      return left.length === requests;
    });
    const posts = (await sandbox.wire('web-api')).filter(
      (entry) => entry.name === 'chat.postMessage' && entry.status === 'is_archived',
    );
    // At most as many as there are workers that began before the first was answered.
    assert.ok(posts.length <= 4, `${posts.length} calls for ${requests} requests`);
  });

  test('gets the card when it is unarchived, and the requester gets the direct message before that', async (t) => {
    const { tara, ari, sandbox, ask, card, logSays } = await startScenario(t);
    const asked = await ask(tara);
    await sandbox.fault({ on: 'connect', kind: 'slow', operation: 'CreateUser', delayMs: 1_500 });
    await ari.press(asked, 'Approve');
    await card(/Being created|1 created/);
    await sandbox.call('POST', '/channels', { channel: requestsChannel, action: 'archive' });
    await tara.isSent(/is ready in production/);
    await logSays(/Slack refuses a message/);
    await sandbox.call('POST', '/channels', { channel: requestsChannel, action: 'unarchive' });
    // The bot learns from an invitation that somebody has repaired the channel.
    const place = { channel: requestsChannel, user: bot.userId };
    await sandbox.call('POST', '/channels', { ...place, action: 'leave' });
    await sandbox.call('POST', '/channels', { ...place, action: 'join' });
    await card(/✅ 1 created/);
  });
});
