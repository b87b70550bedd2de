/** Generators of requests as messages show them: typical ones, every state, and unusual ones. */
import fc from 'fast-check';
import type { DecisionBasis } from '../../src/auth/decision-basis.ts';
import { at, everyState, viewModelOf } from '../../src/doctor/blocks/block-samples.ts';
import type { Problem } from '../../src/errors/problem.ts';
import type { RequestViewModel, RowViewModel } from '../../src/messages/request-view-model.ts';
import type { RequestState } from '../../src/requests/model/states.ts';
import type { NewUser } from '../../src/users/new-user.ts';

export {
  at,
  created,
  decisionOf,
  everyState,
  homeRequest,
  mary,
  rowOf,
  viewModelOf,
} from '../../src/doctor/blocks/block-samples.ts';

/**
 * Attempts to break the message, such as mentions and markup. Each contains a marker, so that the test can find it
 * again.
 */
const hostile = fc.constantFrom(
  '<!channel>',
  '<!here|x>',
  '<@U0ARI>',
  '<https://evil.test|Approve>',
  '*bold* _it_ ~no~ `code` :tada:',
  '&amp;&lt;!channel&gt;',
  'a\n✅ 1 created · approved by Ari Admin\r\nb',
  '\u202E\u2066drow\u2069',
  'שלום עולם',
  'محمد <!everyone>',
  '\u2068\u2068\u2068',
  '👩‍👩‍👧‍👦👍🏽',
  '\u0000\u2028',
  'x'.repeat(300),
);
export const anyText = (maxLength: number) =>
  fc
    .oneof(
      hostile,
      fc.string({ unit: 'grapheme', maxLength }),
      fc.string({ unit: 'binary', maxLength }),
    )
    .map((text) => text.slice(0, maxLength).toWellFormed());

