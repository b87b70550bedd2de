import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shortFinding } from '../../../src/messages/finding-words.ts';
import { draftOfInput } from '../../../src/users/pasted/draft-of-input.ts';
import { managed } from '../fixtures.ts';

describe('the input of a pasted command as a draft', () => {
  test('takes ids and names, and gives the form ids', () => {
    const { draft, findings } = draftOfInput(
      {
        Username: 'Mary',
        RoutingProfileId: 'id of Tier 2',
        SecurityProfileIds: ['id of Agent', 'supervisor'],
        HierarchyGroupId: 'id of North|Sales',
      },
      managed,
    );
    assert.deepEqual(findings, []);
    assert.deepEqual(
      [draft.routingProfile, draft.securityProfiles, draft.hierarchyGroup],
      [
        { id: 'id of Tier 2' },
        [{ id: 'id of Agent' }, { id: 'id of Supervisor' }],
        { id: 'id of North|Sales' },
      ],
    );
  });

  for (const [input, said] of [
    [{ RoutingProfileId: 'Nonsense' }, 'There is no routing profile “Nonsense” in production.'],
    [
      { RoutingProfileId: 'Basic Ruting Profile' },
      'There is no routing profile “Basic Ruting Profile” in production. Did you mean Basic Routing Profile?',
    ],
    [
      { SecurityProfileIds: ['AGENT LEAD'] },
      'There are several security profiles “AGENT LEAD” in production: agent lead, Agent Lead.',
    ],
    [
      { HierarchyGroupId: 'Sales' },
      'There are several hierarchy groups “Sales” in production: North / Sales, South / Sales.',
    ],
  ] as const) {
    test(`leaves out and says: ${said}`, () => {
      const { draft, findings } = draftOfInput({ Username: 'Mary', ...input }, managed);
      assert.deepEqual(findings.map(shortFinding), [said]);
      assert.equal(draft.username, 'Mary');
      assert.deepEqual(
        [draft.routingProfile, draft.securityProfiles ?? [], draft.hierarchyGroup],
        [undefined, [], undefined],
      );
    });
  }
});
