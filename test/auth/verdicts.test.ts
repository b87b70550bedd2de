import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Identity } from '../../src/auth/connect-identity.ts';
import {
  type AskedProfile,
  type DeciderFacts,
  type Holdings,
  mayApprove,
  mayDeny,
  mayRequest,
  ownGround,
  type RequesterFacts,
} from '../../src/auth/verdicts.ts';
import type { WhoMayRequest } from '../../src/config/config.ts';
import { explain } from '../../src/errors/problem.ts';
import type { SlackPerson } from '../../src/slack/person.ts';
import { always, nobodyMayRequest, personOf, plainProfile, plainRules } from './people.ts';

const known: Identity = { kind: 'known', userId: '1', username: 'ari', way: 'email' };
const unknown: Identity = {
  kind: 'unknown',
  problem: { code: 'identity.ambiguous', params: { why: 'two', person: 'U0ARI' } },
};

const profile = (name: string, permissions: readonly string[]): AskedProfile => ({
  ...plainProfile(`id of ${name}`, permissions),
  name,
});
const holding = (permissions: readonly string[]): Holdings => ({
  username: 'ari',
  permissions: new Set(permissions),
  profiles: [profile('their own', permissions)],
  createThrough: permissions.includes('Users.Create') ? ['Admin'] : [],
});

/** No users to place, and no rules but the bot's own. */
const nothingElse = { users: [], rules: plainRules };

const agent = profile('Agent', ['BasicAgentAccess']);
const ari: DeciderFacts = {
  person: personOf(),
  teamName: 'Harbour Support',
  instance: 'production',
  requesterId: 'U0TARA',
  requesterUserIds: [],
  identity: known,
  holdings: holding(['Users.Create', 'BasicAgentAccess']),
  asked: [agent],
  ...nothingElse,
};

const nobodies: [Partial<SlackPerson>, string][] = [
  [{ stranger: true }, 'person.stranger'],
  [{ guest: true }, 'person.guest'],
  [{ bot: true }, 'person.not-active'],
  [{ deleted: true }, 'person.not-active'],
];

function refusal(verdict: ReturnType<typeof mayApprove>): string {
  return verdict.allowed ? 'allowed' : verdict.problem.code;
}

describe('H3: approving', () => {
  test('does not ask for permissions that take something away, or show only their own data', () => {
    const restricted = profile('Tier 1 Agent', [
      'BasicAgentAccess',
      'RestrictTaskCreation.Access',
      'RestrictPhoneTypeSettings.Access',
      'RestrictContactAccessByHierarchy.View',
      'RequireEndContactConfirmation.Enabled',
      'AccessMetrics.DashboardsWithMyData.View',
    ]);
    assert.equal(refusal(mayApprove(always, { ...ari, asked: [restricted] })), 'allowed');
  });

  test('is for somebody else who holds Users – Create and everything that is requested', () => {
    assert.deepEqual(mayApprove(always, ari), {
      allowed: true,
      ground: { kind: 'holds-users-create', connectUser: 'ari', profiles: ['Admin'] },
    });
  });

  test('is never for the requester, unless the policy says so', () => {
    const own = { ...ari, requesterId: ari.person.id };
    assert.equal(refusal(mayApprove(always, own)), 'decision.own-request');
    assert.equal(refusal(mayApprove({ ...always, allowOwn: true }, own)), 'allowed');
  });

  test('is for nobody from elsewhere, no guest, no bot and nobody who left, whatever they hold', () => {
    for (const [change, code] of nobodies) {
      const facts = { ...ari, person: personOf(change) };
      assert.equal(refusal(mayApprove({ ...always, allowOwn: true }, facts)), code);
    }
  });

  test('wants to know which Connect user somebody is, and says why it does not', () => {
    const facts = { ...ari, identity: unknown, holdings: null };
    assert.equal(refusal(mayApprove(always, facts)), 'identity.ambiguous');
    // Holdings without an identity would be somebody else's.
    assert.equal(refusal(mayApprove(always, { ...ari, identity: unknown })), 'identity.ambiguous');
  });

  test('wants Users.Create itself: no permission near it will do', () => {
    for (const permissions of [
      [],
      ['Users.Edit', 'Users.View'],
      ['users.create'],
      ['Users.Create '],
    ]) {
      const facts = { ...ari, holdings: holding(permissions), asked: [] };
      assert.equal(refusal(mayApprove(always, facts)), 'decision.needs-create');
    }
    assert.equal(refusal(mayApprove(always, { ...ari, holdings: null })), 'decision.needs-create');
  });

  test('gives no permission that the approver lacks, and names the profile and what is missing', () => {
    const admin = profile('Admin', ['A', 'B', 'C', 'D', 'E', 'Users.Create']);
    const verdict = mayApprove(always, { ...ari, asked: [agent, admin] });
    assert.ok(!verdict.allowed);
    assert.equal(
      explain(verdict.problem),
      'You can’t approve the security profile “Admin”, because it has permissions that you don’t have (A, B, C and 2 more). Somebody who has them can approve this.',
    );
  });

  test('takes an empty profile, which gives nothing away', () => {
    assert.equal(refusal(mayApprove(always, { ...ari, asked: [profile('Empty', [])] })), 'allowed');
  });
});

