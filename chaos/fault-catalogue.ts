/**
 * The faults that the sandbox can inject, with random parameters. Each kind of fault in the sandbox's interface has
 * an entry here; the compiler reports a missing one.
 */
import type { ConnectFault, SlackFault } from '../sandbox/api/wire.ts';
import type { Chance } from './seeded.ts';

export type PlannedFault = { readonly spec: SlackFault | ConnectFault; readonly times: number };

type Draw<Fault extends SlackFault | ConnectFault> = {
  readonly [Kind in Fault['kind']]: (chance: Chance) => Extract<Fault, { kind: Kind }>;
};

const deliveries = [
  'view_submission',
  'block_actions',
  'block_actions',
  'slash_commands',
  'block_suggestion',
  'message',
  'message',
  '*',
] as const;

/** Posting and editing have the highest weight: a lost answer there could lead to a duplicate message. */
const methods = [
  'chat.postMessage',
  'chat.postMessage',
  'chat.postMessage',
  'chat.update',
  'chat.update',
  'chat.*',
  'files.getUploadURLExternal',
  'files.completeUploadExternal',
  'files.completeUploadExternal',
  'conversations.open',
  'conversations.replies',
  'conversations.history',
  'views.open',
  'views.update',
  'users.info',
  '*',
] as const;

const posting = ['chat.postMessage', 'chat.postMessage', 'files.completeUploadExternal'] as const;

/** Slack's internal errors. None of them is a permanent refusal to post or edit a message. */
const methodErrors = [
  // Only a delay: a replica that is killed during it does not receive the answer.
  'none',
  'none',
  'none',
  'ratelimited',
  'ratelimited',
  'http_500',
  'html',
  'hang',
  'reset',
  'internal_error',
  'service_unavailable',
  'fatal_error',
] as const;

/** CreateUser has the highest weight: a lost answer there could lead to a duplicate user. */
const operations = [
  'CreateUser',
  'CreateUser',
  'CreateUser',
  'CreateUser',
  'SearchUsers',
  'SearchUsers',
  'ListUsers',
  'DescribeUser',
  'ListSecurityProfiles',
  'ListRoutingProfiles',
  'ListSecurityProfilePermissions',
  'DescribeInstance',
  '*',
] as const;

/** Errors that pass without action, errors that stop a request until somebody acts, and errors of one row. */
const connectErrors = [
  'ThrottlingException',
  'ThrottlingException',
  'TooManyRequestsException',
  'InternalServiceException',
  'InternalServiceException',
  'LimitExceededException',
  'AccessDeniedException',
  'InvalidParameterException',
  'InvalidRequestException',
  'ResourceNotFoundException',
  'DuplicateResourceException',
] as const;

/** Errors that only write operations return. */
const ofCreating: readonly string[] = [
  'LimitExceededException',
  'InvalidParameterException',
  'DuplicateResourceException',
];

export const slackFaults = {
  duplicate: (chance) => ({
    on: 'slack',
    kind: 'duplicate',
    match: chance.pick(deliveries),
    ...(chance.happens(0.5) ? { retryAttempt: chance.whole(0, 1) } : {}),
  }),
  late: (chance) => ({
    on: 'slack',
    kind: 'late',
    match: chance.pick(deliveries),
    delayMs: chance.whole(300, 5_000),
  }),
  reorder: (chance) => ({ on: 'slack', kind: 'reorder', match: chance.pick(deliveries) }),
  'lose-ack': (chance) => ({ on: 'slack', kind: 'lose-ack', match: chance.pick(deliveries) }),
  'drop-socket': (chance) => ({ on: 'slack', kind: 'drop-socket', announce: chance.happens(0.5) }),
  method: (chance) => {
    const error = chance.pick(methodErrors);
    const isSlow = error === 'none' || chance.happens(0.2);
    return {
      on: 'slack',
      kind: 'method',
      match: chance.pick(methods),
      error,
      ...(error === 'ratelimited' ? { retryAfterSeconds: chance.whole(1, 5) } : {}),
      ...(isSlow ? { delayMs: chance.whole(200, 2_500) } : {}),
    };
  },
  'lose-answer': (chance) => ({
    on: 'slack',
    kind: 'lose-answer',
    match: chance.happens(0.7) ? chance.pick(posting) : chance.pick(methods),
  }),
  file: (chance) => ({
    on: 'slack',
    kind: 'file',
    as: chance.pick(['html', 'slow', 'cut', 'redirect', 'forbidden'] as const),
  }),
  'expired-trigger': () => ({ on: 'slack', kind: 'expired-trigger' }),
  'older-blocks': () => ({ on: 'slack', kind: 'older-blocks' }),
} as const satisfies Draw<SlackFault>;

export const connectFaults = {
  error: (chance) => {
    const error = chance.pick(connectErrors);
    const operation = ofCreating.includes(error) ? 'CreateUser' : chance.pick(operations);
    return { on: 'connect', kind: 'error', operation, error };
  },
  'html-502': (chance) => ({
    on: 'connect',
    kind: 'html-502',
    operation: chance.pick(operations),
  }),
  reset: (chance) => ({ on: 'connect', kind: 'reset', operation: chance.pick(operations) }),
  slow: (chance) => ({
    on: 'connect',
    kind: 'slow',
    operation: chance.pick(operations),
    delayMs: chance.whole(300, 7_000),
  }),
  hang: (chance) => ({ on: 'connect', kind: 'hang', operation: chance.pick(operations) }),
  'lose-answer': (chance) => ({
    on: 'connect',
    kind: 'lose-answer',
    operation: chance.happens(0.8) ? 'CreateUser' : chance.pick(operations),
  }),
  'expired-token': (chance) => ({
    on: 'connect',
    kind: 'expired-token',
    operation: chance.pick(['ListUsers', 'ListSecurityProfilePermissions', '*'] as const),
  }),
} as const satisfies Draw<ConnectFault>;

/** All kinds of faults, as `slack method`, `connect hang`, … */
export const faultNames: readonly string[] = [
  ...Object.keys(slackFaults).map((kind) => `slack ${kind}`),
  ...Object.keys(connectFaults).map((kind) => `connect ${kind}`),
];

export function faultName({ spec }: PlannedFault): string {
  return `${spec.on} ${spec.kind}`;
}

/**
 * Returns the next fault of a sequence in which each kind occurs before any kind is repeated. Faults that could cause
 * a duplicate or a loss occur twice as often.
 */
export function faultDealer(chance: Chance): () => PlannedFault {
  const telling = [slackFaults['lose-answer'], slackFaults.method, connectFaults['lose-answer']];
  const kinds = [
    ...Object.values(slackFaults),
    ...Object.values(connectFaults),
    ...telling,
    connectFaults.error,
  ];
  let deck: ((chance: Chance) => SlackFault | ConnectFault)[] = [];
  return () => {
    if (deck.length === 0) deck = chance.shuffled(kinds);
    const draw = deck.pop();
    if (!draw) throw new Error('no fault to deal');
    return { spec: draw(chance), times: chance.whole(1, 4) };
  };
}
