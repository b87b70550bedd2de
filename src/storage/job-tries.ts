/**
 * Handles the tries of a job: retried for as long as an outage takes, tried a limited number of times for any other
 * reason (failing-jobs.ts), and given up after that.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../operations/log.ts';
import type { Database } from './database.ts';
import {
  forgetFailures,
  type GiveUpAfter,
  mostProcessEnds,
  noteFailure,
  noteGivenUp,
  readFailingJob,
  standardGiveUpAfter,
} from './failing-jobs.ts';
import { type JobData, type QueueName, queues } from './queues.ts';
import { DatabaseUnavailableError, databaseTroubleOf } from './unavailable.ts';

/** The cause of a failed try, when it is known to be temporary: such a job is retried without a limit. */
export type Outage = 'database' | 'slack' | 'connect';

/**
 * Called once a job has failed too often for an unknown reason, instead of retrying it: stores the consequence for
 * its request and notifies people. Must be idempotent; when it throws, both are tried again.
 */
export type GiveUp<Name extends QueueName> = (
  data: JobData<Name>,
  why: GivenUp,
) => Promise<unknown>;

export type GivenUp = {
  /** Shown to people; the log has it at every failure. */
  readonly reference: string;
  /** `process-ended`: the bot's own process ended while it ran the job, more than once. */
  readonly kind: 'failed' | 'process-ended';
};

export type JobTriesDeps = {
  readonly database: Database;
  readonly log: Log;
  /**
   * Which outage an error means; null for any other error. When absent, only outages of the database are recognized.
   */
  readonly outageOf?: (error: unknown) => Outage | null;
  readonly giveUpAfter?: GiveUpAfter;
  /** Fires when the bot stops. */
  readonly stopping: AbortSignal;
};

type TriedJob<Name extends QueueName> = {
  readonly id: string;
  readonly queue: Name;
  readonly data: JobData<Name>;
  /** 0 for the first try. */
  readonly tries: number;
  /** What the engine stored when the last try ended. */
  readonly lastOutput?: unknown;
  readonly signal: AbortSignal;
};

export type JobTries = {
  /** Runs one try, unless the last ones ended the bot's whole process. */
  run<Name extends QueueName>(
    job: TriedJob<Name>,
    giveUp: GiveUp<Name>,
    attempt: () => Promise<void>,
  ): Promise<void>;
  /** The job's data cannot be read, because another version of the bot wrote it. It is given up immediately. */
  unreadable(job: Omit<TriedJob<QueueName>, 'data'>, data: object, error: Error): Promise<void>;
  /** After a try that threw: throws to have the job retried, returns when it is given up. */
  failed<Name extends QueueName>(
    job: TriedJob<Name>,
    giveUp: GiveUp<Name>,
    error: unknown,
  ): Promise<void>;
};

/** What the engine stores for a job whose bot was killed, when the next start finds it. */
export const killed = 'the bot that worked on this was killed';

export function createJobTries(deps: JobTriesDeps): JobTries {
  const { database, log, outageOf = databaseOutage, giveUpAfter = standardGiveUpAfter } = deps;
  const { db } = database;

  async function end<Name extends QueueName>(
    { id, queue, data }: TriedJob<Name>,
    giveUp: GiveUp<Name>,
    why: GivenUp,
  ): Promise<void> {
    await giveUp(data, why);
    await noteGivenUp(db, id);
    log.error({ queue, job: id, ...why }, 'a job is given up');
  }

  return {
    async run(job, giveUp, attempt) {
      if (job.tries === 0) return attempt();
      if (wasInterrupted(job.lastOutput) && !('progresses' in queues[job.queue])) {
        const why = { error: new Error('interrupted') };
        const { enough, reference } = await noteFailure(db, job, why, giveUpAfter);
        if (enough) return end(job, giveUp, { reference, kind: 'failed' });
      }
      const failing = await readFailingJob(db, job.id);
      if (failing && failing.processEnds >= mostProcessEnds) {
        return end(job, giveUp, { reference: failing.reference, kind: 'process-ended' });
      }
      await attempt();
      if (failing) await forgetFailures(db, job.id);
    },

    async unreadable(job, data, error) {
      const { id, queue } = job;
      const { reference } = await noteFailure(db, { id, queue, data }, { error }, giveUpAfter);
      await noteGivenUp(db, id);
      log.error({ err: error, queue, job: id, reference }, 'a job cannot be read and is given up');
    },

    async failed(job, giveUp, error) {
      const { id, queue } = job;
      const about = { err: error, queue, job: id };
      const outage = outageOf(error);
      if (outage !== null) {
        log.warn({ ...about, outage }, 'a job waits for something that is away');
        if (outage === 'database') {
          await untilBack(database, AbortSignal.any([job.signal, deps.stopping]));
        }
        throw triedAgain(error);
      }
      const { reference, failures, enough } = await noteFailure(db, job, { error }, giveUpAfter);
      log.error({ ...about, reference, failures }, 'a job failed');
      if (!enough) throw triedAgain(error);
      await end(job, giveUp, { reference, kind: 'failed' });
    },
  };
}

function databaseOutage(error: unknown): Outage | null {
  return error instanceof DatabaseUnavailableError && error.trouble === 'away' ? 'database' : null;
}

/** pg-boss stores the error that a handler throws; an error can contain a request with its secrets (H4). */
function triedAgain(error: unknown): Error {
  return new Error(`${error instanceof Error ? error.name : 'error'}; see the log`);
}

/** What pg-boss stores for a try that it ended itself, because of a missing heartbeat or a timeout. */
const cutOff = /job heartbeat timeout|job timed out|handler execution exceeded/;

/** Whether the last try was interrupted: its bot was killed or stopped responding, or it took too long. */
function wasInterrupted(output: unknown): boolean {
  const said = JSON.stringify(output ?? '');
  return said.includes(killed) || cutOff.test(said);
}

/**
 * Waits until the database answers. The engine records a failed job with a single try. If the database were
 * unavailable then, the job would count as running until its heartbeat is missed, and delay every other job with its
 * key.
 */
async function untilBack(database: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await database.pool.query('select 1');
      return;
    } catch (error) {
      if (databaseTroubleOf(error) !== 'away') return;
    }
    await sleep(250, undefined, { signal }).catch(() => {});
  }
}
