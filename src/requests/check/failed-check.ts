/**
 * The consequences when a request's check did not finish: the request waits and shows the reason, or the try counts
 * as failed.
 */
import { ConnectReadError } from '../../connect/gateway.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { slackFailureOf } from '../../slack/slack-failure.ts';
import { holdRequest, reportWaiting } from '../store/hold-request.ts';

/** A step of the check that fails with the reason for which the request waits. */
export class WaitingError extends Error {
  override readonly name = 'WaitingError';
  readonly why: Problem;

  constructor(why: Problem, cause: unknown) {
    super(why.code, { cause });
    this.why = why;
  }
}

/** A call to Slack often fails once and not twice: the first tries, seconds apart, are not reported. */
const quietTries = 2;

/**
 * After several tries for Connect, the request shows the reason and is checked again later. Every other error is
 * thrown, so that the job is retried soon, and the request shows what is known about it.
 *
 * @param tries how often this check was tried before
 */
export async function afterFailedCheck(
  services: Services,
  request: { readonly id: number; readonly instance: string },
  error: unknown,
  tries: number,
): Promise<void> {
  services.log.warn({ err: error, request: request.id }, 'a request could not be checked yet');
  if (error instanceof ConnectReadError) {
    const { kind, operation } = error;
    if (kind === 'unavailable' || kind === 'throttled') {
      return holdRequest(services, request.id, problem('create.unavailable'));
    }
    if (kind === 'denied') {
      const { instance } = request;
      const why = problem('connect.read-denied', { operation, instance });
      await reportWaiting(services, request.id, why);
    }
    throw error;
  }
  const cause = error instanceof WaitingError ? error.cause : error;
  const failure = slackFailureOf(cause);
  if (failure && failure.kind !== 'refused' && tries >= quietTries) {
    const why = error instanceof WaitingError ? error.why : problem('slack.unavailable');
    await reportWaiting(services, request.id, why);
  }
  throw cause;
}

/**
 * Runs a check and reports when it takes long: people are informed of the cause within ten seconds, even if a failing
 * call has not failed yet.
 */
export async function reportWhenSlow(
  services: Services,
  requestId: number,
  check: () => Promise<void>,
): Promise<void> {
  let said: Promise<void> | undefined;
  const timer = setTimeout(() => {
    said = reportWaiting(services, requestId, problem('check.slow')).catch((error: unknown) =>
      services.log.warn({ err: error, request: requestId }, 'could not say that a check is slow'),
    );
  }, services.timing.saySlowAfterMs);
  try {
    await check();
  } finally {
    clearTimeout(timer);
    await said;
  }
}
