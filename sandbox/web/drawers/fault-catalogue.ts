/** The entries of the fault form: one for each kind of `FaultSpec`, with its fields. */
export type FaultField = {
  name: string;
  label: string;
  initial: string;
  type: 'text' | 'number' | 'boolean';
  choices?: readonly string[];
};

export type FaultKind = {
  kind: string;
  title: string;
  effect: string;
  fields: readonly FaultField[];
};

const deliveries = [
  '*',
  'slash_commands',
  'block_actions',
  'view_submission',
  'view_closed',
  'block_suggestion',
  'message_action',
  'message',
  'app_home_opened',
  'app_mention',
] as const;

const methods = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.update',
  'views.push',
  'views.publish',
  'users.info',
  'conversations.open',
  'files.info',
  'files.getUploadURLExternal',
  'files.completeUploadExternal',
] as const;

const operations = [
  'CreateUser',
  'SearchUsers',
  'ListUsers',
  'DescribeUser',
  'ListSecurityProfiles',
  'DescribeSecurityProfile',
  'ListSecurityProfilePermissions',
  'ListRoutingProfiles',
  'ListUserHierarchyGroups',
  'DescribeUserHierarchyGroup',
  'DescribeInstance',
] as const;

const match = (label: string, choices: readonly string[], initial: string): FaultField => ({
  name: 'match',
  label,
  initial,
  type: 'text',
  choices,
});
const delivery = match('Delivery', deliveries, 'view_submission');
const method = match('Method', methods, 'chat.postMessage');
const operation: FaultField = {
  name: 'operation',
  label: 'Operation',
  initial: 'CreateUser',
  type: 'text',
  choices: operations,
};
const delay = (initial: string): FaultField => ({
  name: 'delayMs',
  label: 'Delay (ms)',
  initial,
  type: 'number',
});

export const slackFaults: readonly FaultKind[] = [
  {
    kind: 'duplicate',
    title: 'Deliver twice',
    effect: 'The same delivery arrives two times, as Slack does now and then.',
    fields: [
      delivery,
      { name: 'retryAttempt', label: 'Retry attempt of the second', initial: '0', type: 'number' },
    ],
  },
  {
    kind: 'late',
    title: 'Deliver late',
    effect: 'The delivery waits; a trigger may have expired when it arrives.',
    fields: [delivery, delay('4000')],
  },
  {
    kind: 'reorder',
    title: 'Deliver out of order',
    effect: 'Held back until the delivery after it has arrived.',
    fields: [delivery],
  },
  {
    kind: 'lose-ack',
    title: 'Lose the acknowledgement',
    effect:
      'The bot answers, Slack does not hear it: the person sees a failure, events are retried.',
    fields: [delivery],
  },
  {
    kind: 'drop-socket',
    title: 'Drop the socket',
    effect: 'The Socket Mode connection ends, announced by a `disconnect` message or not.',
    fields: [{ name: 'announce', label: 'Announced', initial: 'true', type: 'boolean' }],
  },
  {
    kind: 'method',
    title: 'A Web API method fails',
    effect: 'With one of Slack’s error codes, or: ratelimited, http_500, html, hang, reset.',
    fields: [
      method,
      {
        name: 'error',
        label: 'Error',
        initial: 'ratelimited',
        type: 'text',
        choices: [
          'ratelimited',
          'http_500',
          'html',
          'hang',
          'reset',
          'internal_error',
          'not_in_channel',
          'channel_not_found',
          'invalid_auth',
          'missing_scope',
        ],
      },
      { name: 'retryAfterSeconds', label: 'Retry after (s)', initial: '2', type: 'number' },
    ],
  },
  {
    kind: 'lose-answer',
    title: 'Lose a method’s answer',
    effect: 'The method takes effect; its answer never arrives.',
    fields: [method],
  },
  {
    kind: 'file',
    title: 'File download goes wrong',
    effect: 'The next download of a file by the bot.',
    fields: [
      {
        name: 'as',
        label: 'How',
        initial: 'html',
        type: 'text',
        choices: ['html', 'slow', 'cut', 'redirect', 'forbidden'],
      },
    ],
  },
  {
    kind: 'expired-trigger',
    title: 'Expired trigger',
    effect: 'The trigger id of the next interaction has expired when it arrives.',
    fields: [],
  },
  {
    kind: 'older-blocks',
    title: 'Newer blocks are unknown',
    effect:
      'This workspace does not know the blocks data_table and alert: each is refused as invalid.',
    fields: [],
  },
];

export const connectFaults: readonly FaultKind[] = [
  {
    kind: 'error',
    title: 'An operation fails',
    effect: 'With one of the service’s modelled errors.',
    fields: [
      operation,
      {
        name: 'error',
        label: 'Error',
        initial: 'ThrottlingException',
        type: 'text',
        choices: [
          'ThrottlingException',
          'TooManyRequestsException',
          'LimitExceededException',
          'InternalServiceException',
          'AccessDeniedException',
          'InvalidParameterException',
          'InvalidRequestException',
          'ResourceNotFoundException',
          'DuplicateResourceException',
        ],
      },
    ],
  },
  {
    kind: 'lose-answer',
    title: 'Lose the answer',
    effect: 'The operation takes effect (the user exists); its answer never arrives.',
    fields: [operation],
  },
  {
    kind: 'html-502',
    title: 'HTML 502',
    effect: 'A proxy’s error page instead of an answer.',
    fields: [operation],
  },
  { kind: 'reset', title: 'Reset', effect: 'The connection is cut.', fields: [operation] },
  {
    kind: 'slow',
    title: 'Slow answer',
    effect: 'The operation takes this much longer.',
    fields: [operation, delay('5000')],
  },
  { kind: 'hang', title: 'Hang', effect: 'No answer, ever.', fields: [operation] },
  {
    kind: 'expired-token',
    title: 'Expired page token',
    effect: 'The next page is refused, as after 24 hours.',
    fields: [{ ...operation, initial: 'ListUsers' }],
  },
];

/** The body of `POST /sandbox/faults` for the contents of the form. Empty fields are omitted. */
export function faultBody(
  on: 'slack' | 'connect',
  kind: FaultKind,
  typed: Readonly<Record<string, string>>,
  times: number,
): Record<string, unknown> {
  const body: Record<string, unknown> = { on, kind: kind.kind, times };
  for (const field of kind.fields) {
    const value = typed[field.name] ?? field.initial;
    if (value === '') continue;
    body[field.name] =
      field.type === 'number' ? Number(value) : field.type === 'boolean' ? value === 'true' : value;
  }
  return body;
}

/** An active fault, described in one line. */
export function faultWords(fault: Readonly<Record<string, unknown>>): string {
  const kinds = fault.on === 'slack' ? slackFaults : connectFaults;
  const kind = kinds.find((kind) => kind.kind === fault.kind);
  const values = (kind?.fields ?? [])
    .map((field) => fault[field.name])
    .filter((value) => value !== undefined)
    .join(', ');
  const title = kind?.title ?? String(fault.kind);
  return values === '' ? title : `${title}: ${values}`;
}
