/** The template as an Excel workbook whose cells offer the instance's names. */
import { longestSeconds } from '../../fields/setting-words.ts';
import type { IdentityMode } from '../../new-user.ts';
import { standardLimits } from '../table/file-limits.ts';
import type { Column } from '../table/known-columns.ts';
import { hintOf, inputOf, type NameList } from './column-inputs.ts';
import { exampleCells, type TemplateOffer, type TemplateRow, templateColumns } from './example.ts';
import { dataValidation, type Validation } from './validation-xml.ts';
import {
  frame,
  inlineCell,
  letterOf,
  listsSheet,
  numberCell,
  sheetXml,
  style,
} from './workbook-xml.ts';
import { zipOf } from './write-zip.ts';

const widest = 50;

/** One column of the hidden sheet: a title, and the names below. */
type List = { readonly of: NameList; readonly title: string; readonly names: readonly string[] };

/**
 * Builds the workbook: sheet Users with the header, one example row (or the rows `filled`) and drop-down lists, and a hidden sheet
 * with the names. All cells but seconds are text, so that Excel leaves phone numbers and leading zeros
 * alone. The same offer gives the same bytes.
 */
export function templateXlsx(
  mode: IdentityMode,
  offer: TemplateOffer,
  filled: readonly TemplateRow[] = [exampleCells(offer)],
): Uint8Array {
  const columns = templateColumns(mode, offer);
  const lists = columns.flatMap((column): List[] => {
    const input = inputOf(column.key);
    if (input.kind !== 'names') return [];
    const names = offer[input.of].map((choice) => choice.name);
    return [{ of: input.of, title: column.title, names }];
  });
  const parts = frame([
    { name: 'Users', content: usersSheet(columns, filled, lists) },
    { name: listsSheet, content: namesSheet(lists), hidden: true },
  ]);
  return zipOf([...parts]);
}

function usersSheet(
  columns: readonly Column[],
  filled: readonly TemplateRow[],
  lists: readonly List[],
): string {
  const longestOf = ({ key, title }: Column) =>
    Math.max(title.length, ...filled.map((row) => row.get(key)?.length ?? 0));
  const isNumber = (column: Column) => inputOf(column.key).kind === 'seconds';
  return sheetXml({
    rows: [
      columns.map((column, at) => inlineCell(at, 1, column.title, style.header)),
      ...filled.map((cells, row) =>
        columns.map((column, at) => {
          const text = cells.get(column.key) ?? '';
          return isNumber(column) && text !== ''
            ? numberCell(at, row + 2, Number(text))
            : inlineCell(at, row + 2, text, style.text);
        }),
      ),
    ],
    columns: columns.map((column) => ({
      width: Math.min(widest, longestOf(column) + 4),
      look: isNumber(column) ? style.standard : style.text,
    })),
    frozenRows: 1,
    validations: columns.flatMap((column, at) => {
      const letter = letterOf(at);
      const cells = `${letter}2:${letter}${standardLimits.rows + 1}`;
      const xml = dataValidation(cells, validationOf(column, lists));
      return xml === undefined ? [] : [xml];
    }),
  });
}

function namesSheet(lists: readonly List[]): string {
  const longest = Math.max(...lists.map((list) => list.names.length));
  return sheetXml({
    rows: [
      lists.map((list, at) => inlineCell(at, 1, list.title, style.header)),
      ...Array.from({ length: longest }, (_, row) =>
        lists.flatMap((list, at) => {
          const name = list.names[row];
          return name === undefined ? [] : [inlineCell(at, row + 2, name, style.text)];
        }),
      ),
    ],
    columns: lists.map(() => ({ width: widest, look: style.text })),
    frozenRows: 1,
    validations: [],
  });
}

/**
 * Warnings and not errors, because other values can be valid: other spellings, and names that were added after the
 * template.
 */
function validationOf(column: Column, lists: readonly List[]): Validation {
  const hint = hintOf(column.key);
  const said = hint === undefined ? {} : { hint };
  const input = inputOf(column.key);
  switch (input.kind) {
    case 'text':
      return said;
    case 'seconds': {
      const warning = `Whole seconds from 0 to ${longestSeconds}.`;
      return { ...said, warning, wholeNumber: { from: 0, to: longestSeconds } };
    }
    case 'words': {
      const warning = `One of: ${input.words.join(', ')}.`;
      return { ...said, warning, list: `"${input.words.join(',')}"` };
    }
    case 'names': {
      const at = lists.findIndex((list) => list.of === input.of);
      const count = lists[at]?.names.length ?? 0;
      if (count === 0) return said;
      const letter = letterOf(at);
      const list = `${listsSheet}!$${letter}$2:$${letter}$${count + 1}`;
      // Excel compares the whole cell with the list, and a cell with several names is in no list.
      if (input.severalAllowed) return { ...said, list };
      return { ...said, list, warning: 'Nothing had this name when the template was made.' };
    }
  }
}
