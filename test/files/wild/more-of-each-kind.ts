/**
 * More files: users as exported by directories, hierarchy paths in reverse order, words for empty values, and people
 * who have left.
 */
import { lines, person, titles, type WildFile } from './wild-file.ts';

const profiles = 'Basic Routing Profile,Agent';
const fay = ['Fay Ito fay'];
const scim = 'rfc-editor.org/rfc/rfc7643#section-8.1';
const json = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8');
const needed = { routingProfile: 'Basic Routing Profile', securityProfiles: ['Agent'] };
/** A user of SCIM, as its RFC shows one. */
const scimUser = (login: string, changes: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: login,
  name: { formatted: 'Fay Ito', familyName: 'Ito', givenName: 'Fay' },
  emails: [
    { value: `${login}@home.example`, type: 'home' },
    { value: `${login}@harbour.example`, type: 'work', primary: true },
  ],
  phoneNumbers: [
    { value: '+1 206 555 0151', type: 'work' },
    { value: '+1 206 555 0152', type: 'mobile' },
  ],
  active: true,
  ...needed,
  ...changes,
});
const group = (...paths: readonly string[]) =>
  lines(
    `${titles},hierarchy group`,
    ...paths.map((path, at) => `${person('Fay', 'Ito', `fay${at}`)},"${path}"`),
  );
const wrongGroups = (count: number) =>
  Array.from({ length: count }, (_, at) => `${at + 2} hierarchy group: choice.unknown`);
const firstNames = (...names: readonly string[]) =>
  lines(titles, ...names.map((name, at) => person(`"${name}"`, 'Ito', `fay${at}`)));
