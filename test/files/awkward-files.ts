/**
 * Files that nobody should send and everybody does, each with the one sentence or the findings that it
 * comes to. Made here letter by letter, so that what is awkward about each can be read.
 */
import { strToU8, zipSync } from 'fflate';
import type { ErrorCode } from '../../src/errors.ts';
import { csvBytes, csvText, encoded, excelInGermany, plainDialect } from './csv-writing.ts';
import { header, text, userRow } from './tables.ts';
import { formula, number, sheetOf, workbookBytes, workbookParts } from './workbook-writing.ts';

export type AwkwardFile = {
  readonly about: string;
  readonly name?: string;
  readonly bytes: () => Uint8Array;
} & (
  | { readonly refused: ErrorCode; readonly says?: RegExp }
  /** Findings as `row column: code`; how many rows can be asked for. */
  | { readonly good: number; readonly findings: readonly string[] }
);

const megabyte = 1024 * 1024;
const csv = (...rows: (readonly string[])[]) => csvBytes([header, ...rows]);
const plain = (...rows: (readonly string[])[]) => csvText([header, ...rows]);
const many = (count: number) => Array.from({ length: count }, (_, at) => userRow(`user${at}`));

function bytesOf(...numbers: number[]): Uint8Array {
  return Uint8Array.from(numbers);
}

function compoundFile(stream: string): Uint8Array {
  const begins = bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
  return Buffer.concat([begins, new Uint8Array(1_016), Buffer.from(stream, 'utf16le')]);
}

/** A workbook whose sheet is one cell of blanks, which pack a thousand to one. */
function bomb(unpacked: number): Uint8Array {
  const parts = workbookParts({ sheets: [{ name: 'Users', rows: [] }] });
  const sheet = `<worksheet><sheetData>${' '.repeat(unpacked)}</sheetData></worksheet>`;
  return zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet) });
}

/** The same with the size that the zip declares for it made small, in both places where it stands. */
function lyingBomb(): Uint8Array {
  const bytes = Buffer.from(bomb(80 * megabyte));
  for (let at = 0; at < bytes.length - 46; at += 1) {
    const mark = bytes.readUInt32LE(at);
    const size = mark === 0x04034b50 ? 22 : mark === 0x02014b50 ? 24 : 0;
    if (size > 0 && bytes.readUInt32LE(at + size) > megabyte) bytes.writeUInt32LE(100, at + size);
  }
  return bytes;
}

const spoiltSheet = (xml: string) =>
  zipSync({
    ...workbookParts({ sheets: [{ name: 'Users', rows: [] }] }),
    'xl/worksheets/sheet1.xml': strToU8(xml),
  });

const user = (login: string, more: Record<string, unknown> = {}) => ({
  Username: login,
  IdentityInfo: { FirstName: 'Mary', LastName: 'Major', Email: `${login}@example.com` },
  RoutingProfileId: 'Basic Routing Profile',
  SecurityProfileIds: ['Agent'],
  ...more,
});
const json = (value: unknown) => text(JSON.stringify(value));

const otherKinds: readonly AwkwardFile[] = [
  {
    about: 'a picture renamed to .csv',
    bytes: () => bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13),
    refused: 'file.other-kind',
    says: /“users\.csv” is a picture \(PNG\)/,
  },
  {
    about: 'a photograph',
    bytes: () => bytesOf(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46),
    refused: 'file.other-kind',
    says: /JPEG/,
  },
  { about: 'a PDF', bytes: () => text('%PDF-1.7\n%'), refused: 'file.other-kind', says: /PDF/ },
  {
    about: 'an .xls of 1997',
    bytes: () => compoundFile('Workbook'),
    refused: 'file.other-kind',
    says: /old Excel workbook/,
  },
  {
    about: 'an encrypted .xlsx',
    name: 'users.xlsx',
    bytes: () => compoundFile('EncryptedPackage'),
    refused: 'file.encrypted',
  },
  {
    about: 'a login page in place of the file',
    bytes: () => text('\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>'),
    refused: 'file.web-page',
  },
  {
    about: 'a login page with nothing before it',
    bytes: () => text('<html lang="en"><body>Sign in, please'),
    refused: 'file.web-page',
  },
  {
    about: 'a drawing (SVG)',
    bytes: () => text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    refused: 'file.other-kind',
    says: /XML/,
  },
  {
    about: 'bytes without meaning',
    bytes: () => Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919 + 3) % 251),
    refused: 'file.binary',
  },
];

