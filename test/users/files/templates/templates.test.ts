import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explain } from '../../../../src/errors/problem.ts';
import type { UserContext } from '../../../../src/users/context.ts';
import { checkRows } from '../../../../src/users/files/check/check-rows.ts';
import { readTable } from '../../../../src/users/files/read/read-table.ts';
import type { Table } from '../../../../src/users/files/table/table.ts';
import { templateCsv } from '../../../../src/users/files/templates/template-csv.ts';
import { templateJson } from '../../../../src/users/files/templates/template-json.ts';
import { templateXlsx } from '../../../../src/users/files/templates/template-xlsx.ts';
import { branch, managed, saml } from '../../fixtures.ts';
import {
  idOf,
  inInstance,
  type Lists,
  named,
  offer,
  offerOfLists,
  standardLists,
} from './offers.ts';

const emptyOffer = offerOfLists({ routing: [], security: [], groups: [] });

const kinds = { csv: templateCsv, xlsx: templateXlsx, json: templateJson };
const kindNames = ['csv', 'xlsx', 'json'] as const;
type Kind = (typeof kindNames)[number];

/** The template with Nia North in place of the example. */
function filledIn(table: Table): Table {
  const cellOf = (cell: string) => (cell === 'mary.major' ? 'nia.north' : cell);
  return { ...table, rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(cellOf) })) };
}

/** The one user of a template; fails with all findings, corrections and notes. */
async function onlyUser(kind: Kind, context: UserContext, lists: Lists = standardLists) {
  const bytes = kinds[kind](context.identityMode, offerOfLists(lists));
  const table = await readTable(bytes, `production-users.${kind}`);
  assert.equal(table.kind, kind);
  const untouched = await checkRows(table, inInstance(context, lists));
  assert.deepEqual(untouched.counts, { good: 0, exists: 0, invalid: 0, created: 0, empty: 1 });
  const checked = await checkRows(filledIn(table), inInstance(context, lists));
  const found = [...checked.findings, ...checked.warnings, ...checked.remarks];
  assert.deepEqual(
    found.map((finding) => `${finding.column}: ${explain(finding.problem)}`),
    [],
  );
  assert.deepEqual(checked.corrections, []);
  assert.deepEqual(checked.counts, { good: 1, exists: 0, invalid: 0, created: 0, empty: 0 });
  const verdict = checked.rows[0]?.verdict;
  assert.ok(verdict?.kind === 'good');
  return verdict;
}

describe('a template', () => {
  for (const context of [managed, saml, branch]) {
    for (const kind of kindNames) {
      it(`as ${kind} for ${context.identityMode} reads back as one good user with nothing to say`, async () => {
        const { user, password } = await onlyUser(kind, context);
        const { email, routingProfile, securityProfiles: profiles, ...rest } = user;
        assert.equal(email, context === saml ? undefined : 'mary.major@example.com');
        assert.equal(password, context === managed ? 'generated' : 'none');
        assert.equal(routingProfile.name, 'Basic Routing Profile');
        assert.deepEqual(
          profiles.map((profile) => profile.name),
          ['Agent'],
        );
        assert.deepEqual(rest, {
          firstName: 'Mary',
          lastName: 'Major',
          secondaryEmail: 'mary@example.net',
          username: 'nia.north',
          hierarchyGroup: standardLists.groups.find((group) => group.path.join() === 'In/Out'),
          phone: { type: 'soft', autoAccept: false, persistentConnection: false },
          afterContactWorkSeconds: 60,
          voiceEnhancement: 'NONE',
          tags: { team: 'north', site: 'York' },
        });
      });
    }
  }

  for (const kind of kindNames) {
    it(`as ${kind} survives names that mean something to its form`, async () => {
      const routing = named(['=HYPERLINK("http://x.example")', '-1 <b>&amp;"x"; y_x0041_']);
      const security = named(['@Agents, “all” of them;\u{1F469}\u200D\u{1F4BB} ]]>']);
      const groups = [{ id: idOf(0), path: ['+Nord & Süd'] }];
      for (const profile of routing) {
        const { user } = await onlyUser(kind, managed, { routing: [profile], security, groups });
        assert.deepEqual(user.routingProfile, profile);
        assert.deepEqual(user.securityProfiles, security);
        assert.deepEqual(user.hierarchyGroup, groups[0]);
      }
    });

    it(`as ${kind} can be made for an instance that offers nothing yet`, async () => {
      const table = await readTable(kinds[kind]('SAML', emptyOffer), `x.${kind}`);
      assert.equal(table.rows.length, 1);
    });
  }

  it('gives its example a profile that may do little, where there is one', () => {
    const exampleWith = (...names: string[]) => {
      const security = named(names);
      return textOf(templateCsv('SAML', offerOfLists({ ...standardLists, security })));
    };
    assert.match(exampleWith('Admin', 'AGENT', 'Night'), /,AGENT,/);
    assert.match(exampleWith('Admin', 'CallCenterManager', 'Night'), /,Night,/);
  });

  it('offers no security profile that a cell would take for two', () => {
    const security = named(['Agent|Admin', 'Night']);
    const lists = offerOfLists({ ...standardLists, security });
    assert.deepEqual(
      lists.securityProfiles.map((securityProfile) => securityProfile.name),
      ['Night'],
    );
  });
});

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

