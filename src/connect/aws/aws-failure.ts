/** Translates errors of the SDK into outcomes, above all whether a user may have been created. */
import { ConnectReadError, type CreateOutcome } from '../gateway.ts';

/** AWS's error names for throttling. LimitExceededException is not among them, because it means a full quota. */
const throttled = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
]);

/** Whether AWS refused a call because of the rate of calls. */
export function isThrottling(error: unknown): boolean {
  return error instanceof Error && throttled.has(error.name);
}

const quota = new Set(['LimitExceededException', 'ServiceQuotaExceededException']);

/** Refusals of the credentials before the operation runs, some with status 400 and some with 403. */
const denied = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
  'NotAuthorized',
]);

/** Such refusals that are temporary, until the clock is corrected or new credentials are fetched. */
const passing: Readonly<Record<string, 'clock' | 'credentials'>> = {
  RequestExpired: 'clock',
  RequestInTheFuture: 'clock',
  RequestTimeTooSkewed: 'clock',
  ExpiredToken: 'credentials',
  ExpiredTokenException: 'credentials',
};

/** Why AWS temporarily refuses the credentials; undefined when AWS accepts them or refuses them permanently. */
function passingReason({ name, message }: Failure): 'clock' | 'credentials' | undefined {
  // Most services use the same error name for a wrong secret and for a wrong clock.
  const isOld = /^Signature (?:expired|not yet current)/.test(message);
  return passing[name] ?? (/Signature/.test(name) && isOld ? 'clock' : undefined);
}

/** The members that errors of the SDK and of Node can have. */
type Failure = {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  /** HTTP status; undefined when no answer arrived, or none that the SDK could parse. */
  readonly status: number | undefined;
  /** AWS's request id; undefined when no answer arrived. */
  readonly awsRequestId: string | undefined;
};

/**
 * The outcome of one send of CreateUser that threw an error. Every error that is not certainly a refusal is
 * `unclear`: an unnecessary look-up costs only a call, but an unnecessary send can create a user twice.
 *
 * @param secret removed from every detail, in case Connect repeats it
 */
export function createFailure(error: unknown, secret: string | undefined): CreateOutcome {
  const failure = failureOf(error);
  const { awsRequestId } = failure;
  const outcome = outcomeOf(failure, secret);
  return awsRequestId === undefined ? outcome : { ...outcome, awsRequestId };
}

function outcomeOf(failure: Failure, secret: string | undefined): CreateOutcome {
  const detail = detailOf(failure, secret);
  const refused = (
    scope: 'row' | 'instance',
    reason: Extract<CreateOutcome, { kind: 'refused' }>['reason'],
  ): CreateOutcome => ({ kind: 'refused', scope, reason, detail });

  const { name, status } = failure;
  if (status === undefined) {
    return neverLeft(failure)
      ? { kind: 'not-sent', reason: 'away', detail }
      : { kind: 'unclear', detail };
  }
  if (throttled.has(name)) return { kind: 'throttled' };
  const passes = passingReason(failure);
  if (passes) return { kind: 'not-sent', reason: passes, detail };
  if (status >= 500 || status === 408) return { kind: 'unclear', detail };
  if (quota.has(name)) return refused('instance', 'quota');
  if (status === 429) return { kind: 'throttled' };
  if (isDenial(failure)) return refused('instance', 'denied');
  if (name === 'DuplicateResourceException') return refused('row', 'duplicate');
  if (name === 'ResourceNotFoundException') return refused('row', 'not-found');
  if (status >= 400) return refused('row', 'invalid');
  return { kind: 'unclear', detail };
}

/**
 * The outcome when no credentials were available, so that nothing was sent. A role that may not be assumed requires
 * an action by a person; a provider without credentials may recover within a minute, such as the machine's provider
 * after a restart.
 */
export function credentialsFailure(error: unknown): CreateOutcome {
  const failure = failureOf(error);
  const detail = detailOf(failure, undefined);
  return isDenial(failure)
    ? { kind: 'refused', scope: 'instance', reason: 'denied', detail }
    : { kind: 'not-sent', reason: passingReason(failure) ?? 'credentials', detail };
}

