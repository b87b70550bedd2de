import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { draftLike, recentChoices } from '../../../src/requests/submit/recent-choices.ts';
import type { NewUser } from '../../../src/users/new-user.ts';

const user = (changes: Partial<NewUser> = {}): NewUser => ({
  username: 'mary',
  firstName: 'Mary',
  email: 'mary@example.com',
  routingProfile: { id: 'rp-basic', name: 'Basic Routing Profile' },
  securityProfiles: [{ id: 'sp-agent', name: 'Agent' }],
  phone: { type: 'desk', number: '+15555551212' },
  afterContactWorkSeconds: 30,
  tags: { team: 'north' },
  ...changes,
});

describe('recent choices', () => {
  test('are kept by instance, with the instance of the latest request first', () => {
    const choices = recentChoices([
      { requestId: 9, instance: 'berlin', user: user() },
      { requestId: 8, instance: 'production', user: user() },
      { requestId: 7, instance: 'berlin', user: user() },
    ]);
    assert.deepEqual([...choices.keys()], ['berlin', 'production']);
    assert.equal(choices.get('berlin')?.requestId, 9);
  });

  test('name each profile once, the latest first', () => {
    const supervisor = { id: 'sp-super', name: 'Supervisor' };
    const choices = recentChoices([
      { requestId: 3, instance: 'production', user: user() },
      {
        requestId: 2,
        instance: 'production',
        user: user({ securityProfiles: [supervisor, { id: 'sp-agent', name: 'Agent' }] }),
      },
    ]);
    assert.deepEqual(choices.get('production')?.securityProfiles, ['sp-agent', 'sp-super']);
  });

  test('begin a new request without anything that belongs to the person of the earlier one', () => {
    const latest = recentChoices([{ requestId: 3, instance: 'production', user: user() }]).get(
      'production',
    );
    assert.ok(latest);
    assert.deepEqual(draftLike(latest), {
      routingProfile: { id: 'rp-basic' },
      securityProfiles: [{ id: 'sp-agent' }],
      phoneType: 'desk',
      autoAccept: 'no',
      afterContactWorkSeconds: '30',
    });
  });
});
