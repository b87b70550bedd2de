/** Headers and rows with mistakes, and characters that often break programs. */
import { csvBytes, csvText, encoded, excelInGermany, plainDialect } from '../csv-writing.ts';
import { header, text, userRow } from '../tables.ts';
import type { AwkwardFile } from './awkward-file.ts';

const csv = (...rows: (readonly string[])[]) => csvBytes([header, ...rows]);
const plain = (...rows: (readonly string[])[]) => csvText([header, ...rows]);

/** One user in the shape of CreateUser's input. */
const asJson = {
  IdentityInfo: { FirstName: 'Mary', LastName: 'Major', Email: 'one@example.com' },
  RoutingProfileId: 'Basic Routing Profile',
  SecurityProfileIds: ['Agent'],
};

export const columns: readonly AwkwardFile[] = [
  {
    about: 'a column that nobody knows',
    bytes: () =>
      csvBytes([
        ['desk', ...header],
        ['12 b', ...userRow('one')],
      ]),
    good: 1,
    findings: [],
  },
  {
    about: 'no header, users at once',
    bytes: () => csvBytes([userRow('one'), userRow('two')]),
    refused: 'file.columns-missing',
    says: /“First name”, “Last name”, “Username”/,
  },
  {
    about: 'a column that is missing',
    bytes: () => csvBytes([header.slice(0, 5), userRow('one').slice(0, 5)]),
    refused: 'file.columns-missing',
    says: /“Security profiles”/,
  },
  {
    about: 'a misspelled header',
    bytes: () =>
      csvBytes([
        [...header.slice(0, 4), 'ruting profile name', 'security profiles'],
        userRow('one'),
      ]),
    refused: 'file.columns-missing-guess',
    says: /Is “ruting profile name” meant to be “Routing profile”\?/,
  },
  {
    about: 'two columns that mean the same',
    bytes: () =>
      csvBytes([
        [...header, ' User-Login '],
        [...userRow('one'), 'two'],
      ]),
    refused: 'file.columns-double',
    says: /“user login” and “User-Login”/,
  },
];

export const rows: readonly AwkwardFile[] = [
  {
    about: 'rows with too few and too many cells',
    bytes: () =>
      text(`${plain(userRow('one'))}Mary,Major\n${plain(userRow('two')).split('\n')[1]},x,y\n`),
    good: 1,
    findings: ['3 row: row.cells-few', '4 row: row.cells-many'],
  },
  {
    about: 'blank cells beyond the header',
    bytes: () => text(`${plain(userRow('one')).replaceAll('\n', ',,,\n')}`),
    good: 1,
    findings: [],
  },
  {
    about: 'a quotation mark that is never closed',
    bytes: () =>
      text(`${plain(userRow('one'))}"Mary,Major,a@b.de,two,x,y\n${userRow('three').join(',')}\n`),
    refused: 'file.quote-open',
    says: /row 3/,
  },
  {
    about: 'an open quotation mark that the next quoted cell seems to close',
    bytes: () => text(`${plain()}"Mary,Major,a@b.de,two,x,y\n"Mary",Major,a@b.de,three,x,y\n`),
    refused: 'file.quote-open',
    says: /row 2/,
  },
  {
    about: 'quotation marks within a cell that has none around it',
    bytes: () => text(`${plain()}Mary "Mae",Major,m@example.com,one,Basic Routing Profile,Agent\n`),
    good: 1,
    findings: [],
  },
  {
    about: 'a NUL byte',
    bytes: () => csv(userRow('one'), userRow('two', { first: 'Ma\0ry' })),
    refused: 'file.nul',
    says: /Row 3/,
  },
  {
    about: 'half a surrogate pair in UTF-16',
    bytes: () =>
      encoded(plain(userRow('one', { first: 'Ma\uD83D' })), { encoding: 'utf-16le', bom: true }),
    good: 0,
    findings: ['2 first name: field.letters-lost'],
  },
  {
    about: 'half a surrogate pair in JSON',
    bytes: () => text(JSON.stringify({ ...asJson, Username: 'o\uD83D' })),
    good: 0,
    findings: ['1 Username: field.unprintable'],
  },
  {
    about: 'emoji, combining marks, right-to-left letters and zero-width blanks in names',
    bytes: () =>
      csv(
        userRow('one', { first: '👩‍🚀' }),
        userRow('two', { first: 'Zoe\u0308' }),
        userRow('three', { last: 'محمد' }),
        userRow('four\u200B', { email: 'four@example.com' }),
      ),
    good: 4,
    findings: [],
  },
  {
    about: 'a direction that is turned around',
    bytes: () => csv(userRow('one', { last: 'Maj\u202Eor' })),
    good: 0,
    findings: ['2 last name: field.direction-override'],
  },
  {
    about: 'a letter that an earlier program lost',
    bytes: () => csv(userRow('one', { last: 'M\uFFFDller' })),
    good: 0,
    findings: ['2 last name: field.letters-lost'],
  },
  {
    about: 'formulas typed as names',
    bytes: () => csv(userRow('one', { first: '=1+1' }), userRow('two', { login: '@SUM(A1)' })),
    good: 0,
    findings: [
      '2 first name: name.no-letter',
      '3 user login: username.letters',
      '3 user login: username.not-an-email',
    ],
  },
  {
    about: 'one username three times, in any case and between blanks',
    bytes: () =>
      csv(
        userRow('one'),
        userRow('two'),
        userRow(' ONE', { email: 'o@example.com' }),
        userRow('One\u200B', { email: 'o@example.com' }),
      ),
    good: 1,
    findings: [
      '2 user login: row.username-twice',
      '4 user login: row.username-twice',
      '5 user login: row.username-twice',
    ],
  },
  {
    about: 'German Excel with a letter of no other encoding',
    bytes: () =>
      csvBytes([header, userRow('one', { first: 'Jörg', last: 'Groß' })], excelInGermany),
    good: 1,
    findings: [],
  },
  {
    about: 'Excel’s own first line',
    bytes: () => text(`sep=;\r\n${csvText([header, userRow('')], excelInGermany)}`),
    good: 0,
    findings: ['3 user login: field.missing'],
  },
  {
    about: 'tables of old Macs',
    bytes: () =>
      csvBytes([header, userRow('one')], { ...plainDialect, eol: '\r', delimiter: '\t' }),
    good: 1,
    findings: [],
  },
];