describe('H3: denying', () => {
  test('has no ceiling: saying no gives nothing away', () => {
    const asked = [profile('Admin', ['Everything'])];
    assert.equal(mayDeny({ ...ari, asked }, always).allowed, true);
    assert.equal(mayApprove(always, { ...ari, asked }).allowed, false);
  });

  test('wants everything else that approving wants', () => {
    assert.equal(mayDeny({ ...ari, requesterId: ari.person.id }, always).allowed, false);
    assert.equal(mayDeny({ ...ari, holdings: holding(['Users.Edit']) }, always).allowed, false);
    assert.equal(mayDeny({ ...ari, identity: unknown }, always).allowed, false);
    for (const [change] of nobodies) {
      assert.equal(mayDeny({ ...ari, person: personOf(change) }, always).allowed, false);
    }
  });
});

describe('needing no approval', () => {
  const policy = { ...always, needed: 'unless-permitted' as const };
  const holdings = holding(['Users.Create', 'BasicAgentAccess']);

  test('is for who could create exactly these users themselves', () => {
    assert.deepEqual(ownGround(policy, { ...nothingElse, holdings, asked: [agent] }), {
      kind: 'own-permission',
      connectUser: 'ari',
      profiles: ['Admin'],
    });
  });

  test('is for nobody where an approval is always needed', () => {
    assert.equal(ownGround(always, { ...nothingElse, holdings, asked: [agent] }), null);
  });

  test('is for nobody who lacks Users – Create, or one permission of one profile', () => {
    assert.equal(ownGround(policy, { ...nothingElse, holdings: null, asked: [agent] }), null);
    assert.equal(
      ownGround(policy, {
        ...nothingElse,
        holdings: holding(['BasicAgentAccess']),
        asked: [agent],
      }),
      null,
    );
    assert.equal(
      ownGround(policy, {
        ...nothingElse,
        holdings,
        asked: [agent, profile('X', ['ManagerListenIn'])],
      }),
      null,
    );
  });
});

