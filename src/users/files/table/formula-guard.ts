/**
 * Cells that a spreadsheet would take for a formula (OWASP, CSV injection), made harmless with an
 * apostrophe and read back without it. The two functions undo each other for every text.
 */

/** `= + - @`, their wide forms, tab and line breaks at the beginning, behind blanks and apostrophes too. */
const risky = /^'*(?:[\t\r\n]|[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/** The cell as it may stand in a file that somebody opens in a spreadsheet. */
export function guardedCell(cell: string): string {
  return risky.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before it was guarded, by us or by somebody who knows Excel's habits. */
export function plainCell(cell: string): string {
  return cell.charCodeAt(0) === 0x27 && risky.test(cell) ? cell.slice(1) : cell;
}
