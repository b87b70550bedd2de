/** What a failed call to Slack means: a closed set of cases, told by the SDK's own error classes and nothing else. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

export type SlackFailure =
  /** Slack says no, and has done nothing; the same call is refused until somebody changes something. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack failed, and may have done what it was asked before it did; also used for refusals of other kinds. */
  | { readonly kind: 'unsure'; readonly code: string }
  /** Slack has done nothing, and the same call is worth trying again soon. */
  | { readonly kind: 'temporary'; readonly code: string }
  /** Slack does not take the bot's token, for any call: an operator has to act, and then everything continues. */
  | { readonly kind: 'locked-out'; readonly code: string }
  /** Too many calls; nothing was done. */
  | { readonly kind: 'rate-limited'; readonly waitMs: number }
  /** No answer of Slack's: no connection, a proxy's page, a 5xx. It may have done what it was asked. */
  | { readonly kind: 'no-answer' };

/** A file or a page of Slack's that could not be fetched, though the address is right; thrown by download-files.ts. */
export class SlackUnavailableError extends Error {
  override readonly name = 'SlackUnavailableError';
}

/**
 * Codes of Slack's own failures. The method pages say of them that "some aspect of the operation succeeded
 * before the error was raised" (https://docs.slack.dev/reference/methods/chat.postMessage#errors); and Slack
 * also answers `internal_error` to requests that it will never take (slackapi/node-slack-sdk#2301).
 */
const unsureCodes = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
]);

/** Codes that say nothing against the call. Every other code is a refusal, also one that is not documented yet. */
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

/** What the error means, or null for an error that did not come from a call to Slack. */
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
  // The SDK puts the whole body here when it is no JSON: a proxy's page is not an answer of Slack's.
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

/** How long Slack asks us to wait, when it answered 429; null for any other error. */
export function rateLimitedForMs(error: unknown): number | null {
  const failure = slackFailureOf(error);
  return failure?.kind === 'rate-limited' ? failure.waitMs : null;
}