describe('H3, for any permissions held and asked for', () => {
  const permission = fc.constantFrom(
    'Users.Create',
    'Users.Edit',
    'ManagerListenIn',
    'BasicAgentAccess',
    'Metrics.View',
  );
  const permissions = fc.uniqueArray(permission);
  const asked = fc.array(
    fc.tuple(fc.string(), permissions).map(([name, held]) => profile(name, held)),
    { maxLength: 4 },
  );
  const person = fc.record({
    deleted: fc.boolean(),
    bot: fc.boolean(),
    guest: fc.boolean(),
    stranger: fc.boolean(),
  });
  const mostlyNo = fc.record({
    deleted: fc.constant(false),
    bot: fc.constant(false),
    guest: fc.constant(false),
    stranger: fc.constant(false),
  });
  const facts = fc.record({
    person: fc.oneof(mostlyNo, person).map((flags) => personOf(flags)),
    requesterId: fc.constantFrom('U0ARI', 'U0TARA'),
    identity: fc.constantFrom(known, unknown),
    holdings: fc.option(permissions.map(holding), { nil: null }),
    asked,
  });
  const policies = fc.record({
    needed: fc.constantFrom('always' as const, 'unless-permitted' as const),
    allowOwn: fc.boolean(),
    expiresAfterMs: fc.constant(1000),
  });

  test('an approval is allowed exactly when every condition holds', () => {
    fc.assert(
      fc.property(policies, facts, (policy, it) => {
        const { person: who, holdings } = it;
        const verdict = mayApprove(policy, { ...ari, ...it });
        const somebody = !(who.deleted || who.bot || who.guest || who.stranger);
        const other = it.requesterId !== who.id || policy.allowOwn;
        const held = holdings?.permissions ?? new Set<string>();
        const everything = it.asked.every((profile) =>
          profile.permissions.every((each) => held.has(each)),
        );
        const expected =
          somebody &&
          other &&
          it.identity.kind === 'known' &&
          held.has('Users.Create') &&
          everything;
        assert.equal(verdict.allowed, expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('nobody is spared an approval who could not create exactly that', () => {
    fc.assert(
      fc.property(policies, facts, (policy, { holdings, asked: profiles }) => {
        const ground = ownGround(policy, { ...nothingElse, holdings, asked: profiles });
        const held = holdings?.permissions ?? new Set<string>();
        const expected =
          policy.needed === 'unless-permitted' &&
          held.has('Users.Create') &&
          profiles.every((profile) => profile.permissions.every((each) => held.has(each)));
        assert.equal(ground !== null, expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('asking for more never turns a no into a yes, and holding more never a yes into a no', () => {
    fc.assert(
      fc.property(policies, facts, asked, permissions, (policy, it, more, extra) => {
        const base = { ...ari, ...it };
        const before = mayApprove(policy, base).allowed;
        const greedy = mayApprove(policy, { ...base, asked: [...base.asked, ...more] }).allowed;
        assert.ok(before || !greedy);
        if (!base.holdings) return;
        const richer = holding([...base.holdings.permissions, ...extra]);
        assert.ok(!before || mayApprove(policy, { ...base, holdings: richer }).allowed);
      }),
    );
  });
});

describe('asking', () => {
  const tara: RequesterFacts = {
    person: personOf({ id: 'U0TARA' }),
    teamName: 'Harbour Support',
    instance: 'production',
    usergroups: [],
    holdings: null,
  };
  const because = (policy: Partial<WhoMayRequest>, facts: Partial<RequesterFacts> = {}) => {
    const verdict = mayRequest({ ...nobodyMayRequest, ...policy }, { ...tara, ...facts });
    return verdict.allowed ? verdict.because : verdict.problem.code;
  };

  test('is for nobody unless the policy says so', () => {
    assert.equal(because({}), 'request.nobody-may');
  });

  test('is for whom the policy names: anyone, people, user groups, holders of Users – Create', () => {
    assert.equal(because({ anyone: true }), 'anyone in the workspace may');
    assert.equal(because({ people: ['U0TARA'] }), 'named in the policy');
    assert.equal(
      because({ usergroups: ['S1', 'S2'] }, { usergroups: ['S2'] }),
      'in a user group of the policy',
    );
    assert.equal(
      because({ creators: true }, { holdings: holding(['Users.Create']) }),
      'holds Users – Create',
    );
  });

  test('is not for the others', () => {
    assert.equal(because({ people: ['U0SAM'] }), 'request.not-allowed');
    assert.equal(because({ usergroups: ['S1'] }, { usergroups: ['S2'] }), 'request.not-allowed');
    assert.equal(
      because({ creators: true }, { holdings: holding(['Users.Edit']) }),
      'request.not-allowed',
    );
    assert.equal(
      because({ creators: false }, { holdings: holding(['Users.Create']) }),
      'request.nobody-may',
    );
  });

  test('is for nobody from elsewhere, no guest, no bot and nobody who left, even where anyone may', () => {
    for (const [change, code] of nobodies) {
      const facts = { person: personOf({ id: 'U0TARA', ...change }) };
      assert.equal(because({ anyone: true, people: ['U0TARA'] }, facts), code);
    }
  });

  test('says who may instead', () => {
    const policy = { ...nobodyMayRequest, people: ['U1'], usergroups: ['S1'], creators: true };
    const verdict = mayRequest(policy, tara);
    assert.ok(!verdict.allowed);
    assert.match(
      explain(verdict.problem),
      /^Requesting users in production is limited to certain user groups, people named by the operator and holders of Users – Create\./,
    );
    const nobody = mayRequest(nobodyMayRequest, tara);
    assert.ok(!nobody.allowed);
    assert.match(explain(nobody.problem), /^Nobody can request users in production yet/);
  });
});