const named = (maxLength: number) => fc.record({ id: fc.uuid(), name: anyText(maxLength) });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Leaves out undefined members, as exact optional types require. */
function present<T extends object>(object: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

const seconds = fc.integer({ min: 0, max: 2_000_000 });
const settings = fc.record(
  {
    autoAccept: fc.boolean(),
    afterContactWorkSeconds: seconds,
    agentFirstCallbackAutoAccept: fc.boolean(),
    agentFirstCallbackAfterContactWorkSeconds: seconds,
  },
  { requiredKeys: [] },
);

/** A checked user up to the size that Connect accepts: CreateUser's limits, and 50 tags. */
export const anyUser: fc.Arbitrary<NewUser> = fc
  .record({
    username: anyText(100),
    firstName: maybe(anyText(255)),
    lastName: maybe(anyText(300)),
    email: maybe(anyText(265)),
    secondaryEmail: maybe(anyText(265)),
    mobile: maybe(fc.constant('+442079460000')),
    directoryUserId: maybe(anyText(100)),
    routingProfile: named(127),
    securityProfiles: fc.array(named(128), { minLength: 1, maxLength: 10 }),
    hierarchyGroup: maybe(
      fc.record({ id: fc.uuid(), path: fc.array(anyText(50), { minLength: 1, maxLength: 5 }) }),
    ),
    phone: fc.oneof(
      fc.record({
        type: fc.constant('soft' as const),
        autoAccept: fc.boolean(),
        persistentConnection: fc.boolean(),
      }),
      fc.record({ type: fc.constant('desk' as const), number: fc.constant('+15555551212') }),
    ),
    afterContactWorkSeconds: seconds,
    voiceEnhancement: maybe(fc.constantFrom('VOICE_ISOLATION', 'NOISE_SUPPRESSION', 'NONE')),
    channels: maybe(
      fc.record(
        { VOICE: settings, CHAT: settings, TASK: settings, EMAIL: settings },
        { requiredKeys: [] },
      ),
    ),
    tags: fc.dictionary(anyText(128), anyText(256), { maxKeys: 50 }),
  })
  .map((user) => present(user) as NewUser);

const anyProblem: fc.Arbitrary<Problem> = fc.oneof(
  fc.record({
    code: fc.constant('create.invalid' as const),
    params: fc.record({ detail: anyText(300) }),
  }),
  fc.record({
    code: fc.constant('create.duplicate' as const),
    params: fc.record({ username: anyText(100), instance: fc.constant('production') }),
  }),
);

const anyGround: fc.Arbitrary<DecisionBasis> = fc.record({
  kind: fc.constantFrom('holds-users-create' as const, 'own-permission' as const),
  connectUser: anyText(100),
  profiles: fc.array(anyText(128), { maxLength: 10 }),
});

const draft = fc
  .record({
    firstName: maybe(anyText(300)),
    lastName: maybe(anyText(300)),
    username: maybe(anyText(300)),
  })
  .map(present);

const anyRow: fc.Arbitrary<RowViewModel> = fc.record({
  position: fc.constant(1),
  state: fc.constantFrom('waiting', 'sending', 'unclear', 'created', 'failed', 'cancelled'),
  draft,
  user: fc.option(anyUser, { nil: null, freq: 8 }),
  passwordPlan: fc.constantFrom('none', 'typed', 'generated', null),
  userId: fc.option(fc.uuid(), { nil: null }),
  userArn: fc.option(anyText(200), { nil: null }),
  problem: fc.option(anyProblem, { nil: null }),
  followUpProblem: fc.option(anyProblem, { nil: null }),
  welcome: fc.option(
    fc.oneof(
      fc.constant({ kind: 'sent' as const }),
      fc.record({ kind: fc.constant('not-sent' as const), why: anyProblem }),
    ),
    { nil: null },
  ),
  findings: fc.array(
    fc.record({
      field: fc.constantFrom('username' as const, 'tags' as const, 'channels' as const),
      problem: anyProblem,
    }),
    { maxLength: 60 },
  ),
});

/** Any request of one row in any state, with user-supplied text in every place that can hold it. */
export const anyViewModel: fc.Arbitrary<RequestViewModel> = fc
  .record({
    state: fc.constantFrom(...(Object.keys(everyState) as RequestState[])),
    requester: fc.record({ id: fc.constant('U0TARA'), name: anyText(80) }),
    reason: fc.option(anyText(500), { nil: null }),
    expiresAt: fc.option(fc.constant(at), { nil: null }),
    startedAt: fc.option(fc.constant(at), { nil: null }),
    endedAt: fc.option(fc.constant(at), { nil: null }),
    decision: fc.option(
      fc.record({
        kind: fc.constantFrom('approved' as const, 'denied' as const, 'cancelled' as const),
        by: fc.constant('U0ARI'),
        byName: anyText(80),
        at: fc.constant(at.toISOString()),
        contentHash: fc.constant('a'.repeat(64)),
        basis: anyGround,
        reason: anyText(500),
      }),
      { nil: null },
    ),
    hold: fc.option(anyProblem, { nil: null }),
    risks: fc.array(
      fc.record({
        profile: anyText(128),
        may: fc.array(
          fc.constantFrom('listen in on calls', 'create users', 'make security profiles'),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
      }),
      { maxLength: 10 },
    ),
    row: anyRow,
    signIn: fc.option(
      fc.record({
        mode: fc.constantFrom(
          'CONNECT_MANAGED' as const,
          'SAML' as const,
          'EXISTING_DIRECTORY' as const,
        ),
        url: fc.constantFrom('https://example.my.connect.aws/login', null),
      }),
      { nil: null },
    ),
  })
  .map(({ row, ...it }) => viewModelOf({ ...it, rows: [row] }));

/** A user with every field at its maximum. */
export const longest: NewUser = {
  username: 'u'.repeat(100),
  firstName: 'F'.repeat(255),
  lastName: 'L'.repeat(300),
  email: `${'e'.repeat(250)}@example.com`,
  secondaryEmail: `${'s'.repeat(250)}@example.com`,
  mobile: '+442079460000',
  directoryUserId: 'd'.repeat(100),
  routingProfile: { id: 'rp', name: 'R'.repeat(127) },
  securityProfiles: Array.from({ length: 10 }, (_, n) => ({
    id: `sp-${n}`,
    name: `${n}${'S'.repeat(127)}`,
  })),
  hierarchyGroup: { id: 'hg', path: Array.from({ length: 5 }, () => 'H'.repeat(50)) },
  phone: { type: 'soft', autoAccept: true, persistentConnection: true },
  afterContactWorkSeconds: 2_000_000,
  voiceEnhancement: 'VOICE_ISOLATION',
  channels: Object.fromEntries(
    ['VOICE', 'CHAT', 'TASK', 'EMAIL'].map((channel) => [
      channel,
      {
        autoAccept: true,
        afterContactWorkSeconds: 2_000_000,
        agentFirstCallbackAutoAccept: false,
        agentFirstCallbackAfterContactWorkSeconds: 2_000_000,
      },
    ]),
  ),
  tags: Object.fromEntries(
    Array.from({ length: 50 }, (_, n) => [`${n}`.padEnd(128, 'k'), `${n}`.padEnd(256, 'v')]),
  ),
};
