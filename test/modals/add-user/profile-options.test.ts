import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { managementOf } from '../../../src/auth/risks.ts';
import { createManagementMarks } from '../../../src/modals/add-user/management-marks.ts';
import { menuOptions } from '../../../src/modals/add-user/profile-options.ts';
import { instanceClientOf, smallInstance } from '../../auth/people.ts';
import { until } from '../../until.ts';

const admin = { id: 'a', name: 'Admin', management: 'can manage users' };
const agent = { id: 'b', name: 'Agent', management: null };
const qa = { id: 'c', name: 'QualityAnalyst' };
const ids = (options: readonly { value?: string }[]) => options.map((option) => option.value);

describe('a menu of profiles', () => {
  test('shows what was chosen lately first, and profiles that manage users last', () => {
    assert.deepEqual(ids(menuOptions([admin, agent, qa], [], '')), ['b', 'c', 'a']);
    assert.deepEqual(ids(menuOptions([admin, agent, qa], ['c', 'b'], '')), ['c', 'b', 'a']);
    assert.deepEqual(ids(menuOptions([admin, agent, qa], ['a'], '')), ['a', 'b', 'c']);
  });

  test('keeps the order of the search once something is typed', () => {
    assert.deepEqual(ids(menuOptions([admin, agent], ['b'], 'a')), ['a', 'b']);
  });

  test('marks only profiles that manage users', () => {
    const [first, second] = menuOptions([agent, admin], [], '');
    assert.equal(first?.description, undefined);
    assert.equal(second?.description?.text, '⚠️ can manage users');
  });
});

describe('management permissions', () => {
  test('are the permissions that decide about other people', () => {
    assert.equal(managementOf(['BasicAgentAccess', 'Users.View']), null);
    assert.equal(managementOf(['Users.EditPermission']), 'can manage users');
    assert.equal(managementOf(['SecurityProfiles.Edit']), 'can manage security profiles');
  });

  test('are read once for all profiles, and again only when they are old', async () => {
    let now = new Date('2026-11-20T12:00:00Z');
    const marks = createManagementMarks(() => now);
    const { instanceClient, calls } = instanceClientOf(smallInstance(), { now: () => now });
    const profiles = smallInstance().securityProfiles;
    assert.equal(marks.of(instanceClient, 'sp-admin'), undefined);
    marks.read(instanceClient, profiles);
    await until('the profiles were read', () => marks.of(instanceClient, 'sp-admin'));
    assert.equal(marks.of(instanceClient, 'sp-admin'), 'can manage users');
    assert.equal(marks.of(instanceClient, 'sp-agent'), null);
    const before = calls().permissionsOf;
    marks.read(instanceClient, profiles);
    assert.equal(calls().permissionsOf, before);
    now = new Date('2026-11-20T12:20:00Z');
    await until('they are read again', () => {
      marks.read(instanceClient, profiles);
      return (calls().permissionsOf ?? 0) > (before ?? 0);
    });
    assert.equal(calls().securityProfile, undefined, 'one call for each, not five');
  });

  test('leave the profile unmarked when they could not be read, and are read again', async () => {
    const marks = createManagementMarks(() => new Date());
    const { instanceClient, failWith } = instanceClientOf(smallInstance());
    failWith(new Error('away'));
    marks.read(instanceClient, smallInstance().securityProfiles);
    failWith(null);
    await until('read after all', () => {
      marks.read(instanceClient, smallInstance().securityProfiles);
      return marks.of(instanceClient, 'sp-admin') !== undefined;
    });
  });
});
