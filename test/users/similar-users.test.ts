import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mostSimilar } from '../../src/users/similar-users.ts';

const wanted = {
  securityProfiles: [
    { id: 'agent', name: 'Agent' },
    { id: 'super', name: 'Supervisor' },
  ],
  routingProfile: { id: 'basic', name: 'Basic' },
  hierarchyGroup: { id: 'north', path: ['North'] },
};
const user = (
  username: string,
  ids: string,
  routingProfileId: string,
  hierarchyGroupId?: string,
) => ({
  username,
  securityProfileIds: ids.split(' '),
  routingProfileId,
  ...(hierarchyGroupId && { hierarchyGroupId }),
});

describe('the most similar users', () => {
  test('come first by access, then by routing profile, then by group', () => {
    const existing = [
      user('none', 'admin', 'tier2'),
      user('access', 'super agent', 'tier2'),
      user('routing', 'agent', 'basic', 'north'),
      user('same', 'agent super', 'basic', 'north'),
      user('ungrouped', 'agent super', 'basic'),
    ];
    const names = mostSimilar(wanted, existing, 4).map(({ username }) => username);
    assert.deepEqual(names, ['same', 'ungrouped', 'routing', 'access']);
  });

  test('say in what they differ, and nothing of what is the same', () => {
    const [same, other] = mostSimilar(
      wanted,
      [user('same', 'agent super', 'basic', 'north'), user('other', 'agent admin', 'tier2')],
      2,
    );
    assert.deepEqual(same, { username: 'same', name: 'same', added: [], missing: [] });
    assert.deepEqual(other, {
      username: 'other',
      name: 'other',
      added: ['super'],
      missing: ['admin'],
      routingProfileId: 'tier2',
      hierarchyGroupId: null,
    });
  });
});
