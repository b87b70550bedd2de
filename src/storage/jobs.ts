/**
 * Work that follows from a state change: recorded in the transaction that changes the state (H7), done soon after it
 * is committed, and repeated when a try fails or its bot ends. The engine is pg-boss, in the schema `jobs` of the
 * same database.
 *
 * Two things are our own. First, a waiting job is merged with `upsert`, which locks its row until our transaction
 * ends: no worker can take the job, read the database before our change is visible, and finish the job. A plain
 * insert that is dropped because of the waiting job would sometimes lose that change. Second, the policy
 * `key_strict_fifo` runs jobs of one key one after the other; `stately` would too, but with it every fetch of the
 * queue fails while its first job is delayed.
 */
import type { Kysely } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Log } from '../operations/log.ts';
import { withLogContext } from '../operations/log-context.ts';
import { withTimeout } from '../operations/with-timeout.ts';
import { createWorkerCount } from '../operations/worker-count.ts';
import { storable } from '../text/storable.ts';
import type { Database } from './database.ts';
import { createJobTries, type GiveUp, type JobTriesDeps, killed } from './job-tries.ts';
import {
  type JobData,
  keyOf,
  logContextOfJob,
  type NewJob,
  type Queue,
  type QueueName,
  queues,
} from './queues.ts';
import type { Schema } from './schema.ts';
import { limitOutageLog } from './unavailable.ts';

export type Job<Name extends QueueName> = {
  readonly id: string;
  readonly data: JobData<Name>;
  /** 0 for the first try. */
  readonly tries: number;
  /** Fires when this try must end: the bot stops, or another one has taken over. */
  readonly signal: AbortSignal;
};

/**
 * Returns when the job is done; throws to have it retried later, `PostponedError` at a specific time. Must be
 * idempotent.
 */
export type JobHandler<Name extends QueueName> = (job: Job<Name>) => Promise<void>;

/** Not a failure: the job runs again no earlier than this time, and other jobs do not wait for it. */
export class PostponedError extends Error {
  override readonly name = 'PostponedError';
  readonly until: Date;

  constructor(until: Date, why: string) {
    super(why);
    this.until = until;
  }
}

export type Jobs = {
  /** Prepares the queues. Before it no job can be added or run. */
  start(): Promise<void>;
  /** Adds a job inside the caller's transaction; it exists if and when that is committed. */
  enqueue(trx: Kysely<Schema>, job: NewJob): Promise<void>;
  /** Runs the jobs of a queue from now on. */
  work<Name extends QueueName>(
    queue: Name,
    handler: JobHandler<Name>,
    giveUp?: GiveUp<Name>,
  ): Promise<void>;
  /**
   * Starts no more jobs, and aborts the running ones (their signal). All of them are run again, here or elsewhere,
   * because an aborted job may be incomplete. Jobs can still be added. Resolves when they have ended.
   */
  windDown(): Promise<unknown>;
  /** Stops gracefully: running jobs get at most `timeoutMs` to finish. */
  stop(options: { graceful: boolean; timeoutMs: number }): Promise<void>;
};

/** failing-jobs.ts gives jobs up, not the engine, which does not recognize outages. */
const retryLimit = 1_000_000;

/** pg-boss requires at least 10. With the checks below another bot takes over within 30 s. */
const heartbeatSeconds = 10;
const checkEverySeconds = 5;

/** How soon a job is found whose notification was lost, and one whose time has come. */
const pollSeconds = 2;

const day = 24 * 3600;

export type JobsDeps = Omit<JobTriesDeps, 'stopping'> & {
  /** Called for every job that begins; the returned function is called when the job ends. */
  readonly record?: (jobId: string) => () => void;
  /** Runs each try of a job, for example inside a span of its trace. */
  readonly around?: (
    job: { readonly queue: string; readonly data: object },
    work: () => Promise<void>,
  ) => Promise<void>;
};

