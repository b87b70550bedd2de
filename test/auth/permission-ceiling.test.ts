/** The permission ceiling: the combined permissions of a person's profiles, compared with what they would grant. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type CeilingRules,
  excessOf,
  limitOn,
  type NamedProfile,
  type UserScope,
} from '../../src/auth/permission-ceiling.ts';
import { ceilingProblem } from '../../src/auth/permission-ceiling-problem.ts';
import type { AccessRestriction, Grant } from '../../src/connect/security-profile.ts';
import { explain } from '../../src/errors/problem.ts';
import { plainProfile, plainRules } from './people.ts';

/** Sales is below Bristol; Berlin is separate. */
const rules: CeilingRules = {
  ...plainRules,
  isWithin: (groupId, otherId) =>
    groupId === otherId || (groupId === 'sales' && otherId === 'bristol'),
  nameOfGroup: (id) => (id === 'bristol' ? 'Bristol' : id),
};

const nothing: AccessRestriction = {
  tags: {},
  tagRestricted: [],
  hierarchyGroupId: null,
  hierarchyRestricted: [],
};
const tagged = (tags: Record<string, string>, ...resources: string[]): AccessRestriction => ({
  ...nothing,
  tags,
  tagRestricted: resources.length > 0 ? resources : ['User'],
});
const below = (hierarchyGroupId: string): AccessRestriction => ({
  ...nothing,
  hierarchyGroupId,
  hierarchyRestricted: ['User'],
});

const manages = ['Users.Create', 'Users.Edit', 'Users.View', 'BasicAgentAccess'];

const profile = (
  name: string,
  permissions: readonly string[],
  more: Partial<NamedProfile> = {},
): NamedProfile => ({ ...plainProfile(name, permissions), name, ...more });

const manager = (restriction: AccessRestriction | null) =>
  profile('Manager', manages, { restriction });
const agent = profile('Agent', ['BasicAgentAccess']);

const kindOf = (held: readonly NamedProfile[], asked: NamedProfile) =>
  excessOf(held, asked, rules)?.kind ?? 'nothing';

describe('the permissions that are granted', () => {
  test('may be anything that the approver’s profiles hold together', () => {
    const held = [profile('A', ['A.View']), profile('B', ['B.View'])];
    assert.equal(kindOf(held, profile('both', ['A.View', 'B.View'])), 'nothing');
    assert.deepEqual(excessOf(held, profile('more', ['A.View', 'C.View']), rules), {
      kind: 'permissions',
      missing: ['C.View'],
    });
  });

  test('is not held back by permissions that restrict, the policy file’s among them', () => {
    const asked = profile('x', ['RestrictTaskCreation.Access', 'Restrict.Ours']);
    assert.equal(kindOf([agent], asked), 'permissions');
    const policy = { ...rules, neverCount: ['Restrict.Ours'] };
    assert.equal(excessOf([agent], asked, policy), null);
  });

  test('includes applications, AI agents and flow modules', () => {
    const claims: Grant = { kind: 'application', id: 'claims ACCESS' };
    const agentTool: Grant = { kind: 'ai-agent', id: 'claims ACCESS' };
    const asked = profile('x', [], { grants: [claims] });
    assert.equal(kindOf([agent], asked), 'grants');
    assert.equal(kindOf([profile('y', [], { grants: [agentTool] })], asked), 'grants');
    assert.equal(kindOf([agent, profile('y', [], { grants: [claims] })], asked), 'nothing');
  });

  test('may not reach further than the approver does, by tag, by hierarchy, or by both', () => {
    const german = manager(tagged({ Country: 'DE' }));
    const bristol = manager(below('bristol'));
    const cases: [held: NamedProfile[], asked: NamedProfile, expected: string][] = [
      [[german], manager(null), 'scope'],
      [[german], german, 'nothing'],
      [[german], manager(tagged({ Country: 'DE', Team: '1' })), 'nothing'],
      [[german], manager(tagged({ Country: 'UK' })), 'scope'],
      [[german], manager(below('bristol')), 'scope'],
      [[bristol], manager(null), 'scope'],
      [[bristol], manager(below('sales')), 'nothing'],
      [[bristol], manager(below('berlin')), 'scope'],
      [
        [manager({ ...tagged({ Country: 'DE' }), ...pick(below('bristol')) })],
        manager(tagged({ Country: 'DE' })),
        'scope',
      ],
      [[german], manager({ ...tagged({ Country: 'DE' }), ...pick(below('bristol')) }), 'nothing'],
    ];
    for (const [held, asked, expected] of cases) {
      assert.equal(kindOf(held, asked), expected, JSON.stringify([held, asked]));
    }
  });

  test('is not limited when the approver has the permission in any profile without limits', () => {
    const german = manager(tagged({ Country: 'DE' }));
    assert.equal(kindOf([german, profile('Plain', ['Users.View'])], manager(null)), 'scope');
    assert.equal(kindOf([german, manager(null)], manager(null)), 'nothing');
  });

  test('is compared only for permissions that a limit is about', () => {
    const german = manager(tagged({ Country: 'DE' }));
    assert.equal(kindOf([german], agent), 'nothing');
    const prompts = profile('x', ['Prompts.View'], { restriction: tagged({ A: '1' }, 'Prompt') });
    assert.equal(kindOf([prompts], profile('y', ['Prompts.View'])), 'scope');
  });

  test('must be a profile that the approver can see', () => {
    const held = profile('x', ['BasicAgentAccess', 'SecurityProfiles.View'], {
      restriction: tagged({ Country: 'DE' }, 'SecurityProfile'),
    });
    assert.equal(kindOf([held], agent), 'unseen');
    assert.equal(kindOf([held], { ...agent, tags: { Country: 'DE' } }), 'nothing');
  });
});

