/**
 * Makes cells that a spreadsheet would treat as a formula (OWASP, CSV injection) harmless with an apostrophe, and
 * reads them back without it. The two functions undo each other for every text.
 *
 * The beginning of a cell is not sufficient. A spreadsheet with a different separator splits a line at other places:
 * for a German Excel `x;=1+1` in a file with commas is two cells, and the second one is a formula. So text after any
 * separator counts as the beginning of a cell.
 */

/** `= + - @` and their fullwidth forms, also after spaces and apostrophes. */
const formula = String.raw`'*(?:[^\S\t\r\n]|\0)*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]`;
/** A tab or a line break as the first character of a cell counts as well. */
const beginning = String.raw`^(?='*[\t\r\n]|${formula})`;
const behindSeparator = String.raw`(?<=[,;\t\r\n"])(?=${formula})`;

const unguarded = new RegExp(`${beginning}|${behindSeparator}`, 'g');
const guarded = new RegExp(
  String.raw`^'(?='*[\t\r\n]|${formula})|(?<=[,;\t\r\n"])'(?=${formula})`,
  'g',
);

/** The cell in a form that is safe to open in a spreadsheet. */
export function guardedCell(cell: string): string {
  return cell.replace(unguarded, "'");
}

/** The cell before it was guarded, by this bot or by a person who wrote the apostrophe in Excel. */
export function plainCell(cell: string): string {
  return cell.includes("'") ? cell.replace(guarded, '') : cell;
}
