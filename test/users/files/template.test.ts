import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import type { InstanceFacts } from '../../../src/connect/gateway.ts';
import { createSearch } from '../../../src/connect/search.ts';
import { explain } from '../../../src/errors.ts';
import type { UserContext } from '../../../src/users/context.ts';
import { checkRows } from '../../../src/users/files/check-rows.ts';
import { readTable } from '../../../src/users/files/read-table.ts';
import { offerOf, type TemplateOffer } from '../../../src/users/files/templates/example.ts';
import { templateCsv } from '../../../src/users/files/templates/template-csv.ts';
import { templateJson } from '../../../src/users/files/templates/template-json.ts';
import { templateXlsx } from '../../../src/users/files/templates/template-xlsx.ts';
import { createGroupIndex } from '../../../src/users/hierarchy.ts';
import { createNameIndex } from '../../../src/users/names.ts';
import type { HierarchyGroup, Named } from '../../../src/users/new-user.ts';
import * as fixtures from '../fixtures.ts';

/** Ids as Connect's are, which a file may hold instead of names. */
const idOf = (at: number) => `12345678-1111-2222-aaaa-${String(at).padStart(12, '0')}`;
const named = (names: readonly string[]): Named[] =>
  names.map((name, at) => ({ id: idOf(at), name }));

type Lists = {
  readonly routing: readonly Named[];
  readonly security: readonly Named[];
  readonly groups: readonly HierarchyGroup[];
};

const standardLists: Lists = {
  routing: named(fixtures.routingProfiles.map((it) => it.name)),
  security: named(fixtures.securityProfiles.map((it) => it.name)),
  groups: fixtures.hierarchyGroups.map(({ path }, at) => ({ id: idOf(at), path })),
};

const facts: InstanceFacts = {
  id: '12a34b56-7890-1234-5678-90ab12cd34ef',
  arn: 'arn:aws:connect:eu-central-1:111122223333:instance/12a34b56-7890-1234-5678-90ab12cd34ef',
  identityMode: 'CONNECT_MANAGED',
};

const kinds = { csv: templateCsv, xlsx: templateXlsx, json: templateJson };
const kindNames = ['csv', 'xlsx', 'json'] as const;
type Kind = (typeof kindNames)[number];

/** What the directory of an instance gives for a template, out of plain lists. */
const offerOfLists = ({ routing, security, groups }: Lists): TemplateOffer =>
  offerOf({
    facts,
    searchRoutingProfiles: createSearch(routing, (it) => it.name),
    searchSecurityProfiles: createSearch(security, (it) => it.name),
    searchHierarchyGroups: createSearch(groups, (it) => it.path.join(' / ')),
    hierarchyGroups: createGroupIndex(groups),
  });

const inInstance = (context: UserContext, { routing, security, groups }: Lists): UserContext => ({
  ...context,
  directory: {
    ...fixtures.directory,
    routingProfiles: createNameIndex(routing, (it) => it.name),
    securityProfiles: createNameIndex(security, (it) => it.name),
    hierarchyGroups: createGroupIndex(groups),
  },
});

const { managed, saml, branch } = fixtures;
const offer = offerOfLists(standardLists);
const emptyOffer = offerOfLists({ routing: [], security: [], groups: [] });

/** The one user of a template; fails with everything that was found, corrected or remarked. */
async function onlyUser(kind: Kind, context: UserContext, lists: Lists = standardLists) {
  const bytes = kinds[kind](context.identityMode, offerOfLists(lists));
  const table = await readTable(bytes, `production-users.${kind}`);
  assert.equal(table.kind, kind);
  const checked = await checkRows(table, inInstance(context, lists));
  const found = [...checked.findings, ...checked.warnings, ...checked.remarks];
  assert.deepEqual(
    found.map((finding) => `${finding.column}: ${explain(finding.problem)}`),
    [],
  );
  assert.deepEqual(checked.corrections, []);
  assert.deepEqual(checked.counts, { good: 1, exists: 0, invalid: 0, created: 0 });
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
          profiles.map((it) => it.name),
          ['Agent'],
        );
        assert.deepEqual(rest, {
          firstName: 'Mary',
          lastName: 'Major',
          username: 'mary.major',
          hierarchyGroup: standardLists.groups.find((it) => it.path.join() === 'In/Out'),
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
      lists.securityProfiles.map((it) => it.name),
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
  it('has the members of the CLI’s skeleton and none that the identity mode refuses', () => {
    const membersOf = (context: UserContext) => {
      const input = JSON.parse(textOf(templateJson(context.identityMode, offer)));
      return { all: Object.keys(input), identity: Object.keys(input.IdentityInfo) };
    };
    const tail = ['SecurityProfileIds', 'RoutingProfileId', 'HierarchyGroupId', 'InstanceId'];
    const last = ['VoiceEnhancementConfigs', 'Tags'];
    assert.deepEqual(membersOf(managed), {
      all: ['Username', 'Password', 'IdentityInfo', 'PhoneConfig', ...tail, ...last],
      identity: ['FirstName', 'LastName', 'Email', 'SecondaryEmail', 'Mobile'],
    });
    assert.deepEqual(membersOf(saml), {
      all: ['Username', 'IdentityInfo', 'PhoneConfig', ...tail, ...last],
      identity: ['FirstName', 'LastName', 'SecondaryEmail', 'Mobile'],
    });
    assert.deepEqual(membersOf(branch), {
      all: ['Username', 'IdentityInfo', 'PhoneConfig', 'DirectoryUserId', ...tail, ...last],
      identity: ['FirstName', 'LastName', 'Email', 'SecondaryEmail', 'Mobile'],
    });
  });
});

