/** The few parts of SpreadsheetML (ECMA-376) that a workbook needs to open without an error. */

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaging = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The hidden sheet of our template, with the names that its cells offer. */
export const listsSheet = 'Lists';

/** Indices into cellXfs below. */
export const style = { standard: 0, text: 1, header: 2 } as const;

const stylesXml = `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** The last row that Excel has. */
const lastRow = 1_048_576;

export type SheetPart = {
  readonly name: string;
  readonly content: string;
  readonly hidden?: boolean;
};

/** All parts of a workbook with these sheets, as names and texts. */
export function frame(sheets: readonly SheetPart[]): (readonly [name: string, text: string])[] {
  const numbered = sheets.map((sheet, at) => ({ ...sheet, number: at + 1 }));
  const stylesId = `rId${sheets.length + 1}`;
  const overrides = numbered
    .map(
      ({ number }) =>
        `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`,
    )
    .join('');
  const listed = numbered
    .map(
      ({ name, number, hidden }) =>
        `<sheet name="${xml(name)}" sheetId="${number}"${hidden ? ' state="hidden"' : ''} r:id="rId${number}"/>`,
    )
    .join('');
  const relations = numbered
    .map(
      ({ number }) =>
        `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
    )
    .join('');
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${overrides}</Types>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${listed}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packaging}/relationships">${relations}<Relationship Id="${stylesId}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', stylesXml],
    ...numbered.map(
      ({ content, number }) => [`xl/worksheets/sheet${number}.xml`, content] as const,
    ),
  ];
}

export type SheetContent = {
  /** Cells as `inlineCell` makes them. */
  readonly rows: readonly (readonly string[])[];
  /** Width in characters, and the style of cells that are still empty. */
  readonly columns: readonly { readonly width: number; readonly look: number }[];
  readonly frozenRows: number;
  /** `dataValidation` elements. */
  readonly validations: readonly string[];
};

/** The order of the elements comes from the standard; Excel reports any other order as damage. */
export function sheetXml({ rows, columns, frozenRows, validations }: SheetContent): string {
  const pane =
    frozenRows === 0
      ? ''
      : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A${frozenRows + 1}" sqref="A${frozenRows + 1}"/>`;
  const widths = columns
    .map(
      ({ width, look }, at) =>
        `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${look}" customWidth="1"/>`,
    )
    .join('');
  const lines = rows.map((cells, at) => `<row r="${at + 1}">${cells.join('')}</row>`).join('');
  const lists =
    validations.length === 0
      ? ''
      : `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`;
  // A login of digits is intended; without this element Excel marks it as an error.
  const unmarked = `<ignoredErrors><ignoredError sqref="A1:${letterOf(columns.length - 1)}${lastRow}" numberStoredAsText="1"/></ignoredErrors>`;
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${widths}</cols><sheetData>${lines}</sheetData>${lists}${unmarked}</worksheet>`;
}

/** @param column from 0 @param row from 1 */
export function inlineCell(column: number, row: number, text: string, look: number): string {
  const reference = `${letterOf(column)}${row}`;
  if (text === '') return `<c r="${reference}" s="${look}"/>`;
  return `<c r="${reference}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
}

/** @param column from 0 @param row from 1 */
export function numberCell(column: number, row: number, value: number): string {
  return `<c r="${letterOf(column)}${row}"><v>${value}</v></c>`;
}

/** `AB` for column 27, from 0. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Characters that XML 1.0 cannot contain, and a CR, which it would convert to LF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: to find them is its purpose
const unholdable = /[\0-\x08\x0B-\x1F\uFFFE\uFFFF]/g;

/**
 * Text inside an element or an attribute. Characters that XML cannot contain are written `_x000D_` (ECMA-376,
 * ST_Xstring), and so is a `_` that would begin such a code by chance. Half a surrogate pair becomes U+FFFD.
 */
export function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(unholdable, codeOf)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function codeOf(letter: string): string {
  return `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
