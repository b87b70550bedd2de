/**
 * Writes a zip file from a few small parts, which is sufficient for a workbook. Reading is separate, because files
 * come from unknown people: see xlsx/parts.ts. The format:
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (APPNOTE 6.3.10).
 */
import { crc32, deflateRawSync } from 'node:zlib';

/** The date of a zip's parts, in MS-DOS format: 2020-01-01 12:00, so that the same parts give the same bytes. */
const date = ((2020 - 1980) << 9) | (1 << 5) | 1;
const time = 12 << 11;
/** Deflate, according to version 2.0 of the format. */
const version = 20;
const deflate = 8;
/** Counts and sizes have 16 and 32 bits; beyond them the format needs its 64-bit form. */
const mostParts = 0xffff;

/**
 * Zips texts, in their order.
 *
 * @param parts names, which must be ASCII, and texts, which are written as UTF-8
 * @throws RangeError for more parts than the format's simple form takes
 */
export function zipOf(parts: readonly (readonly [name: string, text: string])[]): Uint8Array {
  if (parts.length > mostParts) throw new RangeError(`more than ${mostParts} parts`);
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const add = (...added: Buffer[]) => {
    pieces.push(...added);
    for (const { length } of added) at += length;
  };
  for (const [name, text] of parts) {
    const content = Buffer.from(text, 'utf8');
    const packed = deflateRawSync(content);
    const path = Buffer.from(name, 'ascii');
    const facts = fields(
      [2, version],
      [2, 0],
      [2, deflate],
      [2, time],
      [2, date],
      [4, crc32(content)],
      [4, packed.length],
      [4, content.length],
      [2, path.length],
      [2, 0],
    );
    const noComment = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, at]);
    directory.push(fields([4, 0x02014b50], [2, version]), facts, noComment, path);
    add(fields([4, 0x04034b50]), facts, path, packed);
  }
  const begin = at;
  add(...directory);
  const [count, size] = [parts.length, at - begin];
  add(
    fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, begin], [2, 0]),
  );
  return new Uint8Array(Buffer.concat(pieces));
}

/** Numbers one after the other, least significant byte first, each in so many bytes. */
function fields(...numbers: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(numbers.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of numbers) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}
