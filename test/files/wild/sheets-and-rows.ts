/**
 * More cases of choosing the sheet and the rows: merged cells, struck-out people, titles between rows, notes below
 * the table.
 */
import { strFromU8, strToU8, zipSync } from 'fflate';
import { managed } from '../../users/fixtures.ts';
import { type WrittenSheet, workbookBytes, workbookParts } from '../workbook-writing.ts';
import { lines, person, titles, type WildFile } from './wild-file.ts';

const header = titles.split(',');
const cells = (...of: Parameters<typeof person>) => person(...of).split(',');
const ann = cells('Ann', 'Quinn', 'aquinn');
const ben = cells('Ben', 'Quill', 'bquill');
const annMade = ['Ann Quinn aquinn'];
const both = ['Ann Quinn aquinn', 'Ben Quill bquill'];
const csv = (...rows: readonly (readonly string[] | string)[]) =>
  lines(titles, ...rows.map((row) => (typeof row === 'string' ? row : row.join(','))));

/** A workbook of one sheet in which one text of a part is replaced. */
function changed(
  rows: WrittenSheet['rows'],
  part: 'sheet' | 'styles',
  from: RegExp,
  to: string,
): Uint8Array {
  const parts = workbookParts({ sheets: [{ name: 'S', rows }] });
  const name = part === 'sheet' ? 'xl/worksheets/sheet1.xml' : 'xl/styles.xml';
  const xml = strFromU8(parts[name] ?? new Uint8Array()).replace(from, to);
  return zipSync({ ...parts, [name]: strToU8(xml) });
}
const merged = (range: string, ...rows: WrittenSheet['rows']) =>
  changed(
    rows,
    'sheet',
    /<\/sheetData>/,
    `</sheetData><mergeCells><mergeCell ref="${range}"/></mergeCells>`,
  );
/** Style 1 is strikethrough. */
const styles =
  '<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>';
const struck = (text: string) => ({
  xml: (at: string) => `<c r="${at}" s="1" t="inlineStr"><is><t>${text}</t></is></c>`,
});
const withStyles = (...rows: WrittenSheet['rows']) =>
  changed(rows, 'styles', /<numFmts>.*<\/cellXfs>/, styles);
const sheet = (...rows: WrittenSheet['rows']) => workbookBytes({ sheets: [{ name: 'S', rows }] });
const group = [...header, 'hierarchy'];
const oldest = 'pandas-dev/pandas#63700, frictionlessdata/tabulator-py#171';
const strike = 'support.microsoft.com: apply or remove strikethrough';
const alone = 'row: row.cells-one';

