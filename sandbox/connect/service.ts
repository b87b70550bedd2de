/** Processes one call from the request to its answer: signature, faults, throttling, validation, effect. */

import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Caller, partitionOf, partitionOfAccount } from './accounts/accounts.ts';
import type { Sessions } from './accounts/sessions.ts';
import { isSts, serveSts, stsRefusal } from './accounts/sts.ts';
import type { Buckets } from './bucket.ts';
import { noteBody, type RecordedCall } from './calls.ts';
import type { Faults } from './faults.ts';
import type { Context } from './operations/context.ts';
import { operations } from './operations/table.ts';
import { invalidToken } from './pages.ts';
import { bindInput } from './protocol/bind.ts';
import { invalidRequest, ServiceError } from './protocol/errors.ts';
import type { OperationModel } from './protocol/model.ts';
import { isObject, project } from './protocol/project.ts';
import { route } from './protocol/router.ts';
import { checkSignature } from './protocol/signature.ts';
import { findViolation } from './protocol/validate.ts';

export type Incoming = {
  method: string;
  /** Still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

export type Outcome =
  | { kind: 'answer'; status: number; errorType?: string; body: unknown }
  | { kind: 'html'; status: number; html: string }
  /** `shown`: what the recorder stores. */
  | { kind: 'xml'; status: number; xml: string; errorType?: string; shown: unknown }
  /** The call took effect; the connection is closed without an answer. */
  | { kind: 'lose'; would: unknown }
  /** The connection is closed before anything happened. */
  | { kind: 'reset' }
  | { kind: 'hang' };

export type ServiceParts = {
  context: (caller: Caller) => Context;
  sessions: Sessions;
  faults: Faults;
  buckets: Buckets;
  stopped: AbortSignal;
};

/** Never rejects for any input of a caller: an error becomes the answer. */
export async function serve(
  incoming: Incoming,
  call: RecordedCall,
  parts: ServiceParts,
): Promise<Outcome> {
  try {
    return await execute(incoming, call, parts);
  } catch (error) {
    const known =
      error instanceof ServiceError
        ? error
        : new ServiceError('InternalServiceException', `The sandbox failed: ${String(error)}`);
    if (isSts(incoming.method, incoming.path)) return stsRefusal(known);
    return {
      kind: 'answer',
      status: known.status,
      errorType: known.type,
      body: { Message: known.message },
    };
  }
}

async function execute(
  incoming: Incoming,
  call: RecordedCall,
  { context: contextNow, sessions, faults, buckets, stopped }: ServiceParts,
): Promise<Outcome> {
  const forSts = isSts(incoming.method, incoming.path);
  if (!forSts) noteBody(call, incoming.body);
  const caller = readCaller(incoming, forSts ? 'sts' : 'connect', sessions);
  if (forSts) return serveSts(incoming.body, caller, call, { sessions, faults });
  const { operation, labels } = findRoute(incoming);
  const { name } = operation;
  call.operation = name;

  const slow = faults.take(name, 'slow');
  if (slow) await sleep(slow.delayMs, undefined, { signal: stopped });
  const failure = faults.take(name, 'error', 'html-502', 'reset', 'hang');
  switch (failure?.kind) {
    case 'error':
      throw new ServiceError(failure.error, failure.message ?? textOf(failure.error, name, caller));
    case 'html-502':
      return { kind: 'html', status: 502, html: badGateway };
    case 'reset':
    case 'hang':
      return { kind: failure.kind };
  }

  const context = contextNow(caller);
  if (!buckets.take(name, caller, context.settings, context.now())) {
    throw new ServiceError('ThrottlingException', textOf('ThrottlingException', name, caller));
  }
  const input = readInput(operation, labels, incoming, call);
  if (input.NextToken !== undefined && faults.take(name, 'expired-token')) throw invalidToken(name);

  if (context.settings.latencyMs > 0) {
    await sleep(context.settings.latencyMs, undefined, { signal: stopped });
  }
  const carry = operations[name];
  if (!carry) throw new Error(`The operation ${name} is in the model but not in the table`);
  // Read again after the wait, because the state may have been reset meanwhile.
  const body = answerBody(operation, carry(input, contextNow(caller)));
  if (faults.take(name, 'lose-answer')) return { kind: 'lose', would: body };
  return { kind: 'answer', status: 200, body };
}

/** @throws ServiceError for a signature or a token that AWS would refuse */
function readCaller(incoming: Incoming, service: 'connect' | 'sts', sessions: Sessions): Caller {
  const now = new Date();
  const secretOf = (key: string) => sessions.secretOf(key);
  const { accessKeyId, region } = checkSignature(incoming, service, secretOf, now);
  const token = incoming.headers['x-amz-security-token'];
  const caller = sessions.callerOf(accessKeyId, token?.toString(), region, now);
  // Credentials of one partition are invalid in another.
  if (partitionOf(region) !== partitionOfAccount(caller.account)) {
    throw new ServiceError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  return caller;
}

function findRoute({ method, path }: Incoming) {
  try {
    const match = route(method, path);
    if (match) return match;
  } catch {
    throw invalidRequest('The path is not valid percent-encoding');
  }
  throw new ServiceError('UnknownOperationException', `No operation is ${method} ${path}`);
}

function readInput(
  operation: OperationModel,
  labels: Record<string, string>,
  incoming: Incoming,
  call: RecordedCall,
): Record<string, unknown> {
  const { query, body, headers } = incoming;
  const contentType = headers['content-type'];
  const input = bindInput(operation, { labels, query, contentType, body });
  if (typeof input.InstanceId === 'string') call.instance = input.InstanceId;
  const violation = findViolation(operation, input);
  if (violation) throw violation;
  const known = project(operation.input.shape, input);
  return isObject(known) ? known : {};
}

/** Operations without an output answer 200 with an empty body. */
const answerBody = (operation: OperationModel, output: object): unknown =>
  operation.output ? project(operation.output.shape, output) : undefined;

/** "Too Many Requests" is known; the other texts are guesses. */
const texts: Readonly<Record<string, string>> = {
  ThrottlingException: 'Too Many Requests',
  TooManyRequestsException: 'Too Many Requests',
  LimitExceededException: 'The allowed limit for the resource has been reached.',
  InternalServiceException:
    'Request processing failed due to an error or failure with the service.',
  ResourceNotFoundException: 'The specified resource was not found.',
  DuplicateResourceException: 'A resource with the specified name already exists.',
};

function textOf(type: string, operation: string, caller: Caller): string {
  if (type === 'AccessDeniedException') {
    return `User: ${caller.arn} is not authorized to perform: connect:${operation} because no identity-based policy allows the connect:${operation} action`;
  }
  return texts[type] ?? `${type} (from the sandbox)`;
}

const badGateway =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';
