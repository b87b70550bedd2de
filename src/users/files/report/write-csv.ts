/** CSV in a given dialect, safe to open in a spreadsheet. */
import { encode } from '../read/encoding.ts';
import { guardedCell } from '../table/formula-guard.ts';
import type { Dialect } from '../table/table.ts';

/** Whatever might be a delimiter, or the beginning of another kind of file, is quoted: nobody guesses wrong. */
const needsQuotes = /[",;\t\r\n]|^[\s[{<]|\s$/;

/** Writes lines of cells. None of them can become a formula (H6). */
export function writeCsv(lines: readonly (readonly string[])[], dialect: Dialect): Uint8Array {
  const text = lines.map((cells) => lineOf(cells, dialect) + dialect.eol).join('');
  return encode(text, dialect);
}

function lineOf(cells: readonly string[], dialect: Dialect): string {
  return cells
    .map((cell) => {
      const guarded = guardedCell(cell);
      return needsQuotes.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
    })
    .join(dialect.delimiter);
}
