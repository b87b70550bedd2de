/** The queues: what a job carries, and how it is worked. A new queue is one entry here. */
import { z } from 'zod';
import type { LogContext } from '../operations/log-context.ts';

const oneRequest = z.object({ requestId: z.number().int().positive() });

/** What somebody decided, on its way from the click to the job that carries it out. */
const choice = z.object({
  requestId: z.number().int().positive(),
  personId: z.string(),
  /** Where to tell that person, and only that person, why it did not work. */
  channel: z.string(),
  threadTs: z.string().optional(),
  /** The fresh sign-in that it comes with. */
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
      /** None: as they are. */
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

/** What happens to an identity link: `show` tells Slack of it; the rest is what somebody chose. */
const linkStep = z.object({
  linkId: z.number().int().positive(),
  what: z.enum(['show', 'confirmed', 'refused', 'removed']),
  /** Who chose it, and where they are told if it failed. */
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
  /** More workers, which take no job that may wait: what one person sends by the dozen delays nobody else. */
  readonly reservedWorkers?: number;
  /** Of these, how many wait for the next job; the others are started as needed. All of them when absent. */
  readonly idleWorkers?: number;
  /** Longest pause between two tries of a job that fails; the first is about a second. */
  readonly retryPauseMaxSeconds: number;
  /** A try that takes longer is given up and made again. */
  readonly giveUpAfterSeconds: number;
  /** A run that is cut off has done part of its work permanently, so being cut off says nothing against the job. */
  readonly progresses?: true;
};

const byRequest = (data: z.infer<typeof oneRequest>) => String(data.requestId);

export const queues = {
  /** Check a request that was just stored, and send it on its way. */
  check: {
    data: oneRequest,
    key: byRequest,
    concurrency: 2,
    reservedWorkers: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 300,
  },
  /** Carry out what somebody chose on a card. */
  decide: {
    data: choice,
    // Who presses again because nothing seems to happen waits for the same answer, and is answered once.
    key: (data: z.infer<typeof choice>) => `${data.requestId} ${data.personId} ${data.what.kind}`,
    concurrency: 4,
    retryPauseMaxSeconds: 30,
    giveUpAfterSeconds: 120,
  },
  /** Make Slack show what the database holds about a request. */
  publish: {
    data: oneRequest,
    key: byRequest,
    // None waits long for a limit of Slack's (slack/posts/rate-gates.ts), but one may for an answer.
    concurrency: 4,
    reservedWorkers: 2,
    retryPauseMaxSeconds: 30,
    giveUpAfterSeconds: 300,
  },
  /** Create the users of an approved request. */
  provision: {
    data: oneRequest,
    key: byRequest,
    // Runs wait for their turn nearly all of their time (provisioning/send-turns.ts): every approved request has one.
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
  /** End a request that nobody decided in time, and the time to try again what failed. */
  expire: {
    data: oneRequest,
    concurrency: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 60,
  },
  /** Remind people of a request that still waits for an approval, and ask more of them. */
  remind: {
    data: oneRequest,
    concurrency: 1,
    retryPauseMaxSeconds: 60,
    giveUpAfterSeconds: 60,
  },
  /** Carry out what somebody chose about an identity link, and show in Slack its outcome. */
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

/** A job to add: queue, what it carries, and when. */
export type NewJob = {
  [Name in QueueName]: {
    readonly queue: Name;
    readonly data: JobData<Name>;
    /** 0, or less for a job that may wait: of the jobs that are due the highest is taken first. */
    readonly priority?: number;
    /** Instead of the queue's own key. */
    readonly singletonKey?: string;
    /** Not before; at once when absent. A job that is to run at once pulls waiting ones of its key forward. */
    readonly startAfter?: Date;
  };
}[QueueName];

/** The key of a job; undefined when its queue has no keys. */
export function keyOf(job: NewJob): string | undefined {
  const queue: Queue = queues[job.queue];
  // Its own data, which the compiler cannot see for a union of queues.
  return job.singletonKey ?? queue.key?.(job.data as never);
}

/** What every line of the log about a job carries. */
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
