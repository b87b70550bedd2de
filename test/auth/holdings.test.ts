import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ceilingOf, type Holdings, type RequestedProfile } from '../../src/auth/holdings.ts';
import { explain } from '../../src/errors/problem.ts';
import { plainProfile, plainRules } from './people.ts';

const profile = (name: string, permissions: readonly string[]): RequestedProfile => ({
  ...plainProfile(`id of ${name}`, permissions),
  name,
});
const holding = (permissions: readonly string[]): Holdings => ({
  username: 'ari',
  permissions: new Set(permissions),
  profiles: [profile('their own', permissions)],
  createThrough: permissions.includes('Users.Create') ? ['Admin'] : [],
});

const beyondOf = (held: readonly string[], asked: readonly RequestedProfile[]) =>
  ceilingOf(holding(held), { asked, users: [], rules: plainRules });

const agent = profile('Agent', ['BasicAgentAccess']);

describe('H3: the permissions that a person grants', () => {
  test('restricting permissions never go beyond what they hold', () => {
    const restricted = profile('Tier 1 Agent', [
      'BasicAgentAccess',
      'RestrictTaskCreation.Access',
      'RestrictPhoneTypeSettings.Access',
      'RestrictContactAccessByHierarchy.View',
      'RequireEndContactConfirmation.Enabled',
      'AccessMetrics.DashboardsWithMyData.View',
    ]);
    assert.deepEqual(beyondOf(['BasicAgentAccess'], [restricted]), { beyond: null, lacks: [] });
  });

  test('the profile is named, and what they lack of it', () => {
    const admin = profile('Admin', ['A', 'B', 'C', 'D', 'E', 'Users.Create']);
    const { beyond, lacks } = beyondOf(['Users.Create', 'BasicAgentAccess'], [agent, admin]);
    assert.equal(
      beyond && explain(beyond),
      'You can’t approve the security profile “Admin”, because it has permissions that you don’t have (A, B, C and 2 more). Somebody who has them can approve this.',
    );
    assert.deepEqual(
      lacks,
      ['A', 'B', 'C', 'D', 'E'].map((name) => `Admin: ${name}`),
    );
  });

  test('an empty profile exceeds nothing', () => {
    assert.equal(beyondOf([], [profile('Empty', [])]).beyond, null);
  });

  test('nobody without a Connect user holds anything', () => {
    const facts = { asked: [agent], users: [], rules: plainRules };
    assert.notEqual(ceilingOf(null, facts).beyond, null);
  });

  test('for any permissions, nothing exceeds what a person holds exactly when they hold all of it', () => {
    const permissions = fc.uniqueArray(
      fc.constantFrom('Users.Create', 'Users.Edit', 'ManagerListenIn', 'BasicAgentAccess', 'X'),
    );
    const profiles = fc.array(
      fc.tuple(fc.string(), permissions).map(([name, given]) => profile(name, given)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(permissions, profiles, (held, asked) => {
        const has: ReadonlySet<string> = new Set(held);
        const all = asked.every(({ permissions: given }) =>
          given.every((permission) => has.has(permission)),
        );
        const { beyond, lacks } = beyondOf(held, asked);
        assert.equal(beyond === null, all);
        assert.equal(lacks.length === 0, all);
      }),
      { numRuns: 1000 },
    );
  });
});
