/**
 * What follows for a request when its check did not finish: the request waits and says so, or the try counts as failed.
 */
import { ConnectReadError } from '../../connect/gateway.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { slackFailureOf } from '../../slack/slack-failure.ts';
import { holdRequest, sayWhyWaiting } from '../store/hold-request.ts';

/** A step of the check that knows what the request waits for. */
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
 * Connect was asked several times by then: the request says what it waits for and is checked again later. Every
 * other error is thrown, so that the job is tried again soon, and the request says what is known about it.
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
      await sayWhyWaiting(services, request.id, why);
    }
    throw error;
  }
  const cause = error instanceof WaitingError ? error.cause : error;
  const failure = slackFailureOf(cause);
  if (failure && failure.kind !== 'refused' && tries >= quietTries) {
    const why = error instanceof WaitingError ? error.why : problem('slack.unavailable');
    await sayWhyWaiting(services, request.id, why);
  }
  throw cause;
}

/**
 * Runs a check and says that it takes long when it does: people are told within ten seconds that something is
 * in the way, also while a call that will fail has not failed yet.
 */
export async function sayingWhenSlow(
  services: Services,
  requestId: number,
  check: () => Promise<void>,
): Promise<void> {
  let said: Promise<void> | undefined;
  const timer = setTimeout(() => {
    said = sayWhyWaiting(services, requestId, problem('check.slow')).catch((error: unknown) =>
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
