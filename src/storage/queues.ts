/** The queues: the data of a job, and how it is run. A new queue is one entry here. */
import { z } from 'zod';
import type { LogContext } from '../operations/log-context.ts';

const oneRequest = z.object({ requestId: z.number().int().positive() });

/** A person's decision, from the click to the job that executes it. */
const choice = z.object({
  requestId: z.number().int().positive(),
  personId: z.string(),
  /** Where to inform that person, and only that person, why it did not work. */
  channel: z.string(),
  threadTs: z.string().optional(),
  /** The fresh sign-in of the decision. */
  signIn: z.number().int().positive().optional(),
  /** The delivery that brought it, for the log. */
  delivery: z.string().optional(),
  what: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('approve'), contentHash: z.string().nullable() }),
    z.object({ kind: z.literal('deny'), reason: z.string() }),
    z.object({ kind: z.literal('withdraw') }),
    z.object({
      kind: z.literal('change'),
      contentHash: z.string().nullable(),
      /** The row's number; null: all rows. */
      row: z.number().int().positive().nullable(),
      routingProfile: z.string().nullable(),
      /** When empty, they stay unchanged. */
      securityProfiles: z.array(z.string()).max(10),
      hierarchyGroup: z.string().nullable(),
      approve: z.boolean(),
    }),
    z.object({
      kind: z.literal('leave-out'),
      contentHash: z.string().nullable(),
      positions: z.array(z.number().int().positive()).min(1).max(1000),
    }),
    z.object({ kind: z.literal('break-glass'), reason: z.string() }),
    z.object({ kind: z.literal('lift-limit'), reason: z.string() }),
    z.object({ kind: z.literal('evidence') }),
    z.object({ kind: z.literal('cancel') }),
    z.object({
      kind: z.literal('ask'),
      contentHash: z.string().nullish(),
      /** Replaces the instance that the file was submitted with. */
      reason: z.string().optional(),
    }),
    z.object({ kind: z.literal('pause') }),
    z.object({ kind: z.literal('resume') }),
    z.object({ kind: z.literal('cancel-rest') }),
    z.object({ kind: z.literal('retry') }),
    z.object({ kind: z.literal('check-again') }),
    z.object({ kind: z.literal('move'), at: z.iso.datetime() }),
  ]),
});

/** A step of an identity link: `show` updates Slack; the others are people's choices. */
const linkStep = z.object({
  linkId: z.number().int().positive(),
  what: z.enum(['show', 'confirmed', 'refused', 'removed']),
  /** The person who chose it, and where to inform them of a failure. */
  by: z
    .object({ personId: z.string(), channel: z.string(), threadTs: z.string().optional() })
    .optional(),
  /** The delivery that brought it, for the log. */
  delivery: z.string().optional(),
});

export type Queue = {
  readonly data: z.ZodType<object>;
  /**
   * Jobs of one key run one after the other, across all bots, and a job added while another of its key
   * still waits is merged into that one. Without it every job is separate.
   */
  readonly key?: (data: never) => string;
  /** Jobs that one bot works on at the same time, at most. */
  readonly concurrency: number;
  /**
   * Additional workers, which run no job with low priority, so that many submissions of one person delay nobody else.
   */
  readonly reservedWorkers?: number;
  /** How many of these wait for the next job; the others are started when needed. All of them when absent. */
  readonly idleWorkers?: number;
  /** Longest pause between two tries of a job that fails; the first is about a second. */
  readonly retryPauseMaxSeconds: number;
  /** A try that takes longer is given up and made again. */
  readonly giveUpAfterSeconds: number;
  /**
   * A run that is interrupted has done part of its work permanently, so the interruption does not count as a failure
   * of the job.
   */
  readonly progresses?: true;
};

const byRequest = (data: z.infer<typeof oneRequest>) => String(data.requestId);

export const queues = {
  /** Check a request that was just stored, and apply the next transition. */
  check: {
    data: oneRequest,
    key: byRequest,
    concurrency: 2,
    reservedWorkers: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 300,
  },
  /** Execute a person's choice on a card. */
  decide: {
    data: choice,
    // A person who presses again because nothing seems to happen waits for the same answer, and gets one answer.
    key: (data: z.infer<typeof choice>) => `${data.requestId} ${data.personId} ${data.what.kind}`,
    concurrency: 4,
    retryPauseMaxSeconds: 30,
    giveUpAfterSeconds: 120,
  },
  /** Make Slack show what the database holds about a request. */
  publish: {
    data: oneRequest,
    key: byRequest,
    // None waits long for a rate limit of Slack (slack/posts/rate-gates.ts), but one may wait long for an answer.
    concurrency: 4,
    reservedWorkers: 2,
    retryPauseMaxSeconds: 30,
    giveUpAfterSeconds: 300,
  },
  /** Create the users of an approved request. */
  provision: {
    data: oneRequest,
    key: byRequest,
    // Runs wait for their turn almost all of the time (provisioning/send-turns.ts): every approved request has one.
    concurrency: 500,
    idleWorkers: 4,
    retryPauseMaxSeconds: 60,
    // Fifty files of 1,000 rows take seven hours at two a second; the queue allows a day at most.
    giveUpAfterSeconds: 23 * 3600,
    progresses: true,
  },
  /** Show the App Home of one person as it is now. */
  home: {
    data: z.object({ personId: z.string() }),
    key: (data: { readonly personId: string }) => data.personId,
    concurrency: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 60,
  },
  /** End a request that nobody decided in time, and the time for retrying failed rows. */
  expire: {
    data: oneRequest,
    concurrency: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 60,
  },
  /** Remind people of a request that still waits for an approval, and include more approvers. */
  remind: {
    data: oneRequest,
    concurrency: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 60,
  },
  /** Execute a person's choice about an identity link, and show its outcome in Slack. */
  link: {
    data: linkStep,
    key: ({ linkId, what, by }: z.infer<typeof linkStep>) =>
      `${linkId} ${what} ${by?.personId ?? 'bot'}`,
    concurrency: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 60,
  },
} as const satisfies Record<string, Queue>;

export type QueueName = keyof typeof queues;
export type JobData<Name extends QueueName> = z.infer<(typeof queues)[Name]['data']>;

/** A job to add: queue, data, and time. */
export type NewJob = {
  [Name in QueueName]: {
    readonly queue: Name;
    readonly data: JobData<Name>;
    /** 0, or less for a job with low priority: of the due jobs the one with the highest value runs first. */
    readonly priority?: number;
    /** Replaces the queue's own key. */
    readonly singletonKey?: string;
    /** The earliest time; immediately when absent. An immediate job also makes waiting ones of its key immediate. */
    readonly startAfter?: Date;
  };
}[QueueName];

/** The key of a job; undefined when its queue has no keys. */
export function keyOf(job: NewJob): string | undefined {
  const queue: Queue = queues[job.queue];
  // Its own data, which the compiler cannot infer for a union of queues.
  return job.singletonKey ?? queue.key?.(job.data as never);
}

/** The members of every log line about a job. */
export function logContextOfJob({
  id,
  data,
}: {
  readonly id: string;
  readonly data: object;
}): LogContext {
  const { requestId, delivery } = data as { requestId?: unknown; delivery?: unknown };
  return {
    job: id,
    ...(typeof requestId === 'number' ? { request: requestId } : {}),
    ...(typeof delivery === 'string' ? { delivery } : {}),
  };
}
