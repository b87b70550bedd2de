/** The two table blocks, which are allowed only in messages (docs: table, data table). */
import { isObject, type JsonObject, listOf } from '../json.ts';
import { limits } from '../limits.ts';
import { richText } from './rich-text.ts';
import {
  boolean,
  byType,
  type Check,
  filledString,
  integer,
  list,
  number,
  oneOf,
  type Place,
  refuse,
  shape,
  string,
  under,
} from './schema.ts';

const rawText = shape({
  required: {
    type: oneOf('raw_text'),
    text: string({ min: 1, max: 10_000, source: 'types: raw text, at least one character' }),
  },
});
const rawNumber = shape({
  required: { type: oneOf('raw_number'), value: number, text: filledString },
});
const cells = { raw_text: rawText, raw_number: rawNumber };

const settings = shape({
  optional: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean },
});
/** `null` uses the default settings for a column. */
const columnSettings: Check = (value, place) => {
  if (value !== null) settings(value, place);
};

export const tableMembers = {
  required: {
    rows: list(
      list(byType({ ...cells, rich_text: richText }), limits.tableCells),
      limits.tableRows,
    ),
  },
  optional: { column_settings: list(columnSettings, limits.tableCells) },
};

const headerCells = list(byType(cells), limits.dataTableCells);
const bodyCells = list(byType({ ...cells, rich_text: richText }), limits.dataTableCells);

/** The first row is the header, which contains no rich text; all rows have its length. */
const dataRows: Check = (value, place) => {
  list(() => {}, limits.dataTableRows)(value, place);
  const [header, ...rows] = listOf(value);
  if (header === undefined) return;
  headerCells(header, under(place, 0));
  for (const [at, row] of rows.entries()) {
    const here = under(place, at + 1);
    bodyCells(row, here);
    if (listOf(row).length !== listOf(header).length) {
      refuse(here, 'must have as many cells as the header');
    }
  }
};

export const dataTableMembers = {
  required: { rows: dataRows, caption: string(limits.dataTableCaption) },
  optional: {
    page_size: integer(limits.dataTablePage),
    row_header_column_index: integer({ max: 19, source: 'docs: data table, 20 columns' }),
  },
  also(value: JsonObject, place: Place): void {
    const column = value.row_header_column_index;
    const columns = listOf(listOf(value.rows)[0]).length;
    if (typeof column === 'number' && column >= columns) {
      refuse(under(place, 'row_header_column_index'), 'must be the index of a column');
    }
  },
};

/** Number of characters in the cells of all data tables of a message. */
export function dataTablesLength(blocks: unknown[]): number {
  const tables = blocks.filter(isObject).filter((block) => block.type === 'data_table');
  return tables.reduce((sum, table) => sum + cellsLength(table.rows), 0);
}

function cellsLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + cellsLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, member]) =>
      sum + (name === 'text' && typeof member === 'string' ? member.length : cellsLength(member)),
    0,
  );
}
