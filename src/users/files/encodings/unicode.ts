/** Bytes into text and back: the encodings in which spreadsheets save. */
import { isUtf8 } from 'node:buffer';
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { Dialect, Encoding } from '../table/table.ts';

export type Decoded = Pick<Dialect, 'encoding' | 'bom'> & {
  readonly text: string;
  /** The encoding with which the bytes were read, by its WHATWG name; reports are written in `encoding`. */
  readonly readAs: string;
};

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The encoding of Japanese mail switches between its tables with an escape; all its bytes are ASCII. */
const iso2022jp = ['\u001B$@', '\u001B$B'];

/**
 * Reads the bytes as text when they identify their encoding: by a byte order mark, or as valid UTF-16 or UTF-8.
 * Undefined for text in the encoding of a country, which can only be determined from its letters.
 */
export function decodeUnicode(bytes: Uint8Array): Decoded | undefined {
  for (const [encoding, mark] of marks) {
    if (!mark.every((byte, at) => bytes[at] === byte)) continue;
    const text = read(bytes.subarray(mark.length), encoding);
    return { encoding, bom: true, text, readAs: encoding };
  }
  const wide = unmarkedUtf16(bytes);
  if (wide) return { encoding: wide, bom: false, text: read(bytes, wide), readAs: wide };
  const text = read(bytes, 'utf-8');
  const plain = { encoding: 'utf-8', bom: false } as const;
  // Valid bytes are checked first: a � that an earlier program wrote must not count as an invalid byte.
  if (isUtf8(bytes)) {
    if (!iso2022jp.some((start) => text.includes(start)))
      return { ...plain, text, readAs: 'utf-8' };
    const japanese = new TextDecoder('iso-2022-jp').decode(bytes);
    return { ...plain, bom: true, text: japanese, readAs: 'iso-2022-jp' };
  }
  return isMostlyUtf8(text) ? { ...plain, text, readAs: 'utf-8' } : undefined;
}

/** Text that was read in the encoding of a country; its report is in UTF-8 unless the encoding was Western. */
export function decodedAs(text: string, readAs: string): Decoded {
  return readAs === 'windows-1252'
    ? { encoding: 'windows-1252', bom: false, text, readAs }
    : { encoding: 'utf-8', bom: true, text, readAs };
}

function read(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/**
 * UTF-16 has zeros in every second byte: of Western letters, and in other scripts of the commas, digits and headers.
 * No other text has any.
 */
function unmarkedUtf16(bytes: Uint8Array): Encoding | undefined {
  const sample = bytes.subarray(0, 2_000);
  if (sample.length < 4) return undefined;
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros.map((count) => count / (sample.length / 2));
  if (odd > 0.1 && even < odd / 20) return 'utf-16le';
  if (even > 0.1 && odd < even / 20) return 'utf-16be';
  return undefined;
}

/**
 * A single invalid letter in a UTF-8 file must not turn every other umlaut into two letters; in a Windows-1252 file
 * nearly every non-ASCII letter is invalid UTF-8.
 */
function isMostlyUtf8(text: string): boolean {
  const { whole, broken } = lettersBeyondAscii(text);
  return whole >= 3 * broken;
}

function lettersBeyondAscii(text: string): { whole: number; broken: number } {
  const broken = text.split('\uFFFD').length - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  const whole = text.match(/[^\x00-\x7F\uFFFD]/gu)?.length ?? 0;
  return { whole, broken };
}

/**
 * Bytes that no encoding decodes into names are read as UTF-8 if at least half of their letters are valid UTF-8:
 * lines of two files in one. Lost letters are found in each cell.
 */
export function partlyUtf8(bytes: Uint8Array): Decoded | undefined {
  const text = read(bytes, 'utf-8');
  const { whole, broken } = lettersBeyondAscii(text);
  return whole >= 2 && whole >= broken
    ? { encoding: 'utf-8', bom: false, text, readAs: 'utf-8' }
    : undefined;
}

/** A reversed table of the letter of each byte in Windows-1252. */
function windows1252Bytes(): Map<number, number> {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const letters = new TextDecoder('windows-1252').decode(all);
  return new Map([...letters].map((letter, byte) => [letter.codePointAt(0) ?? 0, byte]));
}

/**
 * Writes text in the dialect's encoding. With a letter that Windows-1252 does not have, the text becomes UTF-8 with a
 * byte order mark, which every Excel that reads the former also reads; half a surrogate pair becomes �.
 */
export function encode(text: string, dialect: Pick<Dialect, 'encoding' | 'bom'>): Uint8Array {
  const whole = text.toWellFormed();
  switch (dialect.encoding) {
    case 'utf-8':
      return Buffer.from(dialect.bom ? `\uFEFF${whole}` : whole, 'utf8');
    case 'utf-16le':
      return Buffer.from(dialect.bom ? `\uFEFF${whole}` : whole, 'utf16le');
    case 'utf-16be':
      return Buffer.from(dialect.bom ? `\uFEFF${whole}` : whole, 'utf16le').swap16();
    case 'windows-1252': {
      const byteOf = windows1252Bytes();
      const bytes = new Uint8Array(whole.length);
      for (let at = 0; at < whole.length; at += 1) {
        const byte = byteOf.get(whole.charCodeAt(at));
        if (byte === undefined) return encode(whole, { encoding: 'utf-8', bom: true });
        bytes[at] = byte;
      }
      return bytes;
    }
  }
}

/** Control characters that occur in no text; a few are tolerated as errors of another program. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0B\x0C\x0E-\x1A\x1C-\x1F]/g;

/** Throws when the decoded bytes are not text or contain NUL. */
export function assertText(text: string): void {
  const head = text.slice(0, 4_000);
  const strange = head.match(controls)?.length ?? 0;
  if (strange > head.length / 20) throw new ProblemError(problem('file.binary'));
  const nul = text.indexOf('\0');
  if (nul < 0) return;
  const row = text.slice(0, nul).split(/\r\n|\n|\r/).length;
  throw new ProblemError(problem('file.nul', { row }));
}
