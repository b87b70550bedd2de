/**
 * Selects which request of this bot sends next. Every run that has rows to send waits here for its turn; the most urgent
 * one gets the account's next slot (pacing/create-user-scheduler.ts), however many requests are approved.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Clocks,
  machineClocks,
  type Stopwatch,
  startStopwatch,
} from '../operations/stopwatch.ts';
import { type TurnAnswer, takeTurn, withdrawClaim } from '../pacing/create-user-scheduler.ts';
import { createKey, type PacedInstance } from '../pacing/shared-pace.ts';
import { type Claim, mostUrgent } from '../pacing/turn-order.ts';
import type { Db } from '../storage/database.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { markSending, readCurrentRuns } from './provisioning-store.ts';

/** A run's wish to send its next rows. */
export type TurnRequest = {
  readonly requestId: number;
  /** Distinguishes the run from others of the same request. */
  readonly run: string;
  readonly instance: PacedInstance;
  /** Rows that may be sent next, in their order; one turn takes one, or several at a fast pace. */
  readonly positions: readonly number[];
  /** The total number of rows that it still has to send. */
  readonly left: number;
  /** When it had its last turn or began, by `performance.now()`. */
  readonly waitingSince: number;
  /** Ends the waiting: the bot stops or the run was halted. */
  readonly signal: AbortSignal;
};

export type Turn = {
  /** Rows that were marked as being sent, with how often each was sent, including this time. */
  readonly marked: ReadonlyMap<number, number>;
  /** Started before the rows were marked. */
  readonly sinceMark: Stopwatch;
  /** When the slot is due, by `performance.now()`. */
  readonly dueAt: number;
  /** The epoch of the slot, for reporting that Connect throttled the call anyway. */
  readonly epoch: number;
};

export type SendTurns = {
  /**
   * Waits for this request's turn, and marks its next rows for it. Nothing is marked, and no slot is taken, when the
   * request may not send anymore: it was paused, has ended, or another run has it.
   *
   * @throws the errors of the database; the other waiting requests continue
   */
  take(request: TurnRequest): Promise<Turn>;
};

/** At a fast pace several slots are taken at once, as many as fall into this time: one transaction for them all. */
const slotsWithinMs = 20;
/** How soon a waiting request notices that it was paused, cancelled or taken over. */
const lookEveryMs = 500;

type Waiting = {
  readonly request: TurnRequest;
  /** Its rows may be in the process of being marked, so an abort waits until that has ended. */
  isTrying: boolean;
  readonly resolve: (turn: Turn) => void;
  readonly reject: (error: unknown) => void;
};

/** One for each account and Region: the waiting requests, and whether a loop serves them. */
type Line = {
  readonly instance: PacedInstance;
  readonly waiting: Set<Waiting>;
  isServed: boolean;
  /** Whether the other bots may leave a slot to this one. */
  isClaiming: boolean;
  lookedAt: number;
};