const sizes: readonly AwkwardFile[] = [
  { about: 'no bytes at all', bytes: () => bytesOf(), refused: 'file.empty' },
  { about: 'a byte order mark alone', bytes: () => text('\uFEFF'), refused: 'file.empty' },
  { about: 'blank lines alone', bytes: () => text('\r\n \r\n\t\r\n'), refused: 'file.empty' },
  { about: 'commas alone', bytes: () => text(',,,\n,,,\n'), refused: 'file.empty' },
  { about: 'a header alone', bytes: () => csv(), refused: 'file.no-rows' },
  {
    about: 'a header and rows of nothing',
    bytes: () => text(`${plain()},,,,,\n\n  ,,,,,\n`),
    refused: 'file.no-rows',
  },
  { about: 'a sheet with a header alone', bytes: () => sheetOf([header]), refused: 'file.no-rows' },
  { about: 'an empty sheet', bytes: () => sheetOf([]), refused: 'file.empty' },
  { about: '10,000 rows', bytes: () => csv(...many(10_000)), good: 10_000, findings: [] },
  {
    about: '10,001 rows',
    bytes: () => csv(...many(10_001)),
    refused: 'file.too-many-rows',
    says: /10,?000/,
  },
  {
    about: '10,001 rows of a sheet',
    bytes: () => sheetOf([header, ...many(10_001)]),
    refused: 'file.too-many-rows',
  },
  {
    about: '10,001 entries of JSON',
    bytes: () => json(many(10_001).map(([login = '']) => user(login))),
    refused: 'file.too-many-rows',
  },
  {
    about: '10 MB and a byte',
    bytes: () => text('a'.repeat(10 * megabyte + 1)),
    refused: 'file.too-big',
    says: /10 MB/,
  },
  {
    about: 'a cell of 1 MB',
    bytes: () => csv(userRow('one'), userRow('two', { first: 'x'.repeat(megabyte) })),
    refused: 'file.cell-too-big',
    says: /Row 3/,
  },
  {
    about: 'a quoted cell of 1 MB',
    bytes: () => csv(userRow('one', { first: 'x,'.repeat(megabyte / 2) })),
    refused: 'file.cell-too-big',
    says: /Row 2/,
  },
  {
    about: 'a cell of 1 MB in a sheet',
    bytes: () => sheetOf([header, userRow('one', { first: 'x'.repeat(megabyte) })]),
    refused: 'file.cell-too-big',
    says: /Row 2/,
  },
  {
    about: 'a value of 1 MB in JSON',
    bytes: () => json([user('one', { Password: 'x'.repeat(megabyte) })]),
    refused: 'file.cell-too-big',
    says: /Row 1/,
  },
  {
    about: '251 columns',
    bytes: () => text(`${Array.from({ length: 251 }, (_, at) => `c${at}`).join(',')}\n`),
    refused: 'file.too-many-columns',
    says: /250/,
  },
  {
    about: 'a megabyte of commas below the header',
    bytes: () => text(plain() + ','.repeat(megabyte)),
    refused: 'file.no-rows',
  },
];

/** As big as a file may be, and made of what a reader stumbles over. */
const floods: readonly AwkwardFile[] = (
  [
    ['line breaks', '\n', 'file.empty'],
    ['quotation marks', '"', 'file.empty'],
    ['empty quoted cells', `${header.join()}\n`, 'file.no-rows', '"",'],
    ['quoted lines', `${header.join()}\n`, 'file.too-many-rows', '"a"\n'],
    ['lines within one quoted cell', '"', 'file.quote-open', 'a\n'],
    ['blanks before a quotation mark', `${header.join()}\n`, 'file.cell-too-big', '     "'],
    ['empty JSON objects', '[', 'file.too-many-rows', '{},'],
    ['blanks in JSON', '[', 'file.json-syntax', ' '],
    ['open JSON texts', '[', 'file.json-syntax', '"\\'],
    ['letters of one word', 'a', 'file.cell-too-big'],
    ['NUL', `${header.join()}\n${'a'.repeat(5_000)}`, 'file.nul', '\0'],
  ] as const
).map(([of, begin, refused, unit = begin]) => ({
  about: `10 MB of ${of}`,
  bytes: () =>
    text((begin + unit.repeat(Math.ceil((10 * megabyte) / unit.length))).slice(0, 10 * megabyte)),
  refused,
}));

