/** Properties that must hold for every draft, tested with unusual drafts. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { toCreateUserInput } from '../../src/connect/aws/to-create-user.ts';
import { explain } from '../../src/errors/problem.ts';
import { checkUser } from '../../src/users/check/check-user.ts';
import type { Correction, UserDraft } from '../../src/users/new-user.ts';
import { anyContext, anyDraft, anyText, rightDraft } from './drafts.ts';
import { hierarchyGroups, managed, routingProfiles, securityProfiles } from './fixtures.ts';

const right = rightDraft({
  routingProfiles: routingProfiles.map((routingProfile) => routingProfile.name),
  securityProfiles: securityProfiles.map((securityProfile) => securityProfile.name),
  hierarchyGroups: ['Tier 1', 'North|Sales', '/ North', 'In/Out'],
});

/** The draft with every correction applied manually. */
function corrected(draft: UserDraft, corrections: readonly Correction[]): UserDraft {
  const done: Record<string, unknown> = { ...draft };
  for (const { field, to } of corrections) {
    if (field === 'securityProfiles') done[field] = to.split('|').map((name) => ({ name }));
    else if (field === 'routingProfile' || field === 'hierarchyGroup') done[field] = { name: to };
    else done[field] = to;
  }
  return done;
}

describe('any draft', () => {
  it('becomes a user, or gets findings that are sentences', () => {
    fc.assert(
      fc.property(anyDraft, anyContext, (draft, context) => {
        const checked = checkUser(draft, context);
        const said = checked.ok ? checked.warnings : checked.findings;
        assert.ok(checked.ok || said.length > 0);
        for (const { problem, suggestion } of said) {
          const text = explain(problem);
          assert.match(text, /^\P{Cc}{10,400}$/u);
          assert.ok(!/\{\w+\}/.test(text) || Object.keys(problem.params).length > 0);
          assert.ok(suggestion === undefined || suggestion.isWellFormed());
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gets findings that never repeat its password (H4)', () => {
    const secret = 'Zq7-secret-Zq7';
    fc.assert(
      fc.property(anyDraft, anyText, anyContext, (draft, more, context) => {
        const checked = checkUser({ ...draft, password: secret + more }, context);
        assert.ok(!JSON.stringify(checked).includes(secret));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a draft of valid parts', () => {
  const pass = (draft: UserDraft) => {
    const checked = checkUser(draft, managed);
    if (checked.ok) return checked;
    return assert.fail(checked.findings.map((finding) => explain(finding.problem)).join('\n'));
  };

  it('passes, and what was corrected needs no correction again', () => {
    fc.assert(
      fc.property(right, (draft) => {
        const first = pass(draft);
        const again = checkUser(corrected(draft, first.corrections), managed);
        assert.ok(again.ok);
        assert.deepEqual(again.corrections, []);
        assert.deepEqual(again.user, first.user);
      }),
      { numRuns: 1_000 },
    );
  });

  it('becomes a request in which every value arrives, and no setting twice', () => {
    fc.assert(
      fc.property(right, (draft) => {
        const { user } = pass(draft);
        const input = toCreateUserInput('i', user, draft.password, { by: 'bot' });
        assert.equal(input.Username, user.username);
        assert.equal(input.Password, draft.password);
        assert.deepEqual(
          input.SecurityProfileIds,
          user.securityProfiles.map((securityProfile) => securityProfile.id),
        );
        assert.deepEqual(input.Tags, { ...user.tags, by: 'bot' });
        assert.equal(input.HierarchyGroupId, user.hierarchyGroup?.id);
        assert.equal(input.PhoneConfig === undefined, input.PhoneNumberConfigs !== undefined);
        const sent = JSON.stringify(input);
        const number = user.phone.type === 'desk' ? user.phone.number : undefined;
        const { email, secondaryEmail, mobile } = user;
        for (const value of [email, secondaryEmail, mobile, number]) {
          assert.ok(value === undefined || sent.includes(value));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds its profiles and groups by id as well as by name', () => {
    fc.assert(
      fc.property(right, fc.constantFrom(...hierarchyGroups), (draft, group) => {
        const byName = pass(draft).user;
        const { user } = pass({
          ...draft,
          routingProfile: { id: byName.routingProfile.id },
          securityProfiles: byName.securityProfiles.map(({ id }) => ({ id })),
          hierarchyGroup: { id: group.id },
        });
        assert.deepEqual(user, { ...byName, hierarchyGroup: group });
      }),
      { numRuns: 200 },
    );
  });
});