export function createSendTurns(db: Db, clocks: Clocks = machineClocks): SendTurns {
  const bot = randomUUID();
  const lines = new Map<string, Line>();

  const lineOf = (instance: PacedInstance): Line => {
    const key = createKey(instance);
    const found = lines.get(key);
    if (found) return found;
    const waiting = new Set<Waiting>();
    const line = { instance, waiting, isServed: false, isClaiming: false, lookedAt: 0 };
    lines.set(key, line);
    return line;
  };

  async function serve(line: Line): Promise<void> {
    if (line.isServed) return;
    line.isServed = true;
    while (line.waiting.size > 0 || line.isClaiming) {
      const chosen = mostUrgentOf(line.waiting);
      if (!chosen) {
        line.isClaiming = false;
        // This bot's last claim delays others only shortly, because it counts for two seconds.
        await withdrawClaim(db, line.instance, bot).catch(() => {});
        continue;
      }
      try {
        await endWaitsOfStopped(db, line);
        if (!line.waiting.has(chosen)) continue;
        const nextInMs = await attempt(line, chosen);
        if (nextInMs > 0) await sleep(Math.min(nextInMs, lookEveryMs));
      } catch (error) {
        const failed = isDatabaseUnavailable(error) ? [...line.waiting] : [chosen];
        for (const waiting of failed) {
          line.waiting.delete(waiting);
          waiting.reject(error);
        }
      }
    }
    line.isServed = false;
  }

  /** Returns the time until the next try is useful. */
  async function attempt(line: Line, chosen: Waiting): Promise<number> {
    const { request } = chosen;
    const { ratePerSecond } = request.instance.pace;
    const close = Math.max(1, Math.floor((ratePerSecond * slotsWithinMs) / 1000));
    const next = mostUrgentOf(others(line.waiting, chosen));
    let dueFrom = 0;
    let sinceMark = startStopwatch(clocks);
    chosen.isTrying = true;
    const answer: TurnAnswer<Map<number, number>> = await takeTurn(db, request.instance, {
      bot,
      claim: claimOf(request),
      next: next ? claimOf(next.request) : null,
      count: Math.min(close, request.positions.length),
      async use(tx, count) {
        dueFrom = performance.now();
        sinceMark = startStopwatch(clocks);
        // It was aborted during the wait for the budget.
        if (request.signal.aborted) return { used: 0, answer: new Map() };
        const positions = request.positions.slice(0, count);
        const marked = await markSending(tx, request.requestId, request.run, positions);
        return { used: marked.size, answer: marked };
      },
    });
    line.isClaiming = answer.kind !== 'taken' || next !== undefined;
    chosen.isTrying = false;
    if (answer.kind === 'wait') {
      if (request.signal.aborted) endWait(line, chosen);
      return answer.nextInMs;
    }
    if (answer.kind === 'unused') {
      endWait(line, chosen);
      return 0;
    }
    line.waiting.delete(chosen);
    const { waitMs, epoch } = answer.slots;
    chosen.resolve({ marked: answer.answer, sinceMark, dueAt: dueFrom + waitMs, epoch });
    return answer.nextInMs;
  }

  return {
    take(request) {
      const line = lineOf(request.instance);
      return new Promise<Turn>((resolve, reject) => {
        const onAbort = () => {
          if (!waiting.isTrying) endWait(line, waiting);
        };
        const settle = <T>(end: (value: T) => void) => {
          return (value: T) => {
            request.signal.removeEventListener('abort', onAbort);
            end(value);
          };
        };
        const waiting: Waiting = {
          request,
          isTrying: false,
          resolve: settle(resolve),
          reject: settle(reject),
        };
        line.waiting.add(waiting);
        request.signal.addEventListener('abort', onAbort);
        if (request.signal.aborted) onAbort();
        void serve(line);
      });
    },
  };
}

/**
 * Ends the waiting of requests that may not send anymore; a few times per second, with one statement for all of them.
 */
async function endWaitsOfStopped(db: Db, line: Line): Promise<void> {
  const now = performance.now();
  if (now - line.lookedAt < lookEveryMs) return;
  line.lookedAt = now;
  const asked = [...line.waiting];
  const current = await readCurrentRuns(
    db,
    asked.map(({ request }) => request),
  );
  for (const waiting of asked) if (!current.has(waiting.request.run)) endWait(line, waiting);
}

/** Ends the waiting without a turn. */
function endWait(line: Line, waiting: Waiting): void {
  line.waiting.delete(waiting);
  waiting.resolve({ marked: new Map(), sinceMark: startStopwatch(), dueAt: 0, epoch: 0 });
}

function claimOf(request: TurnRequest): Claim {
  return { waitedMs: performance.now() - request.waitingSince, left: request.left };
}

function mostUrgentOf(waiting: Iterable<Waiting>): Waiting | undefined {
  const claims = [...waiting].map((entry) => ({ ...claimOf(entry.request), entry }));
  return mostUrgent(claims)?.entry;
}

function* others(all: ReadonlySet<Waiting>, left: Waiting): Iterable<Waiting> {
  for (const entry of all) if (entry !== left) yield entry;
}