// biome-ignore format: a table has one case a line
export const sheetsAndRows: readonly WildFile[] = [
  { about: 'a group that is merged over two people', source: oldest, bytes: () => merged('G2:G3', group, [...ann, 'In/Out'], [...ben, '']), created: both, leftOut: ['merged.filled'] },
  { about: 'a routing profile that is merged over two people', source: oldest, bytes: () => merged('E2:E3', header, ann, ben.with(4, '')), created: both, leftOut: ['merged.filled'] },
  { about: 'a last name that is merged over two people', source: oldest, bytes: () => merged('B2:B3', header, ann, ben.with(1, '')), created: annMade, found: ['3 last name: field.missing'] },
  { about: 'a title that is merged over the columns', source: oldest, bytes: () => merged('A1:F1', ['New agents'], header, ann), created: annMade, leftOut: ['left-out.title'] },
  { about: 'somebody who is struck out', source: strike, bytes: () => withStyles(header, ann, ben.map(struck)), created: annMade, found: ['3 row: row.struck-out'] },
  { about: 'a value that is struck out', source: strike, bytes: () => withStyles(header, ann, [ben[0] ?? '', struck('Quill'), ...ben.slice(2)]), created: annMade, found: ['3 last name: cell.struck-out'] },
  { about: 'a table that does not begin in A1', source: 'Excel', bytes: () => sheet(['', ''], ['', '', ...header], ['', '', ...ann]), created: annMade },
  { about: 'a second table of people who left', source: 'lists of joiners and leavers on one sheet', bytes: () => sheet(header, ann, ['Leavers'], header, ben), created: annMade, found: [`3 ${alone}`, '5 row: row.below-title'], leftOut: ['left-out.header-again'] },
  { about: 'people who left below a title', source: 'lists of joiners and leavers on one sheet', bytes: () => csv(ann, 'Left in March,,,,,', ben), created: annMade, found: [`3 ${alone}`, '4 row: row.below-title'] },
  { about: 'a title for each team', source: 'HR lists', bytes: () => csv('Team North,,,,,', ann, 'Team South,,,,,', ben), created: both, found: [`2 ${alone}`, `4 ${alone}`] },
  { about: 'the header again below each team', source: 'HR lists', bytes: () => csv(ann, 'Team South,,,,,', header, ben), created: both, found: [`3 ${alone}`], leftOut: ['left-out.header-again'] },
  { about: 'two header rows', source: 'HR workbooks', bytes: () => sheet(['Person', '', '', 'Connect'], header, ann), created: annMade, leftOut: ['left-out.title'] },
  { about: 'a second list beside the first', source: 'HR workbooks', bytes: () => sheet([...header, '', 'Leavers first name', 'Leavers login'], [...ann, '', 'Ben', 'bquill']), created: annMade },
  { about: 'who prepared it', source: 'HR workbooks', bytes: () => sheet(header, ann, ['Total agents: 1'], ['Prepared by HR, 3 March']), created: annMade, leftOut: ['left-out.total', 'left-out.note'] },
  { about: 'that it is confidential', source: 'HR lists', bytes: () => csv(ann, '', 'Confidential - for internal use only'), created: annMade, leftOut: ['left-out.note'] },
  { about: 'when it was made', source: 'reports of databases', bytes: () => csv(ann, 'Report generated on 2026-03-01 12:00,,,,,', '*** END ***,,,,,', 'Record count: 1,,,,,'), created: annMade, leftOut: ['left-out.note', 'left-out.note', 'left-out.note'] },
  { about: 'a fence of Markdown', source: 'chat assistants', bytes: () => lines('```csv', titles, ann.join(','), '```'), created: annMade, leftOut: ['left-out.title', 'left-out.note'] },
  { about: 'a rule of Markdown with colons', source: 'wikis and chat assistants', bytes: () => lines(`| ${titles.replaceAll(',', ' | ')} |`, '|:--|:-:|--:|---|---|---|', `| ${ann.join(' | ')} |`), created: annMade, leftOut: ['left-out.rule'] },
  { about: 'a row that is commented out', source: 'configuration files', bytes: () => csv(`#${ben.join(',')}`, `; ${ben.join(',')}`, `//${ben.join(',')}`, `-- ${ben.join(',')}`, ann), created: annMade, leftOut: ['left-out.comment', 'left-out.comment', 'left-out.comment', 'left-out.comment'] },
  { about: 'an example as the first row', source: 'HR templates', bytes: () => csv('e.g. Jane,Doe,jane.doe@harbour.example,jdoe99,Basic Routing Profile,Agent', ann), created: annMade, found: ['2 first name: cell.placeholder'] },
  { about: 'a row that explains the columns', source: 'HR templates', bytes: () => csv('Text,Text,Email,Text,List,List', ann), created: annMade, found: ['2 email address: email.form', '2 routing profile name: choice.unknown', '2 security profile: choice.unknown'] },
  { about: 'the output of psql', source: 'postgresql.org/docs/current/app-psql.html', bytes: () => lines(` ${titles.replaceAll(',', ' | ')}`, '---+---+---+---+---+---', ` ${ann.join(' | ')}`, '(1 row)'), created: annMade, leftOut: ['left-out.rule', 'left-out.total'] },
  { about: 'a frame of letters', source: 'dev.mysql.com/doc: mysql client, tables', bytes: () => lines('+----+', `| ${titles.replaceAll(',', ' | ')} |`, '+----+', `| ${ann.join(' | ')} |`, '+----+'), created: annMade, leftOut: ['left-out.title', 'left-out.rule'] },
  { about: 'a footer that is somebody', source: 'HR lists', context: managed, bytes: () => csv(cells('Page', 'Count', 'pcount'), cells('Note', 'End', 'nend')), created: ['Page Count pcount', 'Note End nend'] },
];
