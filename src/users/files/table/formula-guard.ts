/**
 * Cells that a spreadsheet would take for a formula (OWASP, CSV injection), made harmless with an
 * apostrophe and read back without it. The two functions undo each other for every text.
 *
 * Not only the beginning of a cell counts. A spreadsheet that is set to another separator cuts a line
 * elsewhere than it was written: for a German Excel `x;=1+1` in a file with commas is two cells, and the second
 * one is a formula. So whatever follows a separator counts as the beginning of a cell.
 */

/** `= + - @` and their wide forms, behind spaces and apostrophes too. */
const formula = String.raw`'*(?:[^\S\t\r\n]|\0)*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]`;
/** A tab or a line break as the first letter of a cell is one as well. */
const beginning = String.raw`^(?='*[\t\r\n]|${formula})`;
const behindSeparator = String.raw`(?<=[,;\t\r\n"])(?=${formula})`;

const unguarded = new RegExp(`${beginning}|${behindSeparator}`, 'g');
const guarded = new RegExp(
  String.raw`^'(?='*[\t\r\n]|${formula})|(?<=[,;\t\r\n"])'(?=${formula})`,
  'g',
);

/** The cell as it may be in a file that somebody opens in a spreadsheet. */
export function guardedCell(cell: string): string {
  return cell.replace(unguarded, "'");
}

/** The cell as it was before it was guarded, by us or by somebody who knows Excel's habits. */
export function plainCell(cell: string): string {
  return cell.includes("'") ? cell.replace(guarded, '') : cell;
}
