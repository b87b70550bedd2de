/**
 * Measures whether cards that Slack refuses delay other cards: requests of one instance go to an archived channel,
 * and a request of another instance goes to a working channel.
 */
import pg from 'pg';
import { bot } from '../sandbox/seed.ts';
import { eventually } from '../test/scenarios/sandbox-calls.ts';
import { mary } from '../test/scenarios/stage.ts';
import { type Center, withCenter } from './contact-center.ts';
import { type Bench, percentile } from './measurement.ts';

const refused = 200;
const archived = 'C0FLOOR';
const hires = 5;

export const refusedChannel: Bench = {
  name: 'refused-channel',
  about: `a card while ${refused} requests of another instance meet an archived channel`,
  run(say) {
    const options = {
      bots: 1,
      pace: { ratePerSecond: 100, burst: 100 },
      connect: { ratePerSecond: 100, burst: 100 },
      requestsChannels: { branch: archived },
    };
    return withCenter(options, async (center) => {
      const { sandbox } = center;
      await sandbox.call('POST', '/channels', {
        channel: archived,
        user: bot.userId,
        action: 'join',
      });
      await sandbox.call('POST', '/channels', { channel: archived, action: 'archive' });
      const idle: number[] = [];
      for (let number = 0; number < hires; number++)
        idle.push(await cardSeconds(center, `idle${number}`));
      say(`idle: ${idle.map((seconds) => seconds.toFixed(2)).join(', ')} s`);
      await requestsInto(center.databaseUrl, archived);
      const calls = () => sandbox.wire('web-api');
      await eventually('the first is refused', async () => (await refusals(calls)) > 0, {
        timeoutMs: 60_000,
      });
      const busy: number[] = [];
      for (let number = 0; number < hires; number++)
        busy.push(await cardSeconds(center, `busy${number}`));
      say(`among ${refused}: ${busy.map((seconds) => seconds.toFixed(2)).join(', ')} s`);
      const slower = percentile(busy, 1) - percentile(idle, 0.5);
      return [
        { name: 'idle_card_s', value: percentile(idle, 0.5), unit: 's' as const },
        { name: 'card_s', value: percentile(busy, 1), unit: 's' as const },
        { name: 'slower_s', value: slower, unit: 's' as const, atMost: 2 },
        { name: 'refused_calls', value: await refusals(calls), unit: '' as const, atMost: 10 },
      ];
    });
  },
};

/** Milliseconds from pressing the form's button to the card in the channel. */
async function cardSeconds({ tara, card }: Center, username: string): Promise<number> {
  const form = await tara.openForm();
  const began = performance.now();
  const sent = await form.submit({ ...mary, Username: username });
  if (sent.outcome !== 'closed') throw new Error(`the form says ${sent.outcome}: ${sent.detail}`);
  await card(new RegExp(`\\(${username}\\)`));
  return (performance.now() - began) / 1000;
}

async function refusals(
  calls: () => Promise<{ name: string; status?: unknown }[]>,
): Promise<number> {
  return (await calls()).filter(
    ({ name, status }) => name === 'chat.postMessage' && status === 'is_archived',
  ).length;
}

/** Many requests whose card is due at the same time, as after a night in which the channel was archived. */
async function requestsInto(databaseUrl: string, channel: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into requests (instance, source, state, requester_id, requester_name, requests_channel, created_at)
       select 'branch', 'form', 'received', 'U0NOA', 'Noa Lead', $1, now()
       from generate_series(1, $2::integer)`,
      [channel, refused],
    );
    await client.query(
      `insert into rows (request_id, position, state, draft)
       select id, 1, 'waiting', '{"username":"somebody"}' from requests where requests_channel = $1`,
      [channel],
    );
    await client.query(
      `insert into refused_posts (request_id, key, place, code, hash, whole_place, retry_at)
       select id, 'card', 'nowhere', 'new', '', false, now() from requests
       where requests_channel = $1`,
      [channel],
    );
  } finally {
    await client.end();
  }
}