function isDenial(failure: Failure): boolean {
  const { name, status } = failure;
  if (passingReason(failure)) return false;
  return denied.has(name) || status === 401 || status === 403;
}

/** A read that failed permanently. */
export function readFailure(operation: string, error: unknown): ConnectReadError {
  const failure = failureOf(error);
  return new ConnectReadError(readKind(failure), operation, {
    cause: error,
    detail: detailOf(failure, undefined),
  });
}

/** A read that exceeded its time including retries; `wasThrottled` means that AWS throttled it repeatedly. */
export function lateReadFailure(
  operation: string,
  error: unknown,
  { deadlineMs, wasThrottled }: { readonly deadlineMs: number; readonly wasThrottled: boolean },
): ConnectReadError {
  const seconds = Math.round(deadlineMs / 100) / 10;
  return wasThrottled
    ? new ConnectReadError('throttled', operation, {
        cause: error,
        detail: `Too Many Requests, for ${seconds} s`,
      })
    : new ConnectReadError('unavailable', operation, {
        cause: error,
        detail: `no answer within ${seconds} s`,
      });
}

function readKind(failure: Failure): ConnectReadError['kind'] {
  const { name, status } = failure;
  if (throttled.has(name) || quota.has(name) || status === 429) return 'throttled';
  // A failing credential provider and a wrong clock are temporary.
  if (/ProviderError$/.test(name) || passingReason(failure)) return 'unavailable';
  if (status === undefined || status >= 500 || status === 408) return 'unavailable';
  if (isDenial(failure)) return 'denied';
  if (name === 'ResourceNotFoundException') return 'not-found';
  return status >= 400 ? 'invalid' : 'unavailable';
}

function failureOf(error: unknown): Failure {
  const members = isRecord(error) ? error : {};
  const metadata = isRecord(members.$metadata) ? members.$metadata : {};
  const status = metadata.httpStatusCode;
  // A body that is not JSON does not come from Connect, whatever status a proxy gave it.
  const readable = members.name !== 'SyntaxError';
  return {
    name: textOf(members.name) ?? 'Error',
    message: textOf(members.message) ?? String(error),
    code: textOf(members.code),
    syscall: textOf(members.syscall) ?? syscallOfAll(members.errors),
    status: readable && typeof status === 'number' ? status : undefined,
    awsRequestId: textOf(metadata.requestId),
  };
}

/** Node tries every address of a host and gives one error for each. */
function syscallOfAll(errors: unknown): string | undefined {
  if (!Array.isArray(errors)) return undefined;
  const calls = new Set(
    errors.map((error) => (isRecord(error) ? textOf(error.syscall) : undefined)),
  );
  const [only] = calls;
  return calls.size === 1 ? only : undefined;
}

/**
 * Errors without an address, a connection, a proxy tunnel or TLS: before these exist, Node sends nothing of a
 * request.
 */
function neverLeft({ message, code, syscall }: Failure): boolean {
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (/did not establish a connection/.test(message)) return true;
  if (/before secure TLS connection was established/.test(message)) return true;
  return /^(?:ERR_PROXY_TUNNEL$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/.test(
    code ?? '',
  );
}

const longestDetail = 300;

function detailOf({ name, message, code }: Failure, secret: string | undefined): string {
  const silent = message === '' || message === 'UnknownError';
  const said = silent ? [name, code].filter((word) => word !== undefined).join(' ') : message;
  const plain = withoutSecret(said, secret)
    .replace(/[\p{Cc}\p{Default_Ignorable_Code_Point}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return plain.length <= longestDetail
    ? plain
    : `${plain.slice(0, longestDetail - 1).toWellFormed()}…`;
}

function withoutSecret(text: string, secret: string | undefined): string {
  if (secret === undefined || secret === '') return text;
  const spellings = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '(password)'), text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