const wrongNames = (code: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${at + 2} first name: ${code}`);
const gone = (title: string, cell: string) => ({
  bytes: () =>
    lines(
      `${titles},${title}`,
      `${person('Fay', 'Ito', 'fay')},`,
      `${person('Gil', 'Ito', 'gil')},${cell}`,
    ),
  created: fay,
  found: ['3 row: row.not-wanted'],
});
const legal = (header: string, ...rows: readonly string[]) =>
  lines(header, ...rows.map((row) => `${row},${profiles}`));

// biome-ignore format: a table has one case a line
export const moreOfEachKind: readonly WildFile[] = [
  // Directories
  { about: 'SCIM, one user', source: scim, bytes: () => json(scimUser('fay')), created: fay },
  { about: 'SCIM, a list with one who is not active', source: 'rfc-editor.org/rfc/rfc7644#section-3.4.2', bytes: () => json({ schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: 2, Resources: [scimUser('fay'), scimUser('gil', { active: false })] }), created: fay, found: ['2 row: row.not-wanted'] },
  { about: 'SCIM, the address at work where none is primary', source: scim, bytes: () => json([scimUser('fay', { emails: [{ value: 'fay@home.example', type: 'home' }, { value: 'fay@harbour.example', type: 'work' }] })]), created: fay },
  { about: 'SCIM, several addresses and none of them primary', source: scim, bytes: () => json([scimUser('fay', { emails: [{ value: 'a@harbour.example', type: 'home' }, { value: 'b@harbour.example', type: 'other' }] })]), created: [], found: ['1 emails: row.not-a-text'] },
  { about: 'SCIM, no address', source: scim, bytes: () => json([scimUser('fay', { emails: [] }), scimUser('gil')]), created: ['Fay Ito gil'], found: ['1 emails: email.needed-for-password'] },
  { about: 'addresses as plain texts', source: 'scripts', bytes: () => json([scimUser('fay', { emails: ['fay@harbour.example'] })]), created: fay },
  { about: 'Google Workspace’s API, an address twice', source: 'developers.google.com/workspace/admin/directory/reference/rest/v1/users', bytes: () => json({ kind: 'admin#directory#users', users: [{ primaryEmail: 'fay@harbour.example', username: 'fay', name: { givenName: 'Fay', familyName: 'Ito' }, emails: [{ address: 'fay@harbour.example', primary: true }], phones: [{ value: '+1 206 555 0151', type: 'mobile' }], suspended: false, ...needed }] }), created: fay },

  // Two names of one person
  { about: 'legal and preferred names', source: 'doc.workday.com: worker data', bytes: () => legal('Legal First Name,Legal Last Name,Preferred First Name,Preferred Last Name,Work Email,Username,Routing profile,Security profile', 'Faye,Ito,Fay,Ito,fay@harbour.example,fay'), created: fay },
  { about: 'the preferred name before the legal one', source: 'support.adp.com: custom reports', bytes: () => legal('Preferred First Name,Legal First Name,Last Name,Work Email,Username,Routing profile,Security profile', 'Fay,Faye,Ito,fay@harbour.example,fay'), created: fay },
  { about: 'a preferred name that is empty', source: 'doc.workday.com: worker data', bytes: () => legal('Legal First Name,Preferred First Name,Last Name,Work Email,Username,Routing profile,Security profile', 'Faye,,Ito,fay@harbour.example,fay', 'Gilbert,Gil,Ito,gil@harbour.example,gil'), created: ['Gil Ito gil'], found: ['2 Preferred First Name: field.missing'] },

  // Paths
  { about: 'paths from below', source: 'org charts', bytes: () => group('Tier 1 / Sales / North', 'Tier 1, Sales, North', 'Tier 1 < Sales < North', 'Tier 1|Sales|North', 'Tier 1 - Sales - North'), created: [], found: wrongGroups(5) },
  { about: 'a path with a level left out', source: 'org charts', bytes: () => group('North / Tier 1', 'Tier 1, North'), created: [], found: wrongGroups(2) },
  { about: 'a level that two paths have', source: 'org charts', bytes: () => group('Sales, North'), created: [], found: wrongGroups(1) },

  // Cells
  { about: 'errors in languages that nobody listed', source: 'spreadsheets', bytes: () => firstNames('#BEZWERT', '#ΑΠΡΟΣΔ', '#Δ/Υ'), created: [], found: wrongNames('cell.error', 3) },
  { about: 'a row that was commented out', source: 'scripts', bytes: () => lines(titles, person('Fay', 'Ito', 'fay'), `#${person('Gil', 'Ito', 'gil')}`), created: fay, leftOut: ['left-out.comment'] },
  { about: 'words for none', source: 'HR lists in other languages', bytes: () => firstNames('keine', '(leer)', 'vide', 'n.v.t.', 's/o', 'нет', 'なし'), created: [], found: wrongNames('cell.placeholder', 7) },
  { about: 'people who are called so', source: 'surnames', bytes: () => lines(titles, person('Jan', 'Brak', 'brak'), person('Ana', 'Vide', 'vide')), created: ['Jan Brak brak', 'Ana Vide vide'] },
  { about: 'a note behind a dash', source: 'HR lists', bytes: () => firstNames('Ann - new', 'Ann – transfer from sales'), created: [], found: wrongNames('name.note', 2) },
  { about: 'two surnames with a dash', source: 'surnames', bytes: () => lines(titles, person('Ann', 'Garcia - Lopez', 'ann'), person('Ben', 'garcia - lopez', 'ben')), created: ['Ann Garcia - Lopez ann', 'Ben garcia - lopez ben'] },
  { about: 'the end of a text of DOS', source: 'en.wikipedia.org/wiki/Substitute_character', bytes: () => Buffer.concat([lines(titles, person('Fay', 'Ito', 'fay')), Buffer.from([0x1a])]), created: fay },
  { about: 'two tags with colons', source: 'the console of AWS, copied', bytes: () => lines(`${titles},tags`, `${person('Fay', 'Ito', 'fay')},"team: blue, site: york"`), created: [], found: ['2 tags: tags.two-readings'] },
  { about: 'a tag with a colon and a comma in its value', source: 'tags', bytes: () => lines(`${titles},tags`, `${person('Fay', 'Ito', 'fay')},"note: red, then blue"`), created: fay, tags: { note: 'red, then blue' } },

  // People who left
  { about: 'Workday, active status', source: 'doc.workday.com: worker data, “Active Status”', ...gone('Active Status', 'No') },
  { about: 'Workday, a day of termination', source: 'doc.workday.com: worker data, “Termination Date”', ...gone('Termination Date', '2026-01-31') },
];
