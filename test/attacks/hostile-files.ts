/** Small files that expand to large ones: a few kilobytes to send, gigabytes to read. */
import type { ErrorCode } from '../../src/errors/problem.ts';
import { header, text, userRow } from '../files/tables.ts';
import { shared, type WrittenCell, workbookBytes } from '../files/workbook-writing.ts';

export type HostileFile = {
  readonly about: string;
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** The error with which it is refused; when absent, the file is checked and every row has findings. */
  readonly refused?: ErrorCode;
};

const titles = [
  ...header,
  'secondary email address',
  'mobile',
  'phone number',
  'tags',
  'ACW timeout (seconds)',
];

/** Every cell below the header refers to the same shared string. */
function oneText(length: number, columns: number, rows: number): Uint8Array {
  const header = Array.from({ length: columns }, (_, at) => titles[at] ?? `column ${at}`);
  const row: WrittenCell[] = header.map(() => shared(0));
  return workbookBytes({
    sheets: [{ name: 'Users', rows: [header, ...Array.from({ length: rows }, () => row)] }],
    sharedStrings: [`<t>${'x'.repeat(length)}</t>`],
  });
}

const uncomputed: WrittenCell = { xml: (at) => `<c r="${at}"><f>1</f></c>` };

function csv(
  rows: number,
  row: readonly string[],
  titlesOfRow: readonly string[] = header,
): Uint8Array {
  return text(`${titlesOfRow.join()}\n${`${row.join()}\n`.repeat(rows)}`);
}

/** @param rows 10,000 for measurements; fewer rows show the same in less time */
export const hostileFiles = (rows = 10_000): readonly HostileFile[] => [
  {
    about: 'a workbook of 8 KB in which 70,000 cells show one text of 32,767 letters',
    name: 'long.xlsx',
    bytes: () => oneText(32_767, 7, rows),
    refused: 'file.cell-too-big',
  },
  {
    about: 'a workbook in which 1,000,000 cells show one text of 1,000 letters',
    name: 'wide.xlsx',
    bytes: () => oneText(1_000, 100, rows),
    refused: 'file.too-much-text',
  },
  {
    about: 'a workbook of 250 columns that show one long text',
    name: 'wider.xlsx',
    bytes: () => oneText(32_767, 250, rows),
    refused: 'file.too-many-columns',
  },
  {
    about: 'a workbook of which every cell is a formula that was never worked out',
    name: 'formulas.xlsx',
    bytes: () => {
      const width = Array.from({ length: 100 }, (_, at) => titles[at] ?? `column ${at}`);
      const row = width.map(() => uncomputed);
      return workbookBytes({
        sheets: [{ name: 'Users', rows: [width, ...Array.from({ length: rows }, () => row)] }],
      });
    },
  },
  {
    about: 'a CSV of 9.6 MB that is all |',
    name: 'bars.csv',
    bytes: () => csv(rows, userRow('one', { security: '|'.repeat(900) })),
  },
  {
    about: 'a CSV of 9.6 MB whose one cell is all |',
    name: 'bar.csv',
    bytes: () => text(`${header.join()}\nA,B,c@d.ee,e,${'|'.repeat(9_600_000)}`),
    refused: 'file.cell-too-big',
  },
  {
    about: 'a CSV with hundreds of unknown profiles in every row',
    name: 'profiles.csv',
    bytes: () => csv(rows, userRow('one', { security: 'a|b|c|d|e'.repeat(100) })),
  },
  {
    about: 'a CSV with hundreds of tags in every row',
    name: 'tags.csv',
    bytes: () => csv(rows, [...userRow('one'), 'a=b|c=d|'.repeat(110)], [...header, 'tags']),
  },
  {
    about: 'a JSON file whose 10,000 users each have every field wrong',
    name: 'wrong.json',
    bytes: () =>
      text(
        JSON.stringify(
          Array.from({ length: rows }, () => ({
            Username: '=<>'.repeat(20),
            IdentityInfo: { FirstName: '\u202E', LastName: '\u202E', Email: '@@', Mobile: 'x' },
            RoutingProfileId: 'none such',
            SecurityProfileIds: Array.from({ length: 40 }, (_, at) => `unknown ${at}`),
            Tags: '=|=|=|=|=|=|=|=|=|=|=|=',
            PhoneConfig: { PhoneType: '?', AutoAccept: '?', AfterContactWorkTimeLimit: '?' },
          })),
        ),
      ),
  },
];
