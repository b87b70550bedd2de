import assert from 'node:assert/strict';
import { test } from 'node:test';
import { risksOf } from '../../src/auth/risks.ts';
import { plainProfile } from './people.ts';

const profile = (name: string, ...permissions: string[]) => ({
  ...plainProfile(name, permissions),
  name,
});

test('an approver is shown what a profile lets people do beyond their own work, the weightiest first', () => {
  const asked = [
    profile('Supervisor', 'ManagerListenIn', 'Users.View', 'Users.EditPermission'),
    profile('Agent', 'BasicAgentAccess'),
    profile('Admin', 'Users.Delete', 'Users.Create'),
  ];
  assert.deepEqual(risksOf(asked), [
    { profile: 'Supervisor', may: ['give users other security profiles', 'listen in on calls'] },
    { profile: 'Admin', may: ['create users', 'delete users'] },
  ]);
});

test('a profile with a risky name and harmless permissions is not a risk', () => {
  assert.deepEqual(
    risksOf([profile('Admin'), profile('Root', 'users.create', 'Users.CreateX')]),
    [],
  );
});