describe('a new user', () => {
  const place = (tags: Record<string, string>, hierarchyGroupId: string | null = null) => ({
    tags,
    hierarchyGroupId,
  });
  const isFree = (held: NamedProfile[], user: UserScope) => limitOn(held, user, rules) === null;

  test('must carry the tags that its creator is limited to, and be in the group', () => {
    const german = manager(tagged({ Country: 'DE' }));
    const bristol = manager(below('bristol'));
    assert.ok(isFree([german], place({ Country: 'DE', Team: '1' })));
    assert.ok(!isFree([german], place({ Country: 'UK' })));
    assert.ok(!isFree([german], place({})));
    assert.ok(isFree([bristol], place({}, 'sales')));
    assert.ok(!isFree([bristol], place({}, 'berlin')));
    assert.ok(!isFree([bristol], place({})));
    assert.ok(isFree([german, bristol], place({}, 'sales')), 'several limits add up');
    assert.ok(isFree([german, manager(null)], place({})), 'no limit outdoes another');
    assert.ok(!isFree([german, profile('x', ['Users.View'])], place({})));
  });

  test('is refused in words that name the tag or the group', () => {
    const of = (held: NamedProfile, user: UserScope) => {
      const found = ceilingProblem([held], { asked: [agent], users: [user] }, rules);
      return found ? explain(found) : '';
    };
    assert.match(of(manager(tagged({ Country: 'DE' })), place({})), /the tag Country=DE/);
    assert.match(of(manager(below('bristol')), place({})), /the hierarchy group Bristol/);
  });
});

describe('for any profiles', () => {
  const permission = fc.constantFrom('Users.Create', 'Users.View', 'Prompts.View', 'Basic');
  const restriction = fc.option(
    fc.record({
      tags: fc.constantFrom<Record<string, string>>({ a: '1' }, { a: '1', b: '2' }, { a: '2' }),
      tagRestricted: fc.subarray(['User', 'Prompt']),
      hierarchyGroupId: fc.constantFrom('bristol', 'sales', 'berlin', null),
      hierarchyRestricted: fc.subarray(['User']),
    }),
    { nil: null },
  );
  const grants = fc.subarray<Grant>([
    { kind: 'application', id: 'x' },
    { kind: 'flow-module', id: 'x' },
  ]);
  const anyProfile = fc
    .tuple(fc.uniqueArray(permission), restriction, grants)
    .map(([permissions, limits, given]) =>
      profile('any', permissions, { restriction: limits, grants: given }),
    );
  const some = fc.array(anyProfile, { maxLength: 3 });
  const may = (held: NamedProfile[], asked: NamedProfile) => excessOf(held, asked, rules) === null;

  test('a person may grant whatever they hold themselves', () => {
    fc.assert(fc.property(anyProfile, some, (profile, more) => may([profile, ...more], profile)));
  });

  test('holding one more profile never reduces what a person may grant', () => {
    fc.assert(
      fc.property(some, anyProfile, anyProfile, (held, extra, asked) => {
        return !may(held, asked) || may([...held, extra], asked);
      }),
    );
  });

  test('removing a limit from the requested profile never makes it easier to grant', () => {
    fc.assert(
      fc.property(some, anyProfile, (held, asked) => {
        return may(held, asked) || !may(held, { ...asked, restriction: null });
      }),
    );
  });
});

function pick({ hierarchyGroupId, hierarchyRestricted }: AccessRestriction) {
  return { hierarchyGroupId, hierarchyRestricted };
}