describe('the template as a workbook', () => {
  it('is made of well-formed parts that the package names, and no others', () => {
    const parts = partsOf(templateXlsx('CONNECT_MANAGED', offer));
    const types = elements(parts, '[Content_Types].xml');
    const overridden = types.flatMap((it) => it.attributes.PartName?.slice(1) ?? []);
    const content = [...parts.keys()].filter((it) => it.startsWith('xl/') && !it.endsWith('.rels'));
    assert.deepEqual(overridden.toSorted(), content.toSorted());
    for (const [rels, folder] of [
      ['_rels/.rels', ''],
      ['xl/_rels/workbook.xml.rels', 'xl/'],
    ] as const) {
      const targets = elements(parts, rels).flatMap((it) => it.attributes.Target ?? []);
      assert.ok(targets.length > 0);
      for (const target of targets) assert.ok(parts.has(`${folder}${target}`), target);
    }
    for (const name of parts.keys()) assert.ok(elements(parts, name).length > 0, name);
  });

  it('shows Users and hides Lists', () => {
    const parts = partsOf(templateXlsx('SAML', offer));
    const sheets = elements(parts, 'xl/workbook.xml').filter((it) => it.name === 'sheet');
    assert.deepEqual(
      sheets.map((it) => [it.attributes.name, it.attributes.state]),
      [
        ['Users', undefined],
        ['Lists', 'hidden'],
      ],
    );
  });

  it('lists every name of the instance, whatever letters it is made of', () => {
    const odd = [
      '<&">\'',
      'a\tb',
      'a\rb',
      'bell \u0007',
      '_x0041_',
      '\uFFFE',
      '  x  ',
      '\u{1F600}',
    ];
    const lists = { ...offer, routingProfiles: named(odd) };
    const parts = partsOf(templateXlsx('SAML', lists));
    const texts = cellsOf(parts, 'xl/worksheets/sheet2.xml', 'A').map(({ text }) =>
      text.replace(/_x([0-9A-F]{4})_/g, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
    );
    assert.deepEqual(texts, ['routing profile name', ...odd]);
  });

  it('holds no half letter, which no program could open', () => {
    const lists = { ...offer, routingProfiles: named(['half \uD83D']) };
    const parts = partsOf(templateXlsx('SAML', lists));
    const texts = cellsOf(parts, 'xl/worksheets/sheet2.xml', 'A').map((it) => it.text);
    assert.deepEqual(texts, ['routing profile name', 'half \uFFFD']);
  });

  it('offers exactly the rows of the lists, over 10,000 rows of their columns', () => {
    const parts = partsOf(templateXlsx('CONNECT_MANAGED', offer));
    const offers = validationsOf(parts);
    const ranges = {
      'routing profile name': `Lists!$A$2:$A$${offer.routingProfiles.length + 1}`,
      'security_profile_name_1|security_profile_name_2': `Lists!$B$2:$B$${offer.securityProfiles.length + 1}`,
      'user_hierarchy_1|user_hierarchy_2': `Lists!$C$2:$C$${offer.hierarchyGroups.length + 1}`,
      'phone type (soft/desk)': '"soft,desk"',
      'soft phone auto accept (yes/no)': '"yes,no"',
      'persistent connection': '"yes,no"',
      'audio enhancement': '"none,isolate voice,suppress noise"',
    };
    const lists = offers.filter((it) => it.type === 'list');
    assert.deepEqual(Object.fromEntries(lists.map((it) => [it.title, it.formulas[0]])), ranges);
    for (const { place } of offers) assert.match(place, /^([A-Z]+)2:\1(?:10001)$/);
    assert.equal(
      cellsOf(parts, 'xl/worksheets/sheet2.xml', 'A').length,
      offer.routingProfiles.length + 1,
    );
  });

  it('lets several security profiles be typed, and warns of other names only', () => {
    const offers = validationsOf(partsOf(templateXlsx('CONNECT_MANAGED', offer)));
    const styleOf = (title: string) => offers.find((it) => it.title === title)?.errorStyle;
    assert.equal(styleOf('routing profile name'), 'warning');
    assert.equal(styleOf('security_profile_name_1|security_profile_name_2'), undefined);
  });

  it('offers no list where the instance has nothing to choose', () => {
    const offers = validationsOf(partsOf(templateXlsx('SAML', { ...offer, hierarchyGroups: [] })));
    const group = offers.find((it) => it.title.startsWith('user_hierarchy'));
    assert.equal(group?.type, undefined);
  });

  it('keeps to what Excel takes of a message: 32 letters of title, 225 of warning, 255 of hint', () => {
    const parts = partsOf(templateXlsx('EXISTING_DIRECTORY', offer));
    const found = elements(parts, 'xl/worksheets/sheet1.xml').filter(
      (it) => it.name === 'dataValidation',
    );
    assert.ok(found.length > 5);
    for (const { attributes } of found) {
      assert.ok((attributes.errorTitle ?? '').length <= 32);
      assert.ok((attributes.error ?? '').length <= 225);
      assert.ok((attributes.prompt ?? '').length <= 255);
    }
  });

  it('takes what is typed into logins and phone numbers as it stands', () => {
    const parts = partsOf(templateXlsx('CONNECT_MANAGED', offer));
    const formats = elements(parts, 'xl/styles.xml').filter((it) => it.name === 'xf');
    // The first belongs to the named styles; the others are those that cells name.
    const numbers = formats.slice(1).map((it) => it.attributes.numFmtId);
    const sheet = elements(parts, 'xl/worksheets/sheet1.xml');
    const styles = sheet.flatMap((it) => (it.name === 'col' ? [it.attributes.style] : []));
    const titles = cellsOf(parts, 'xl/worksheets/sheet1.xml', '[A-Z]+', 1).map((it) => it.text);
    const formatOf = (title: string) => numbers[Number(styles[titles.indexOf(title)])];
    for (const title of ['user login', 'phone number', 'mobile']) {
      assert.equal(formatOf(title), '49', title);
    }
    assert.equal(formatOf('ACW timeout (seconds)'), '0');
  });

  it('freezes the header and writes it bold', () => {
    const parts = partsOf(templateXlsx('SAML', offer));
    const sheet = elements(parts, 'xl/worksheets/sheet1.xml');
    const pane = sheet.find((it) => it.name === 'pane');
    assert.deepEqual([pane?.attributes.ySplit, pane?.attributes.state], ['1', 'frozen']);
    const head = sheet.find((it) => it.attributes.r === 'A1');
    const formats = elements(parts, 'xl/styles.xml').filter((it) => it.name === 'xf');
    assert.equal(formats[1 + Number(head?.attributes.s)]?.attributes.fontId, '1');
  });

  it('is the same bytes for the same instance', () => {
    assert.deepEqual(templateXlsx('SAML', offer), templateXlsx('SAML', offer));
  });
});

type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Everything written inside, its children's texts too. */
  text: string;
};

