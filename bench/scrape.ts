/** A scrape of /metrics, and doctor, with years of requests in the database. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { botEnvironment } from '../sandbox/bot.ts';
import { startWorkspace } from '../sandbox/workspace.ts';
import { embeddedUrl } from '../src/storage/attach-database.ts';
import { eventually } from '../test/scenarios/sandbox-calls.ts';
import { startProcess, stopProcess, withDataDir } from './app-process.ts';
import { type Bench, nowMs, percentile } from './measurement.ts';

const requests = 100_000;
const scrapes = 100;
const looks = 3;

const fill = `
  set session_replication_role = replica;
  insert into requests (instance, source, state, requester_id, requester_name, requests_channel,
    created_at, content_hash, decision, ended_at, started_at, expires_at, notices)
  select 'production', 'form', 'done', 'U0TARA', 'Team Lead', 'C0REQUESTS', now() - n * interval '1 minute',
    repeat('a', 64), jsonb_build_object('kind', 'approved', 'by', 'U0ARI'), now(), now(), now(), '[]'
  from generate_series(1, ${requests}) as n;
  insert into rows (request_id, position, state, draft, new_user, password_plan, user_id, ended_at)
  select id, 1, 'created', jsonb_build_object('username', 'user' || id),
    jsonb_build_object('username', 'user' || id, 'firstName', 'Nia', 'lastName', 'N' || id,
      'securityProfiles', '[]'::jsonb, 'tags', '{}'::jsonb,
      'routingProfile', jsonb_build_object('id', 'r', 'name', 'Basic')), 'generated', 'u', now()
  from requests;
  analyze requests; analyze rows;`;

export const scrape: Bench = {
  name: 'scrape',
  about: `GET /metrics, and npm run doctor, with ${requests} requests in the database`,
  async run(say) {
    const workspace = await startWorkspace();
    try {
      return await withDataDir(async (dataDir) => {
        const port = 20_000 + Math.floor(Math.random() * 20_000);
        const environment = {
          ...botEnvironment(workspace, 'socket', dataDir),
          LOG_LEVEL: 'info',
          HEALTH_HOST: '127.0.0.1',
          HEALTH_PORT: String(port),
        };
        const app = await startProcess('npm', ['start', '--silent'], environment);
        try {
          await fillDatabase(dataDir);
          say(`${requests} requests stored`);
          const read = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
          await eventually('the metrics count them', async () => read().then(countsThem), {
            timeoutMs: 60_000,
          });
          const milliseconds: number[] = [];
          for (let number = 0; number < scrapes; number++) {
            const began = nowMs();
            await read();
            milliseconds.push(nowMs() - began);
          }
          const doctorMs: number[] = [];
          for (let number = 0; number < looks; number++) {
            const began = nowMs();
            await doctor(environment);
            doctorMs.push(nowMs() - began);
          }
          return [
            { name: 'p50_ms', value: percentile(milliseconds, 0.5), unit: 'ms' as const },
            {
              name: 'p95_ms',
              value: percentile(milliseconds, 0.95),
              unit: 'ms' as const,
              atMost: 20,
            },
            {
              name: 'doctor_s',
              value: percentile(doctorMs, 0.5) / 1000,
              unit: 's' as const,
              atMost: 5,
            },
          ];
        } finally {
          await stopProcess(app.process);
        }
      });
    } finally {
      await workspace.stop();
    }
  },
};

const countsThem = (metrics: string) =>
  [...metrics.matchAll(/_requests\{.*state="done".*\} (\d+)/g)].some(
    ([, count]) => Number(count) >= requests,
  );

async function fillDatabase(dataDir: string): Promise<void> {
  const url = await embeddedUrl({ kind: 'embedded', dataDir });
  if (url === null) throw new Error('the embedded database does not run');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(fill);
  } finally {
    await client.end();
  }
}

/** @throws when a line reports a failure, because the time of a failing installation is meaningless */
async function doctor(environment: Readonly<Record<string, string>>): Promise<void> {
  await promisify(execFile)('npm', ['run', '--silent', 'doctor', '--', '--json'], {
    env: { ...process.env, ...environment },
  });
}
