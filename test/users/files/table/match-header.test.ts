import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ColumnKey, columns } from '../../../../src/users/files/table/known-columns.ts';
import { knownColumn, plainName } from '../../../../src/users/files/table/match-header.ts';
import { planColumns } from '../../../../src/users/files/table/plan-columns.ts';
import { checkFile, refusalOf, text, websiteHeaders } from '../../../files/tables.ts';

const inOrder = {
  managed: [
    'firstName',
    'lastName',
    'email',
    'password',
    'username',
    'routingProfile',
    'securityProfiles',
    'phoneType',
    'deskPhoneNumber',
    'autoAccept',
    'afterContactWorkSeconds',
  ],
  saml: [
    'firstName',
    'lastName',
    'username',
    'routingProfile',
    'securityProfiles',
    'phoneType',
    'deskPhoneNumber',
    'autoAccept',
    'afterContactWorkSeconds',
  ],
  documented: [
    'firstName',
    'lastName',
    'email',
    'secondaryEmail',
    'mobile',
    'password',
    'username',
    'agentHierarchy',
    'routingProfile',
    'securityProfiles',
    'userHierarchy',
    'phoneType',
    'deskPhoneNumber',
    'autoAccept',
    'afterContactWorkSeconds',
    'tags',
  ],
  newest: [
    'firstName',
    'lastName',
    'email',
    'secondaryEmail',
    'mobile',
    'password',
    'username',
    'agentHierarchy',
    'routingProfile',
    'securityProfiles',
    'userHierarchy',
    'phoneType',
    'deskPhoneNumber',
    'autoAccept',
    'afterContactWorkSeconds',
    'tags',
    'persistentConnection',
    'voiceEnhancement',
  ],
} as const satisfies Record<keyof typeof websiteHeaders, readonly ColumnKey[]>;

const spoilt = [
  (header: string) => header.toUpperCase(),
  (header: string) => `  ${header.replaceAll(' ', '   ')}\u00A0`,
  (header: string) => header.replaceAll(/[ _]/g, '-'),
  (header: string) => `\u200B${header}`,
];

describe('the header sets of the admin website', () => {
  for (const [name, header] of Object.entries(websiteHeaders)) {
    const keys: readonly ColumnKey[] = inOrder[name as keyof typeof websiteHeaders];
    it(`${name}: every column is known, in its order`, () => {
      const plan = planColumns(header.split(','), 'CONNECT_MANAGED');
      assert.deepEqual(
        [...plan.at],
        [...keys.entries()].map(([at, key]) => [key, at]),
      );
      assert.deepEqual(plan.unread, []);
    });

    it(`${name}: known in the opposite order, in any case and with stray spaces`, () => {
      for (const spoil of spoilt) {
        const plan = planColumns(header.split(',').map(spoil).toReversed(), 'CONNECT_MANAGED');
        assert.deepEqual([...plan.at.keys()], keys.toReversed());
      }
    });
  }
});

describe('columns', () => {
  it('are known by the names of CreateUser and by those that people use', () => {
    const known: readonly (readonly [string, ColumnKey])[] = [
      ['Username', 'username'],
      ['IdentityInfo.FirstName', 'firstName'],
      ['E-Mail', 'email'],
      ['Security Profile IDs', 'securityProfiles'],
      ['security_profile_name_1', 'securityProfiles'],
      ['chat ACW timeout (seconds)', 'CHAT.afterContactWorkSeconds'],
      ['Voice auto accept (Yes/No)', 'VOICE.autoAccept'],
      ['phone type', 'phoneType'],
      ['InstanceId', 'instance'],
    ];
    for (const [header, key] of known) {
      assert.equal(knownColumn(header)?.key, key, header);
    }
  });

  it('are matched by their exact spelling only when a report has them, because “User ID” may be the username', () => {
    assert.equal(knownColumn('user_id')?.key, 'user_id');
    assert.equal(knownColumn(' Status ')?.key, 'status');
    assert.equal(knownColumn('User ID'), undefined);
  });

  it('are named with a suggestion, and do not stop the check, when they are unknown', () => {
    const headers = [...websiteHeaders.managed.split(','), 'cost centre', '', 'mobil', '🙂'];
    const { unread } = planColumns(headers, 'CONNECT_MANAGED');
    const unknown = unread.map(({ problem: _problem, ...column }) => column);
    assert.deepEqual(unknown, [
      { index: 11, header: 'cost centre' },
      { index: 13, header: 'mobil', suggestion: 'Mobile number' },
      { index: 14, header: '🙂' },
    ]);
  });

  it('for names of people are optional when a directory has the names', () => {
    const headers = ['user login', 'routing profile name', 'security profile'];
    assert.equal(planColumns(headers, 'EXISTING_DIRECTORY').at.size, 3);
    assert.throws(() => planColumns(headers, 'SAML'), /“First name”, “Last name”/);
  });

  it('are reported by plain names when they are missing, and a header with that name matches', () => {
    const why =
      /doesn’t have “First name”, “Last name”, “Username”, “Routing profile”, “Security profiles”\./;
    assert.throws(() => planColumns(['cost centre'], 'CONNECT_MANAGED'), why);
    for (const column of columns) assert.equal(knownColumn(plainName(column))?.key, column.key);
  });

  it('are read together when each is for one security profile', async () => {
    const file = text(
      'first name,last name,email,user login,routing profile,security profile 1,security profile 2\nAnn,Quinn,a@b.example,aq,Tier 2,Agent,Supervisor\n',
    );
    const { rows } = await checkFile(file);
    const [row] = rows;
    assert.deepEqual(
      row?.verdict.kind === 'good' &&
        row.verdict.user.securityProfiles.map((securityProfile) => securityProfile.name),
      ['Agent', 'Supervisor'],
    );
  });

  it('are refused when two mean exactly the same, and a less exact match is left out', async () => {
    const twice = await refusalOf(text('given name,forename,last name\nAnn,Anne,Quinn\n'));
    assert.equal(twice.code, 'file.columns-double');
    const headers = ['Preferred First Name', ...websiteHeaders.managed.split(',')];
    const { at, unread } = planColumns(headers, 'CONNECT_MANAGED');
    assert.equal(at.get('firstName'), 1);
    assert.deepEqual(
      unread.map((column) => column.problem.code),
      ['column.second'],
    );
  });
});