function partsOf(workbook: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(workbook)).map(([name, it]) => [name, strFromU8(it)]));
}

/** The elements of a part in the order in which they begin. Fails where the part is not well-formed. */
function elements(parts: ReadonlyMap<string, string>, part: string): Element[] {
  const found: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, text: '' };
    found.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    for (const it of open) it.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(parts.get(part) ?? '').close();
  return found;
}

function cellsOf(parts: ReadonlyMap<string, string>, part: string, letters: string, row?: number) {
  const place = new RegExp(`^${letters}${row ?? '\\d+'}$`);
  return elements(parts, part).filter((it) => it.name === 'c' && place.test(it.attributes.r ?? ''));
}

function validationsOf(parts: ReadonlyMap<string, string>) {
  const part = 'xl/worksheets/sheet1.xml';
  const all = elements(parts, part);
  return all.flatMap((it, at) => {
    if (it.name !== 'dataValidation') return [];
    const place = it.attributes.sqref ?? '';
    const formulas: string[] = [];
    for (const next of all.slice(at + 1)) {
      if (!next.name.startsWith('formula')) break;
      formulas.push(next.text);
    }
    const [head] = cellsOf(parts, part, /^[A-Z]+/.exec(place)?.[0] ?? '', 1);
    const { type, errorStyle } = it.attributes;
    return [{ title: head?.text ?? '', place, type, errorStyle, formulas }];
  });
}