export function createJobs(deps: JobsDeps): Jobs {
  const { database, log, around = (_job, work) => work() } = deps;
  const boss = new PgBoss(bossOptions(database.directUrl));
  const working = new Set<Promise<unknown>>();
  const workedQueues = new Set<QueueName>();
  const stopping = new AbortController();
  const tries = createJobTries({ ...deps, stopping: stopping.signal });
  /** Aborted when the bot stops. pg-boss aborts them only after its own timeout. */
  const toTell = new Set<AbortController>();
  const reportError = limitOutageLog(log).ofJobs;
  boss.on('error', reportError);
  boss.on('warning', (warning) => log.warn({ warning }, 'the job engine warns'));

  async function start(): Promise<void> {
    await boss.start();
    for (const name of queueNames) await prepareQueue(boss, name);
    if (database.exclusive) await reclaim(boss, database, log);
  }

  async function enqueue(trx: Kysely<Schema>, job: NewJob): Promise<void> {
    const connection = fromKysely(trx);
    const singletonKey = keyOf(job);
    // It contains text that people wrote, such as the reason for a denial.
    const data = storable(job.data);
    if (singletonKey !== undefined && job.startAfter === undefined) {
      const { priority = 0 } = job;
      const options = {
        db: connection,
        singletonKey,
        priority,
        startAfter: 0,
        match: 'all',
      } as const;
      await boss.upsert(job.queue, data, options);
      return;
    }
    await boss.send(job.queue, data, {
      db: connection,
      ...(singletonKey === undefined ? {} : { singletonKey }),
      ...(job.startAfter === undefined ? {} : { startAfter: job.startAfter }),
      ...(job.priority === undefined ? {} : { priority: job.priority }),
    });
  }

  async function work<Name extends QueueName>(
    queue: Name,
    handler: JobHandler<Name>,
    giveUp: GiveUp<Name> = () => Promise.resolve(),
  ): Promise<void> {
    const schema = queues[queue].data;
    workedQueues.add(queue);
    const crew = createWorkerCount(queues[queue], { addWorker, stopping: stopping.signal });
    await crew.fill();
    const { reservedWorkers = 0 }: Queue = queues[queue];
    for (let count = 0; count < reservedWorkers; count += 1) await addWorker('reserved');

    async function addWorker(kind: 'any' | 'reserved' = 'any'): Promise<void> {
      let workerId = '';
      const options = {
        includeMetadata: true,
        pollingIntervalSeconds: pollSeconds,
        notifyPollingIntervalSeconds: pollSeconds,
        ...(kind === 'reserved' ? { minPriority: 0 } : {}),
      } as const;
      workerId = await boss.work<object, void, typeof options>(queue, options, async ([job]) => {
        if (!job) return;
        if (stopping.signal.aborted) throw doneAgain();
        return withLogContext(logContextOfJob(job), async () => {
          const attempt = { tries: job.retryCount, lastOutput: job.output, signal: job.signal };
          const parsed = schema.safeParse(job.data);
          if (!parsed.success) {
            return tries.unreadable({ id: job.id, queue, ...attempt }, job.data, parsed.error);
          }
          const data = parsed.data as JobData<Name>;
          const known = { id: job.id, queue, data, ...attempt };
          // A worker that is added during this job does not belong to it.
          if (kind === 'any') withLogContext({}, () => void crew.begin().catch(reportError));
          const over = new AbortController();
          const end = () => over.abort();
          job.signal.addEventListener('abort', end);
          toTell.add(over);
          const endRecord = deps.record?.(job.id);
          const run = tries.run(known, giveUp, () =>
            around({ queue, data }, () =>
              handler({ id: job.id, data, tries: job.retryCount, signal: over.signal }),
            ),
          );
          working.add(run);
          try {
            await run;
          } catch (error) {
            if (stopping.signal.aborted) throw doneAgain();
            if (error instanceof PostponedError) await postpone(queue, data, error);
            else await tries.failed(known, giveUp, error);
          } finally {
            job.signal.removeEventListener('abort', end);
            toTell.delete(over);
            endRecord?.();
            working.delete(run);
            // A notification that came while this worker was busy woke no worker, so it polls again before waiting.
            if (kind === 'reserved' || crew.end() === 'stay') boss.notifyWorker(workerId);
            else await boss.offWork(queue, { id: workerId, wait: false });
          }
          if (stopping.signal.aborted) throw doneAgain();
        });
      });
    }

    async function postpone(
      queue: Name,
      data: JobData<Name>,
      { until }: PostponedError,
    ): Promise<void> {
      // Queue and data belong together, which the compiler cannot express for a generic.
      await enqueue(database.db, { queue, data, startAfter: until } as NewJob);
    }
  }

  let drained: Promise<unknown> | undefined;

  function windDown(): Promise<unknown> {
    stopping.abort();
    for (const job of toTell) job.abort();
    drained ??= Promise.all([...workedQueues].map((name) => boss.offWork(name)));
    return drained;
  }

  async function stop(options: { graceful: boolean; timeoutMs: number }): Promise<void> {
    if (options.graceful) await withTimeout(windDown(), options.timeoutMs);
    else stopping.abort();
    // pg-boss's own graceful stop polls every half second whether it may end.
    await boss.stop({ graceful: false });
    if (!options.graceful) return;
    await withTimeout(Promise.allSettled(working), 1000);
  }

  return { start, enqueue, work, windDown, stop };
}

/** Not an error: pg-boss retries a job that throws. */
function doneAgain(): Error {
  return new Error('the bot stopped meanwhile');
}

const queueNames = Object.keys(queues) as QueueName[];

function bossOptions(url: string) {
  return {
    connectionString: url,
    schema: 'jobs',
    application_name: 'connect-add-user jobs',
    // And one more that listens. Jobs use short statements; the handlers' own statements use the bot's pool.
    max: 2,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    useListenNotify: true,
    superviseIntervalSeconds: checkEverySeconds,
    monitorIntervalSeconds: checkEverySeconds,
    maintenanceIntervalSeconds: 3600,
    // Cron schedules and job flows are not used.
    schedule: false,
    flowIntervalSeconds: 3600,
  };
}

async function prepareQueue(boss: PgBoss, name: QueueName): Promise<void> {
  const queue = queues[name];
  const options = {
    retryLimit,
    retryBackoff: true,
    retryDelay: 1,
    retryDelayMax: queue.retryPauseMaxSeconds,
    expireInSeconds: queue.giveUpAfterSeconds,
    heartbeatSeconds,
    // A job may wait for as long as a request may be open, and longer.
    retentionSeconds: 365 * day,
    deleteAfterSeconds: day,
    notify: true,
  };
  const policy = 'key' in queue ? 'key_strict_fifo' : 'standard';
  await boss.createQueue(name, { ...options, policy });
  // A queue of an earlier version keeps that version's options until they are updated.
  await boss.updateQueue(name, options);
}

/**
 * Immediately returns the running jobs of a killed bot to the queue, instead of after a missed heartbeat. Only when
 * no other bot can be working: on the bot's own embedded database.
 */
async function reclaim(boss: PgBoss, database: Database, log: Log): Promise<void> {
  const { rows } = await database.pool.query<{ name: QueueName; id: string }>(
    `select name, id from jobs.job where state = 'active' and name = any($1)`,
    [queueNames],
  );
  for (const { name, id } of rows) {
    await boss.fail(name, id, { message: killed });
    await boss.update(name, undefined, { id, startAfter: 0 });
  }
  if (rows.length > 0) log.info({ jobs: rows.length }, 'taking up what a killed bot left');
}
