/** The bot's health endpoints and its metrics. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wayTo } from '../storage/outage.ts';
import { startScenario } from './harness.ts';
import { eventually } from './sandbox-calls.ts';

const origin = (requestUrl: string) => new URL('/health', requestUrl).href;

describe('the health of the bot', { concurrency: 2 }, () => {
  for (const transport of ['socket', 'http'] as const) {
    test(`over ${transport}: alive all the time, ready while the database answers`, async (t) => {
      const held: { way?: Awaited<ReturnType<typeof wayTo>> } = {};
      const { healthUrl, requestUrl } = await startScenario(t, {
        transport,
        databaseUrl: async (url) => {
          held.way = await wayTo(t, url);
          return held.way.url;
        },
      });
      const statusOf = async (path: string, method = 'GET') =>
        (await fetch(healthUrl(path), { method })).status;
      /** On a busy machine, the database can take longer than a health check allows. */
      const soon = (what: string, status: () => Promise<number>) =>
        eventually(`${what} answers 200`, async () => (await status()) === 200);
      for (const method of ['GET', 'HEAD']) {
        assert.equal(await statusOf('/healthz', method), 200);
        await soon(`${method} /readyz`, () => statusOf('/readyz', method));
        if (transport === 'http') {
          await soon(`${method} /health`, async () => {
            return (await fetch(origin(requestUrl()), { method })).status;
          });
        }
      }
      assert.equal(await statusOf('/readyz', 'POST'), 405);
      assert.equal(await statusOf('/anything'), 404);

      await held.way?.cut();
      assert.equal(await statusOf('/healthz'), 200);
      const answer = await fetch(healthUrl('/readyz'));
      assert.equal(answer.status, 503);
      const { ready, checks } = (await answer.json()) as {
        ready: boolean;
        checks: Record<string, string>;
      };
      assert.equal(ready, false);
      assert.match(checks.database ?? '', /^the database d/);
      assert.equal(checks.slack, 'ok');
      assert.equal(checks.workers, 'ok');
      if (transport === 'http') {
        assert.equal((await fetch(origin(requestUrl()))).status, 503);
        assert.equal((await fetch(origin(requestUrl()), { method: 'HEAD' })).status, 503);
      }

      await held.way?.restore();
      await eventually('it is ready again', async () => (await statusOf('/readyz')) === 200);
    });
  }

  test('counts what happened, and names nobody', async (t) => {
    const { tara, ari, ask, card, healthUrl } = await startScenario(t);
    await ari.press(await ask(tara), 'Approve');
    await card(/✅ 1 created/);
    const text = await (await fetch(healthUrl('/metrics'))).text();
    const numberAt = (line: RegExp) => Number(line.exec(text)?.[1] ?? Number.NaN);
    assert.ok(
      numberAt(
        /^connect_add_user_slack_calls_total\{method="chat\.postMessage",outcome="ok"\} (\d+)/m,
      ) >= 1,
    );
    assert.ok(
      numberAt(
        /^connect_add_user_connect_call_seconds_count\{operation="CreateUser",outcome="ok"\} (\d+)/m,
      ) >= 1,
    );
    assert.ok(
      numberAt(/^connect_add_user_slack_ack_seconds_count\{transport="socket"\} (\d+)/m) >= 2,
    );
    assert.ok(
      numberAt(
        /^connect_add_user_request_to_approval_seconds_count\{instance="production"\} (\d+)/m,
      ) >= 1,
    );
    assert.ok(
      numberAt(
        /^connect_add_user_approval_to_receipt_seconds_count\{instance="production"\} (\d+)/m,
      ) >= 1,
    );
    assert.ok(numberAt(/^connect_add_user_slack_connections (\d+)/m) >= 1);
    assert.match(text, /^nodejs_eventloop_lag_seconds /m);
    assert.match(text, /^process_resident_memory_bytes /m);
    assert.doesNotMatch(text, /\b(?:mary|tara|ari)\b|harbour|U0[A-Z]/i);
  });
});
