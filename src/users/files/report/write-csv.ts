/** CSV in a given dialect, safe to open in a spreadsheet. */
import { encode } from '../encodings/unicode.ts';
import { guardedCell } from '../table/formula-guard.ts';
import type { Dialect } from '../table/table.ts';

/**
 * Text with a possible delimiter, or the beginning of another kind of file, is quoted, so that no program misreads
 * it.
 */
const needsQuotes = /[",;\t\r\n]|^[\s[{<]|\s$/;

/** Text is encoded in parts of about this length, so that a large file is never in memory as one text. */
const charactersAtOnce = 64 * 1024;

export type CsvWriter = {
  /** Adds a line. None of its cells can become a formula (H6). */
  add(cells: readonly string[]): void;
  /** The whole file in parts, once every line was added; they are not joined, because that needs a second copy. */
  parts(): readonly Uint8Array[];
};

/** Writes lines of cells one by one, and stores them only as bytes. */
export function createCsvWriter(dialect: Dialect): CsvWriter {
  let { encoding, bom } = dialect;
  let pieces: Uint8Array[] = [];
  let text = '';

  const encodeText = () => {
    const piece = encode(text, { encoding, bom: false });
    if (encoding === 'windows-1252' && piece.length !== text.length) {
      // A letter that this encoding does not have: the file becomes UTF-8, as `encode` describes.
      const decoder = new TextDecoder('windows-1252');
      pieces = pieces.map((before) => Buffer.from(decoder.decode(before), 'utf8'));
      encoding = 'utf-8';
      bom = true;
      pieces.push(Buffer.from(text.toWellFormed(), 'utf8'));
    } else {
      pieces.push(piece);
    }
    text = '';
  };

  return {
    add: (cells) => {
      text += lineOf(cells, dialect) + dialect.eol;
      if (text.length >= charactersAtOnce) encodeText();
    },
    parts: () => {
      encodeText();
      const mark = encode('', { encoding, bom });
      return [mark, ...pieces].filter((part) => part.length > 0);
    },
  };
}

/** The same for callers that have all lines. */
export function writeCsv(lines: readonly (readonly string[])[], dialect: Dialect): Uint8Array {
  const writer = createCsvWriter(dialect);
  for (const cells of lines) writer.add(cells);
  return Buffer.concat(writer.parts());
}

function lineOf(cells: readonly string[], dialect: Dialect): string {
  return cells
    .map((cell) => {
      const guarded = guardedCell(cell);
      return needsQuotes.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
    })
    .join(dialect.delimiter);
}
