/** Measures the time from opening the App Home to the published view, with years of requests in the database. */
import pg from 'pg';
import type { WireEntry } from '../sandbox/api/wire.ts';
import { eventually } from '../test/scenarios/sandbox-calls.ts';
import { type Center, withCenter } from './contact-center.ts';
import { type Bench, percentile } from './measurement.ts';

const requests = 1_000;
const rowsOfEach = 100;
const openings = 100;

/** A tenth of the requests wait for approval, half belong to Tara, and some rows failed recently. */
const fill = `
  set session_replication_role = replica;
  insert into requests (instance, source, state, requester_id, requester_name, requests_channel,
    created_at, content_hash, decision, ended_at, started_at, expires_at, notices)
  select 'production', 'file', case when n % 10 = 0 then 'awaiting_approval' else 'done' end,
    case when n % 2 = 0 then 'U0TARA' else 'U0NOA' end, 'Team Lead', 'C0REQUESTS',
    now() - n * interval '1 hour', repeat('a', 64),
    case when n % 10 <> 0 then jsonb_build_object('kind', 'approved', 'by', 'U0ARI') end,
    case when n % 10 <> 0 then now() end, now(), now() + interval '3 days', '[]'
  from generate_series(1, ${requests}) as n;
  insert into request_files (request_id, slack_file_id, name)
  select id, 'F' || id, 'november.csv' from requests;
  insert into rows (request_id, position, state, draft, new_user, password_plan, user_id, ended_at, line, problem)
  select id, at, case when state <> 'done' then 'waiting' when at = 7 then 'failed' else 'created' end,
    jsonb_build_object('username', 'user' || at), jsonb_build_object('username', 'user' || at,
      'firstName', 'Nia', 'lastName', 'N' || at, 'securityProfiles', '[]'::jsonb, 'tags', '{}'::jsonb,
      'routingProfile', jsonb_build_object('id', 'r', 'name', 'Basic')), 'generated',
    case when state = 'done' and at <> 7 then 'u' end, ended_at, at + 1,
    case when state = 'done' and at = 7 then '{"code": "create.duplicate", "params": {"username": "user7", "instance": "production"}}'::jsonb end
  from requests, generate_series(1, ${rowsOfEach}) as at;
  analyze requests; analyze rows;`;

export const home: Bench = {
  name: 'home',
  about: `App Home opened to published, with ${requests} requests of ${rowsOfEach} rows`,
  run(say) {
    const rates = { ratePerSecond: 100, burst: 100 };
    return withCenter({ bots: 1, pace: rates, connect: rates }, async (center) => {
      await runSql(center.databaseUrl, fill);
      // The first person to open the Home waits for reads from Connect, so one visit before the measurement fills the
      // caches.
      await openHome(center, 'U0ARI');
      await openHome(center, 'U0TARA');
      const milliseconds: number[] = [];
      for (let number = 0; number < openings; number++) {
        milliseconds.push(await openHome(center, number % 2 === 0 ? 'U0ARI' : 'U0TARA'));
      }
      say(`${openings} openings, the slowest ${Math.round(Math.max(...milliseconds))} ms`);
      return [
        { name: 'p50_ms', value: percentile(milliseconds, 0.5), unit: 'ms' as const },
        { name: 'p95_ms', value: percentile(milliseconds, 0.95), unit: 'ms' as const, atMost: 300 },
      ];
    });
  },
};

async function runSql(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Milliseconds between Slack's event and the answer to `views.publish`, by the sandbox's clock. */
async function openHome({ sandbox }: Center, user: string): Promise<number> {
  await sandbox.call('DELETE', '/wire');
  await sandbox.call('POST', '/home', { user });
  return eventually('the published Home', async () => {
    const entries = await sandbox.wire();
    const opened = entries.find(({ name }) => name === 'app_home_opened');
    const published = entries.find(({ name, ok }) => name === 'views.publish' && ok);
    return opened && published ? endOf(published) - Date.parse(opened.at) : undefined;
  });
}

function endOf({ at, durationMs }: WireEntry): number {
  return Date.parse(at) + (durationMs ?? 0);
}
