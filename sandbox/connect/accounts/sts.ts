/**
 * AWS STS, as far as a bot with instances in several accounts calls it: AssumeRole and GetCallerIdentity
 * (API version 2011-06-15, the query protocol with XML answers), on the same port as Connect.
 */
import { randomUUID } from 'node:crypto';
import type { RecordedCall } from '../calls.ts';
import type { Faults } from '../faults.ts';
import type { ServiceError } from '../protocol/errors.ts';
import type { Outcome } from '../service.ts';
import { type Caller, roles } from './accounts.ts';
import type { Sessions } from './sessions.ts';

/** Operations that a fault can name. */
export const stsOperations = ['AssumeRole', 'GetCallerIdentity'] as const;

class StsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Whether a request is for STS: the query protocol posts a form to the root path. */
export const isSts = (method: string, path: string): boolean => method === 'POST' && path === '/';

export function serveSts(
  body: Buffer,
  caller: Caller,
  call: RecordedCall,
  { sessions, faults }: { sessions: Sessions; faults: Faults },
): Outcome {
  const form = new URLSearchParams(body.toString('utf8'));
  const action = form.get('Action') ?? '';
  call.operation = action || 'unknown';
  // An external id is a shared secret of two parties, so the recorder stores only its name.
  call.request.body = Object.fromEntries(
    [...form].map(([name, value]) => [name, name === 'ExternalId' ? '[external id]' : value]),
  );
  const failure = faults.take(action, 'error', 'html-502', 'reset', 'hang', 'lose-answer');
  if (failure?.kind === 'reset' || failure?.kind === 'lose-answer') return { kind: 'reset' };
  if (failure?.kind === 'hang') return { kind: 'hang' };
  if (failure?.kind === 'html-502') return { kind: 'html', status: 502, html: '<html></html>' };
  try {
    if (failure) throw new StsError(failure.error, 500, failure.message ?? failure.error);
    switch (action) {
      case 'GetCallerIdentity':
        return answer(action, {
          Arn: caller.arn,
          UserId: `AIDA${caller.account}`,
          Account: caller.account,
        });
      case 'AssumeRole':
        return assumeRole(form, caller, sessions);
      default:
        throw new StsError('InvalidAction', 400, `Could not find operation ${action}`);
    }
  } catch (error) {
    if (!(error instanceof StsError)) throw error;
    return refusal(error.code, error.status, error.message);
  }
}

/** Converts a signature or token error to the error format of the query protocol. */
export function stsRefusal({ type, status, message }: ServiceError): Outcome {
  const code = stsNames[type] ?? type.replace(/Exception$/, '');
  return refusal(code, status, message);
}

/** Errors for which STS uses another name than Connect's without "Exception" (all guesses except the first). */
const stsNames: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
};

function refusal(code: string, status: number, message: string): Outcome {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  const xml = `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${xmlText(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { kind: 'xml', status, xml, errorType: code, shown: code };
}

function assumeRole(form: URLSearchParams, caller: Caller, sessions: Sessions): Outcome {
  const arn = form.get('RoleArn') ?? '';
  const name = form.get('RoleSessionName') ?? '';
  const seconds = Number(form.get('DurationSeconds') ?? 3600);
  // API_AssumeRole: RoleSessionName has 2 to 64 of these characters; a session lasts 15 minutes to 12 hours.
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) throw invalid('roleSessionName');
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw invalid('durationSeconds');
  }
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)) throw invalid('roleArn');
  const role = roles.find((candidate) => candidate.arn === arn);
  const allowed =
    role?.trusts === caller.account &&
    (role.externalId === undefined || role.externalId === form.get('ExternalId'));
  if (!role || !allowed) {
    throw new StsError(
      'AccessDenied',
      403,
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  }
  const session = sessions.issue(role, name, new Date(Date.now() + seconds * 1000));
  return answer(
    'AssumeRole',
    {
      AssumedRoleUser: { AssumedRoleId: `AROA${role.account}:${name}`, Arn: session.arn },
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: session.expiresAt.toISOString(),
      },
    },
    { AssumedRoleUser: session.arn },
  );
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

type Members = { readonly [name: string]: string | Members };

/** @param shown what the recorder stores: never credentials */
function answer(action: string, members: Members, shown: unknown = members): Outcome {
  const body = `<${action}Response xmlns="${namespace}"><${action}Result>${elements(members)}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
  return { kind: 'xml', status: 200, xml: body, shown };
}

const elements = (members: Members): string =>
  Object.entries(members)
    .map(
      ([name, value]) =>
        `<${name}>${typeof value === 'string' ? xmlText(value) : elements(value)}</${name}>`,
    )
    .join('');

const xmlText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const invalid = (member: string) =>
  new StsError(
    'ValidationError',
    400,
    `1 validation error detected: Value at '${member}' failed to satisfy constraint`,
  );
