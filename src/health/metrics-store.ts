/**
 * Metrics from the database, read every few seconds and cached, so that a scrape costs the same with ten requests and
 * with a hundred thousand, and frequent scrapes do not load the database.
 */
import { sql } from 'kysely';
import { readWebhook } from '../audit/webhook-store.ts';
import type { Log } from '../operations/log.ts';
import {
  auditEventsBehind,
  collectedAt,
  jobsGivenUp,
  jobsWaiting,
  oldestJob,
  paceRate,
  postsParked,
  requestsInState,
  rowsWithOutcome,
} from '../operations/meters.ts';
import type { Db } from '../storage/database.ts';
import { countGivenUp } from '../storage/failing-jobs.ts';

const collectEveryMs = 15_000;

/** Reads all of them once; rejects when the database does not answer. */
export async function collect(db: Db): Promise<void> {
  const requests = await sql<{ instance: string; state: string; requests: number }>`
    select instance, state, count(*)::int as requests from requests group by instance, state`.execute(
    db,
  );
  const rows = await sql<{ state: string; rows: number }>`
    select state, count(*)::int as rows from rows group by state`.execute(db);
  const jobs = await sql<{ queue: string; waiting: number; seconds: number }>`
    select name as queue, count(*)::int as waiting,
      extract(epoch from clock_timestamp() - min(greatest(created_on, start_after)))::float8 as seconds
    from jobs.job
    where state < 'active' and start_after <= clock_timestamp() and name not like '\\_\\_pgboss%'
    group by name`.execute(db);
  const parked = await sql<{ posts: number }>`
    select count(*)::int as posts from refused_posts`.execute(db);
  const paces = await sql<{ key: string; rate: number | null }>`
    select key, (learned->>'limitPerSecond')::float8 as rate from pace`.execute(db);
  const givenUp = await countGivenUp(db);
  const webhook = await readWebhook(db);

  // All values are set at once, so that a scrape never sees only half of them.
  for (const gauge of [requestsInState, rowsWithOutcome, jobsWaiting, oldestJob, jobsGivenUp]) {
    gauge.reset();
  }
  paceRate.reset();
  for (const row of requests.rows) {
    requestsInState.set({ instance: row.instance, state: row.state }, row.requests);
  }
  for (const row of rows.rows) rowsWithOutcome.set({ state: row.state }, row.rows);
  for (const { queue, waiting, seconds } of jobs.rows) {
    jobsWaiting.set({ queue }, waiting);
    oldestJob.set({ queue }, Math.max(0, seconds));
  }
  for (const [queue, count] of givenUp) jobsGivenUp.set({ queue }, Number(count));
  auditEventsBehind.set(webhook?.behind ?? 0);
  postsParked.set(parked.rows[0]?.posts ?? 0);
  for (const { key, rate } of paces.rows) if (rate !== null) paceRate.set({ budget: key }, rate);
  collectedAt.setToCurrentTime();
}

/**
 * Collects periodically from now on. Metrics that could not be read keep their last values, and `collectedAt` shows
 * their age.
 */
export function keepCollecting(db: Db, log: Log): { stop(): void } {
  const attempt = () =>
    collect(db).catch((error: unknown) => log.debug({ err: error }, 'could not collect metrics'));
  void attempt();
  const timer = setInterval(attempt, collectEveryMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