const columns: readonly AwkwardFile[] = [
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
    says: /“first name”, “last name”, “user login”/,
  },
  {
    about: 'a column that is missing',
    bytes: () => csvBytes([header.slice(0, 5), userRow('one').slice(0, 5)]),
    refused: 'file.columns-missing',
    says: /security_profile_name/,
  },
  {
    about: 'a header with a slip in it',
    bytes: () =>
      csvBytes([
        [...header.slice(0, 4), 'ruting profile name', 'security profiles'],
        userRow('one'),
      ]),
    refused: 'file.columns-missing-guess',
    says: /Is “ruting profile name” meant to be “routing profile name”\?/,
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

const rows: readonly AwkwardFile[] = [
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
    bytes: () => text(JSON.stringify([{ ...user('one'), Username: 'o\uD83D' }])),
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
    good: 1,
    findings: ['3 user login: username.letters', '3 user login: username.not-an-email'],
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

const workbooks: readonly AwkwardFile[] = [
  {
    about: 'a workbook that unpacks to 80 MB',
    bytes: () => bomb(80 * megabyte),
    refused: 'file.unpacks-too-big',
    says: /64 MB/,
  },
  {
    about: 'a workbook that says it is small and is not',
    bytes: lyingBomb,
    refused: 'file.workbook-broken',
  },
  {
    about: 'a document that grows while it is read',
    bytes: () =>
      spoiltSheet(
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>',
      ),
    refused: 'file.workbook-broken',
  },
  {
    about: 'a sheet that breaks off',
    bytes: () => spoiltSheet('<worksheet><sheetData><row><c><v>1'),
    refused: 'file.workbook-broken',
  },
  {
    about: 'a zip that breaks off',
    bytes: () => sheetOf([header, userRow('one')]).subarray(0, 600),
    refused: 'file.workbook-broken',
  },
  {
    about: 'a zip of something else',
    bytes: () => zipSync({ 'readme.txt': strToU8('hello') }),
    refused: 'file.not-a-workbook',
  },
  { about: 'an empty zip', bytes: () => zipSync({}), refused: 'file.not-a-workbook' },
  {
    about: 'a workbook without a sheet',
    bytes: () => workbookBytes({ sheets: [] }),
    refused: 'file.not-a-workbook',
  },
  {
    about: 'a formula that was never worked out',
    bytes: () =>
      sheetOf([header, [formula('A9', 'Mary'), ...userRow('one').slice(1)], [formula('A9')]]),
    good: 1,
    findings: [
      '3 first name: row.formula-without-value',
      '3 user login: field.missing',
      '3 last name: field.missing',
      '3 email address: email.needed-for-password',
      '3 routing profile name: field.missing',
      '3 security profiles: field.missing',
    ],
  },
  {
    about: 'a cell with the error of a formula',
    bytes: () =>
      sheetOf([
        header,
        [
          ...userRow('one').slice(0, 4),
          { xml: (at) => `<c r="${at}" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c>` },
          'Agent',
        ],
      ]),
    good: 0,
    findings: ['2 routing profile name: choice.unknown'],
  },
  {
    about: 'a number where a name belongs',
    bytes: () => sheetOf([header, [number(7), ...userRow('one').slice(1)]]),
    good: 1,
    findings: [],
  },
];

const jsons: readonly AwkwardFile[] = [
  {
    about: 'JSON nested 10,000 deep',
    bytes: () => text(`${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    refused: 'file.json-deep',
    says: /Line 1/,
  },
  {
    about: 'JSON objects nested 10,000 deep',
    bytes: () => text(`[{"Tags":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}]`),
    refused: 'file.json-deep',
  },
  {
    about: 'keys that would change every object',
    bytes: () =>
      text(
        `[${JSON.stringify(user('one')).replace('{', '{"__proto__":{"Username":"evil"},"constructor":"x",')}]`,
      ),
    good: 1,
    findings: [],
  },
  {
    about: 'a JSON object of half a million keys',
    bytes: () => text(`{${Array.from({ length: 500_000 }, (_, at) => `"k${at}":1`).join(',')}}`),
    refused: 'file.too-many-columns',
  },
  {
    about: 'a JSON object of 251 keys',
    bytes: () => json(Object.fromEntries(Array.from({ length: 251 }, (_, at) => [`k${at}`, 1]))),
    refused: 'file.too-many-columns',
  },
  { about: 'an empty list', bytes: () => text('[]'), refused: 'file.empty' },
  {
    about: 'a list of numbers',
    bytes: () => text('[1, 2]'),
    refused: 'file.json-shape',
    says: /Entry 1 is not a user, but a number/,
  },
  {
    about: 'a list in a list',
    bytes: () => json([user('one'), []]),
    refused: 'file.json-shape',
    says: /Entry 2 is not a user, but a list/,
  },
  {
    about: 'JSON that breaks off',
    bytes: () => text(`[${JSON.stringify(user('one'))},\n{"Username":`),
    refused: 'file.json-syntax',
    says: /Line 2/,
  },
  {
    about: 'a comma too many',
    bytes: () => text(`[${JSON.stringify(user('one'))},\n,${JSON.stringify(user('two'))}]`),
    refused: 'file.json-syntax',
    says: /Line 2/,
  },
  {
    about: 'a list where one value is wanted',
    bytes: () => json(user('one', { RoutingProfileId: ['Basic Routing Profile', 'Tier 2'] })),
    good: 0,
    findings: ['1 RoutingProfileId: row.not-a-text'],
  },
];

export const awkwardFiles: readonly AwkwardFile[] = [
  ...otherKinds,
  ...sizes,
  ...floods,
  ...columns,
  ...rows,
  ...workbooks,
  ...jsons,
];
