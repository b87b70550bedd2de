/** Builds workbooks (.xlsx) part by part, so that a test can set the exact contents of a cell. */
import { strToU8, zipSync } from 'fflate';

/** A cell: an inline string, or exactly this XML. */
export type WrittenCell = string | { readonly xml: (reference: string) => string };

export const shared = (index: number): WrittenCell => ({
  xml: (at) => `<c r="${at}" t="s"><v>${index}</v></c>`,
});
/** @param style an index into `formats`, from 1; 0 is General */
export const number = (value: number | string, style = 0): WrittenCell => ({
  xml: (at) => `<c r="${at}" s="${style}"><v>${value}</v></c>`,
});
export const truth = (value: boolean): WrittenCell => ({
  xml: (at) => `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`,
});
/** @param value the result of the formula when the file was saved; absent when it was never calculated */
export const formula = (text: string, value?: string): WrittenCell => ({
  xml: (at) =>
    `<c r="${at}" t="str"><f>${escaped(text)}</f>${value === undefined ? '' : `<v>${escaped(value)}</v>`}</c>`,
});

export type WrittenSheet = {
  readonly name: string;
  /** undefined: the row is missing in the file */
  readonly rows: readonly (readonly WrittenCell[] | undefined)[];
  readonly hidden?: boolean;
};

export type Workbook = {
  readonly sheets: readonly WrittenSheet[];
  readonly sharedStrings?: readonly string[];
  /** Number formats: ids of Excel's built-in formats, or patterns. */
  readonly formats?: readonly (number | string)[];
  readonly date1904?: boolean;
};

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The bytes of a workbook with one sheet that contains these rows. */
export function sheetOf(rows: WrittenSheet['rows']): Uint8Array {
  return workbookBytes({ sheets: [{ name: 'Sheet1', rows }] });
}

export function workbookBytes(workbook: Workbook): Uint8Array {
  return zipSync(workbookParts(workbook));
}

/** The parts before they are zipped, for tests that damage one. */
export function workbookParts(workbook: Workbook): Record<string, Uint8Array> {
  const { sheets, sharedStrings = [], formats = [] } = workbook;
  const own = formats.map((format, at) => (typeof format === 'number' ? format : 164 + at));
  const listed = sheets
    .map(
      (sheet, at) =>
        `<sheet name="${escaped(sheet.name)}" sheetId="${at + 1}"${sheet.hidden ? ' state="hidden"' : ''} r:id="s${at}"/>`,
    )
    .join('');
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="w" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${spreadsheet}" xmlns:r="${office}"><workbookPr${workbook.date1904 ? ' date1904="1"' : ''}/><sheets>${listed}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}">${sheets
      .map(
        (_, at) =>
          `<Relationship Id="s${at}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="t" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="f" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${spreadsheet}">${sharedStrings.map((xml) => `<si>${xml}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${spreadsheet}"><numFmts>${formats
      .map((format, at) =>
        typeof format === 'string'
          ? `<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>`
          : '',
      )
      .join(
        '',
      )}</numFmts><cellXfs><xf numFmtId="0"/>${own.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
  };
  for (const [at, { rows }] of sheets.entries()) {
    parts[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(rows);
  }
  return Object.fromEntries(
    Object.entries(parts).map(([name, xml]) => [
      name,
      strToU8(`<?xml version="1.0" encoding="UTF-8"?>${xml}`),
    ]),
  );
}

function sheetXml(rows: WrittenSheet['rows']): string {
  const written = rows.map((cells, at) => {
    if (!cells) return '';
    const row = at + 1;
    return `<row r="${row}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row}`)).join('')}</row>`;
  });
  return `<worksheet xmlns="${spreadsheet}"><sheetData>${written.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: WrittenCell, reference: string): string {
  if (typeof cell !== 'string') return cell.xml(reference);
  if (cell === '') return '';
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
