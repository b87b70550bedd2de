/** The meaning of a failed call to Slack: a closed set of cases, determined only by the SDK's own error classes. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

export type SlackFailure =
  /** Slack refuses, and has done nothing; the same call is refused until somebody changes something. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack failed, and may have executed the call before; also used for refusals of other kinds. */
  | { readonly kind: 'unsure'; readonly code: string }
  /** Slack has done nothing, and the same call can be retried soon. */
  | { readonly kind: 'temporary'; readonly code: string }
  /** Slack refuses the bot's token for every call: an operator has to act, and then everything continues. */
  | { readonly kind: 'locked-out'; readonly code: string }
  /** Too many calls; nothing was done. */
  | { readonly kind: 'rate-limited'; readonly waitMs: number }
  /** No answer from Slack: no connection, a proxy's page, a 5xx. It may have executed the call. */
  | { readonly kind: 'no-answer' };

/** A file or a page of Slack that could not be fetched, though the address is right; thrown by download-files.ts. */
export class SlackUnavailableError extends Error {
  override readonly name = 'SlackUnavailableError';
}

/**
 * Codes of Slack's internal failures. The method pages say of them that "some aspect of the operation succeeded
 * before the error was raised" (https://docs.slack.dev/reference/methods/chat.postMessage#errors); and Slack also
 * answers `internal_error` to requests that it will never accept (slackapi/node-slack-sdk#2301).
 */
const unsureCodes = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
]);

/**
 * Codes that are not caused by the call. Every other code is a refusal, including ones that are not documented yet.
 */
const temporaryCodes = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'team_added_to_org',
  'accesslimited',
]);

/** Codes about the token or the workspace as a whole. */
const lockedOutCodes = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_disabled',
  'token_expired',
  'token_revoked',
]);

/** The meaning of the error, or null for an error that did not come from a call to Slack. */
export function slackFailureOf(error: unknown): SlackFailure | null {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'rate-limited', waitMs: Math.max(0, error.retryAfter) * 1000 };
  }
  if (error instanceof WebAPIPlatformError) return ofCode(error.data.error);
  if (error instanceof WebAPIHTTPError || error instanceof WebAPIRequestError) {
    return { kind: 'no-answer' };
  }
  return error instanceof SlackUnavailableError ? { kind: 'no-answer' } : null;
}

function ofCode(code: unknown): SlackFailure {
  // The SDK stores the whole body here when it is not JSON: a proxy's page is not an answer from Slack.
  if (typeof code !== 'string' || !/^[a-z0-9_.-]{1,100}$/i.test(code)) return { kind: 'no-answer' };
  if (unsureCodes.has(code)) return { kind: 'unsure', code };
  if (temporaryCodes.has(code)) return { kind: 'temporary', code };
  if (lockedOutCodes.has(code)) return { kind: 'locked-out', code };
  return { kind: 'refused', code };
}

/** Slack's code of a failed call (`message_not_found`), or null where Slack did not answer with one. */
export function slackErrorCode(error: unknown): string | null {
  const failure = slackFailureOf(error);
  return failure && 'code' in failure ? failure.code : null;
}

/** How long Slack requires us to wait, when it answered 429; null for any other error. */
export function rateLimitedForMs(error: unknown): number | null {
  const failure = slackFailureOf(error);
  return failure?.kind === 'rate-limited' ? failure.waitMs : null;
}
