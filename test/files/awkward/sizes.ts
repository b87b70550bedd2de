/** Too few and too many rows, and ten megabytes of text that is difficult for a parser. */
import { csvBytes, csvText } from '../csv-writing.ts';
import { header, text, userRow } from '../tables.ts';
import { sheetOf } from '../workbook-writing.ts';
import type { AwkwardFile } from './awkward-file.ts';

const megabyte = 1024 * 1024;
const csv = (...rows: (readonly string[])[]) => csvBytes([header, ...rows]);
const plain = (...rows: (readonly string[])[]) => csvText([header, ...rows]);
const many = (count: number) => Array.from({ length: count }, (_, at) => userRow(`user${at}`));

export const sizes: readonly AwkwardFile[] = [
  { about: 'no bytes at all', bytes: () => new Uint8Array(), refused: 'file.empty' },
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
    bytes: () => text(JSON.stringify(many(10_001).map(() => ({ Username: 'one' })))),
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
    says: /row 3/,
  },
  {
    about: 'a quoted cell of 1 MB',
    bytes: () => csv(userRow('one', { first: 'x,'.repeat(megabyte / 2) })),
    refused: 'file.cell-too-big',
    says: /row 2/,
  },
  {
    about: 'a cell of 1 MB in a sheet',
    bytes: () => sheetOf([header, userRow('one', { first: 'x'.repeat(megabyte) })]),
    refused: 'file.cell-too-big',
    says: /row 2/,
  },
  {
    about: 'a value of 1 MB in JSON',
    bytes: () => text(JSON.stringify([{ Password: 'x'.repeat(megabyte) }])),
    refused: 'file.cell-too-big',
    says: /row 1/,
  },
  {
    about: '101 columns',
    bytes: () => text(`${Array.from({ length: 101 }, (_, at) => `c${at}`).join(',')}\n`),
    refused: 'file.too-many-columns',
    says: /100/,
  },
  {
    about: 'a megabyte of commas below the header',
    bytes: () => text(plain() + ','.repeat(megabyte)),
    refused: 'file.no-rows',
  },
];

/** As large as a file may be, and made of text that is difficult for a parser. */
export const floods: readonly AwkwardFile[] = (
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
