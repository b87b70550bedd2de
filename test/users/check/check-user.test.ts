import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkUser } from '../../../src/users/check/check-user.ts';
import { branch, findingsOf, managed, mary, right, saml, samlMary, userOf } from '../fixtures.ts';

describe('a draft', () => {
  it('becomes the user that Connect gets, with every name resolved', () => {
    assert.deepEqual(userOf(mary), {
      username: 'mary',
      firstName: 'Mary',
      lastName: 'Major',
      email: 'mary@example.com',
      routingProfile: { id: 'id of Basic Routing Profile', name: 'Basic Routing Profile' },
      securityProfiles: [{ id: 'id of Agent', name: 'Agent' }],
      phone: { type: 'soft', autoAccept: false, persistentConnection: false },
      afterContactWorkSeconds: 0,
      tags: {},
    });
  });

  it('needs little; the rest has the defaults of an empty form', () => {
    const { corrections, warnings, password } = right(mary);
    assert.deepEqual(
      { corrections, warnings, password },
      {
        corrections: [],
        warnings: [],
        password: 'generated',
      },
    );
  });

  it('passes with every field that there is', () => {
    const { user, password, warnings } = right({
      ...mary,
      secondaryEmail: 'mary@example.org',
      mobile: '+44 7400 123456',
      password: 'Pass@Word1',
      routingProfile: { id: 'id of Tier 2' },
      securityProfiles: [{ id: 'id of Agent' }, { name: 'Admin' }],
      hierarchyGroup: { name: 'North|Sales|Tier 1' },
      phoneType: 'desk',
      deskPhoneNumber: '+15555551212',
      autoAccept: 'yes',
      afterContactWorkSeconds: '60',
      voiceEnhancement: 'isolate voice',
      channels: { CHAT: { autoAccept: 'no', afterContactWorkSeconds: '10' }, TASK: {} },
      tags: 'team=Wrens|site=York',
    });
    assert.equal(password, 'typed');
    assert.deepEqual(warnings, []);
    assert.deepEqual(user, {
      username: 'mary',
      firstName: 'Mary',
      lastName: 'Major',
      email: 'mary@example.com',
      secondaryEmail: 'mary@example.org',
      mobile: '+447400123456',
      routingProfile: { id: 'id of Tier 2', name: 'Tier 2' },
      securityProfiles: [
        { id: 'id of Agent', name: 'Agent' },
        { id: 'id of Admin', name: 'Admin' },
      ],
      hierarchyGroup: { id: 'id of North|Sales|Tier 1', path: ['North', 'Sales', 'Tier 1'] },
      phone: { type: 'desk', number: '+15555551212', autoAccept: true },
      afterContactWorkSeconds: 60,
      voiceEnhancement: 'VOICE_ISOLATION',
      channels: { CHAT: { autoAccept: false, afterContactWorkSeconds: 10 } },
      tags: { team: 'Wrens', site: 'York' },
    });
  });

  it('gets a finding for every missing field at once when it is empty', () => {
    const lacking = (context: typeof managed) =>
      findingsOf({}, context).map((finding) => finding.field);
    assert.deepEqual(lacking(managed), [
      'username',
      'firstName',
      'lastName',
      'email',
      'routingProfile',
      'securityProfiles',
    ]);
    assert.deepEqual(lacking(saml), [
      'username',
      'firstName',
      'lastName',
      'routingProfile',
      'securityProfiles',
    ]);
    assert.deepEqual(lacking(branch), ['username', 'routingProfile', 'securityProfiles']);
  });

  it('gets all findings at once when every field is wrong', () => {
    const fields = findingsOf({
      firstName: 'M'.repeat(256),
      lastName: 'M\u202Ejor',
      username: 'mary major',
      email: 'mary',
      secondaryEmail: 'mary@',
      mobile: 'none',
      directoryUserId: '7',
      password: 'short',
      routingProfile: { id: 'gone' },
      securityProfiles: [{ name: 'Agnet' }],
      hierarchyGroup: { name: 'West' },
      phoneType: 'cell',
      deskPhoneNumber: '555',
      autoAccept: 'perhaps',
      persistentConnection: 'perhaps',
      afterContactWorkSeconds: 'soon',
      voiceEnhancement: 'louder',
      channels: { CHAT: { autoAccept: 'perhaps' } },
      tags: 'none',
    }).map((finding) => finding.field);
    assert.equal(new Set(fields).size, 19);
  });
});

describe("an instance's identity mode", () => {
  it('decides where the password comes from', () => {
    assert.equal(right(mary).password, 'generated');
    assert.equal(right({ ...mary, password: 'Pass@Word1' }).password, 'typed');
    assert.equal(right(samlMary, saml).password, 'none');
    assert.equal(right(mary, branch).password, 'none');
  });

  it('lets a SAML instance take an email address only where the setting says so', () => {
    assert.deepEqual(
      findingsOf(mary, saml).map((finding) => finding.problem.code),
      ['email.not-with-saml'],
    );
    assert.equal(userOf(mary, { ...saml, samlEmail: 'allow' }).email, 'mary@example.com');
    assert.equal(userOf(samlMary, { ...saml, samlEmail: 'allow' }).email, undefined);
  });

  it('lets only an existing directory take a directory id, and do without names', () => {
    const { firstName: _first, lastName: _last, email: _email, ...nameless } = mary;
    assert.equal(
      userOf({ ...nameless, directoryUserId: ' 0815 ' }, branch).directoryUserId,
      '0815',
    );
    for (const context of [managed, saml]) {
      const checked = checkUser({ ...samlMary, directoryUserId: '0815' }, context);
      assert.ok(!checked.ok);
      assert.ok(
        checked.findings.some((finding) => finding.problem.code === 'directory-id.not-here'),
      );
    }
  });
});
