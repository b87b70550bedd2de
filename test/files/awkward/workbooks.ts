/** Workbooks that are damaged, hostile, or partly saved. */
import { strFromU8, strToU8, zipSync } from 'fflate';
import { header, userRow } from '../tables.ts';
import { formula, number, sheetOf, workbookBytes, workbookParts } from '../workbook-writing.ts';
import type { AwkwardFile } from './awkward-file.ts';

const megabyte = 1024 * 1024;

/** A workbook whose sheet is one cell of spaces, which compress a thousand to one. */
function bomb(unpacked: number): Uint8Array {
  const parts = workbookParts({ sheets: [{ name: 'Users', rows: [] }] });
  const sheet = `<worksheet><sheetData>${' '.repeat(unpacked)}</sheetData></worksheet>`;
  return zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet) });
}

/** The same, but with a small uncompressed size declared in both places of the zip file. */
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

export const workbooks: readonly AwkwardFile[] = [
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
    about: 'a sheet of millions of elements within each other',
    bytes: () => spoiltSheet(`<worksheet>${'<a>'.repeat(20 * megabyte)}`),
    refused: 'file.workbook-broken',
  },
  {
    about: 'a sheet with an element of a million attributes',
    bytes: () =>
      spoiltSheet(
        `<worksheet ${Array.from({ length: megabyte }, (_, at) => `a${at}=""`).join(' ')}/>`,
      ),
    refused: 'file.workbook-broken',
  },
  {
    about: 'a binary workbook (.xlsb)',
    bytes: () => {
      const { '_rels/.rels': relations = strToU8(''), ...parts } = workbookParts({ sheets: [] });
      const binary = strToU8(strFromU8(relations).replace('workbook.xml', 'workbook.bin'));
      return zipSync({ ...parts, '_rels/.rels': binary, 'xl/workbook.bin': strToU8('\x83\x01') });
    },
    refused: 'file.not-a-workbook',
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
    findings: ['2 routing profile name: cell.error-formula'],
  },
  {
    about: 'a number where a name belongs',
    bytes: () => sheetOf([header, [number(7), ...userRow('one').slice(1)]]),
    good: 0,
    findings: ['2 first name: name.no-letter'],
  },
];
