/** The common members of the log lines of one task: the number of its request, the id of its delivery. */
import { AsyncLocalStorage } from 'node:async_hooks';

export type LogContext = {
  /** The number that people see as CU-…. */
  readonly request?: number;
  /** Slack's delivery that started this work (slack/delivery-id.ts). */
  readonly delivery?: string;
  /** The id of the job. */
  readonly job?: string;
};

const context = new AsyncLocalStorage<LogContext>();

/**
 * Runs `work`. Every line logged during it, including in asynchronous work that it starts, has these members and none
 * of those of the surrounding task.
 */
export function withLogContext<Result>(members: LogContext, work: () => Result): Result {
  return context.run(members, work);
}

/** The members of the current task; empty outside of any. */
export function logContext(): LogContext {
  return { ...context.getStore() };
}