const websiteHeader = (who: string) =>
  `first name,last name,${who}user login,routing profile name,` +
  'security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,' +
  'soft phone auto accept (yes/no),ACW timeout (seconds)';
const newer =
  'secondary email address,mobile,user_hierarchy_1|user_hierarchy_2,persistent connection,' +
  'audio enhancement,tags';

describe('the template as CSV', () => {
  const lines = (context: UserContext) =>
    textOf(templateCsv(context.identityMode, offer)).split('\r\n');

  it('begins with the header row of the website for that identity mode', () => {
    assert.equal(lines(managed)[0], `\uFEFF${websiteHeader('email address,password,')},${newer}`);
    assert.equal(lines(saml)[0], `\uFEFF${websiteHeader('')},${newer}`);
    assert.equal(
      lines(branch)[0],
      `\uFEFF${websiteHeader('email address,')},${newer},directory user id`,
    );
  });

  it('is a header and one example, every line ended as Excel ends it', () => {
    const all = lines(managed);
    assert.equal(all.length, 3);
    assert.equal(all[2], '');
    assert.ok(all.every((line) => !line.includes('\n')));
  });

  it('guards a name that a spreadsheet would run', () => {
    const lists = { ...offer, routingProfiles: named(['=1+1']) };
    assert.match(textOf(templateCsv('SAML', lists)), /,'=1\+1,/);
  });
});

describe('the template as JSON', () => {
  it('has the members of the CLI’s skeleton without those that the identity mode refuses', () => {
    const membersOf = (context: UserContext) => {
      const input = JSON.parse(textOf(templateJson(context.identityMode, offer)));
      return { all: Object.keys(input), identity: Object.keys(input.IdentityInfo) };
    };
    const tail = ['SecurityProfileIds', 'RoutingProfileId', 'HierarchyGroupId', 'InstanceId'];
    const last = ['VoiceEnhancementConfigs', 'Tags'];
    assert.deepEqual(membersOf(managed), {
      all: ['Username', 'Password', 'IdentityInfo', 'PhoneConfig', ...tail, ...last],
      identity: ['FirstName', 'LastName', 'Email', 'SecondaryEmail'],
    });
    assert.deepEqual(membersOf(saml), {
      all: ['Username', 'IdentityInfo', 'PhoneConfig', ...tail, ...last],
      identity: ['FirstName', 'LastName', 'SecondaryEmail'],
    });
    assert.deepEqual(membersOf(branch), {
      all: ['Username', 'IdentityInfo', 'PhoneConfig', ...tail, ...last],
      identity: ['FirstName', 'LastName', 'Email', 'SecondaryEmail'],
    });
  });
});
