/**
 * Jobs that fail for a reason that is not a known temporary one. Such a job is tried a limited number of times, over
 * several minutes, and then given up: otherwise it would fail forever, and delay everything that waits behind it.
 */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toJson } from '../text/storable.ts';
import type { QueueName } from './queues.ts';
import type { Schema } from './schema.ts';

/** A job is given up after at least this many failures, and not before this long after the first of them. */
export type GiveUpAfter = { readonly failures: number; readonly ms: number };

/** Six tries and five minutes: long enough for a restart or a deployment to correct the cause. */
export const standardGiveUpAfter: GiveUpAfter = { failures: 6, ms: 5 * 60_000 };

/** A job whose process ended this often is not started again, because it may be the cause. */
export const mostProcessEnds = 2;

/** How long a job that was given up is stored, for people who search for its reference. */
const rememberedDays = 90;

export type FailingJob = {
  readonly reference: string;
  readonly failures: number;
  readonly processEnds: number;
  readonly firstAt: Date;
};

/** The record of a job's failures; undefined for a job that never failed. */
export async function readFailingJob(
  db: Kysely<Schema>,
  jobId: string,
): Promise<FailingJob | undefined> {
  const found = await db
    .selectFrom('failing_jobs')
    .select(['reference', 'failures', 'process_ends', 'first_at'])
    .where('job_id', '=', jobId)
    .executeTakeFirst();
  return (
    found && {
      reference: found.reference,
      failures: found.failures,
      processEnds: found.process_ends,
      firstAt: found.first_at,
    }
  );
}

type JobOfQueue = { readonly id: string; readonly queue: QueueName; readonly data: object };

/**
 * Counts one more failure of a job. Returns how often and since when it has failed, and whether the limit is reached.
 */
export async function noteFailure(
  db: Kysely<Schema>,
  job: JobOfQueue,
  why: { readonly error: unknown; readonly processEnded?: boolean },
  giveUpAfter: GiveUpAfter,
): Promise<FailingJob & { readonly enough: boolean }> {
  const error = why.error instanceof Error ? why.error.name : typeof why.error;
  const [failures, ends] = why.processEnded ? [0, 1] : [1, 0];
  const { rows } = await sql<FailingJob & { enough: boolean }>`
    insert into failing_jobs as known (job_id, queue, data, reference, failures, process_ends, error)
    values (${job.id}, ${job.queue}, ${toJson(job.data)}, ${newReference()}, ${failures}, ${ends}, ${error})
    on conflict (job_id) do update set
      failures = known.failures + excluded.failures,
      process_ends = known.process_ends + excluded.process_ends,
      error = excluded.error,
      last_at = clock_timestamp()
    returning reference, failures, process_ends as "processEnds", first_at as "firstAt",
      (failures >= ${giveUpAfter.failures}
        and clock_timestamp() - first_at >= ${giveUpAfter.ms} * interval '1 millisecond') as enough`.execute(
    db,
  );
  const [noted] = rows;
  if (!noted) throw new Error('a failure was noted and is not there');
  return noted;
}

/**
 * Counts that a bot's process ended while it ran these jobs, once for each time that a job is listed. Finished jobs
 * do not exist anymore.
 */
export async function noteProcessEnds(
  db: Kysely<Schema>,
  jobIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<JobOfQueue>`
    select id, name as queue, data from jobs.job
    where id::text = any(${[...new Set(jobIds)]}) and state < 'completed'`.execute(db);
  const why = { error: new Error('the process ended'), processEnded: true };
  for (const job of rows) {
    for (const _ of jobIds.filter((id) => id === job.id)) {
      await noteFailure(db, job, why, standardGiveUpAfter);
    }
  }
}

/** Stores a job that was given up, for the operator and the counters; deletes old ones. */
export async function noteGivenUp(db: Kysely<Schema>, jobId: string): Promise<void> {
  await db
    .updateTable('failing_jobs')
    .set({ given_up_at: sql<Date>`clock_timestamp()` })
    .where('job_id', '=', jobId)
    .execute();
  await sql`
    delete from failing_jobs
    where given_up_at < clock_timestamp() - ${rememberedDays} * interval '1 day'`.execute(db);
}

/** The job succeeded after all. */
export async function forgetFailures(db: Kysely<Schema>, jobId: string): Promise<void> {
  await db
    .deleteFrom('failing_jobs')
    .where('job_id', '=', jobId)
    .where('given_up_at', 'is', null)
    .execute();
}

/** Jobs that were given up, by queue: what `/metrics` and doctor show. */
export async function countGivenUp(db: Kysely<Schema>): Promise<ReadonlyMap<string, number>> {
  const counted = await db
    .selectFrom('failing_jobs')
    .select((eb) => ['queue', eb.fn.countAll<number>().as('jobs')])
    .where('given_up_at', 'is not', null)
    .groupBy('queue')
    .execute();
  return new Map(counted.map(({ queue, jobs }) => [queue, jobs]));
}

/** Short enough to be read aloud on the phone. */
export function newReference(): string {
  return randomUUID().slice(0, 8);
}
