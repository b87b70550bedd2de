/**
 * Fuzzes the running bot over signed HTTP: damaged deliveries of every kind, mixed with valid requests of people.
 * Each acknowledged request has to take effect, and no password may be in the log.
 */
import { createHmac } from 'node:crypto';
import type { TestContext } from 'node:test';
import { bot, team } from '../../sandbox/seed.ts';
import { startScenario } from '../../test/scenarios/harness.ts';
import { mary } from '../../test/scenarios/stage.ts';
import { mutatedText, mutatedValue, oddText, oddValue } from '../odd.ts';
import { secretIn, secretMarker, type Target } from '../target.ts';

/** One in this many inputs is a valid request, which has to take effect. */
const requestEvery = 60;

const click = {
  type: 'block_actions',
  team: { id: team.id },
  user: { id: 'U0ARI', team_id: team.id },
  api_app_id: bot.appId,
  channel: { id: 'C0REQUESTS' },
  container: { type: 'message', message_ts: '1700000000.000100', channel_id: 'C0REQUESTS' },
  trigger_id: '1.2.3',
  response_url: 'http://127.0.0.1:9/none',
  actions: [
    {
      type: 'button',
      action_id: 'approve_request',
      block_id: 'decide',
      value: '1',
      action_ts: '1',
    },
  ],
};
const submission = {
  type: 'view_submission',
  team: { id: team.id },
  user: { id: 'U0TARA', team_id: team.id },
  api_app_id: bot.appId,
  view: {
    id: 'V0FUZZ',
    type: 'modal',
    callback_id: 'add_user',
    private_metadata: JSON.stringify({
      instance: 'production',
      phone: 'soft',
      password: 'type',
      more: false,
      channels: false,
    }),
    state: {
      values: {
        username: { username: { type: 'plain_text_input', value: 'mary' } },
        password: { password: { type: 'plain_text_input', value: secretMarker } },
      },
    },
    hash: '1',
  },
};
const event = {
  type: 'event_callback',
  team_id: team.id,
  api_app_id: bot.appId,
  event_id: 'Ev1',
  event_time: 1,
  authorizations: [{ team_id: team.id, user_id: bot.userId, is_bot: true }],
  event: {
    type: 'message',
    channel: 'C0REQUESTS',
    channel_type: 'channel',
    user: 'U0TARA',
    ts: '1700000000.000200',
    text: `<@${bot.userId}>`,
    files: [{ id: 'F0NONE', name: 'users.csv' }],
  },
};
const command = {
  command: '/connect-add-user',
  text: '',
  user_id: 'U0TARA',
  channel_id: 'C0GENERAL',
  team_id: team.id,
  trigger_id: '1.2.3',
  api_app_id: bot.appId,
  response_url: 'http://127.0.0.1:9/none',
};

export async function runningBot(): Promise<Target> {
  const cleanups: (() => unknown)[] = [];
  const context = { after: (cleanup: () => unknown) => void cleanups.push(cleanup) };
  const scenario = await startScenario(context as unknown as TestContext, { transport: 'http' });
  const { tara, requestUrl, card } = scenario;
  let inputs = 0;
  let requests = 0;
  let readLog = 0;

  async function requestArrives() {
    requests += 1;
    const username = `fuzz.${requests}`;
    const form = await tara.openForm();
    const sent = await form.submit({
      ...mary,
      Username: username,
      Email: `${username.replace('.', '')}@harbour.example`,
    });
    if (sent.outcome !== 'closed') return null;
    try {
      await card(new RegExp(`\\(fuzz\\.${requests}\\)`));
      return null;
    } catch {
      return { kind: 'lost' as const, detail: `${username} was acknowledged and has no card` };
    }
  }

  return {
    name: 'running bot',
    weight: 0.1,
    timeoutMs: 40_000,
    async attempt(chance) {
      inputs += 1;
      if (inputs % requestEvery === 0) return requestArrives();
      const kind = chance.pick(['click', 'submission', 'event', 'command', 'raw'] as const);
      const payload = (value: unknown) =>
        new URLSearchParams({ payload: JSON.stringify(mutatedValue(chance, value)) }).toString();
      const bodies = {
        click: () => payload(click),
        submission: () => payload(submission),
        event: () => JSON.stringify(mutatedValue(chance, { ...event, event_id: `Ev${inputs}` })),
        command: () => new URLSearchParams({ ...command, text: oddText(chance) }).toString(),
        raw: () =>
          chance.happens(0.5) ? oddText(chance) : JSON.stringify(oddValue(chance) ?? null),
      };
      const body = chance.happens(0.2) ? mutatedText(chance, bodies[kind]()) : bodies[kind]();
      const status = await deliver(requestUrl(), body, kind === 'event' || kind === 'raw');
      const said = scenario.log();
      const found = secretIn(said.slice(readLog));
      readLog = said.length;
      if (found) return found;
      return status >= 500 && status !== 503
        ? { kind: 'uncatalogued', detail: `${kind} was answered ${status}: ${body.slice(0, 500)}` }
        : null;
    },
    async close() {
      for (const cleanup of cleanups.toReversed()) await cleanup();
    },
  };
}

async function deliver(url: string, body: string, isJson: boolean): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', bot.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    // Slack waits three seconds; on a busy machine more time passes before the bot counts as stuck.
    signal: AbortSignal.timeout(20_000),
  });
  await response.arrayBuffer();
  return response.status;
}
