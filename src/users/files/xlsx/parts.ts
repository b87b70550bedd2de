/** The parts of a workbook, unpacked in small pieces and only as far as a budget allows. */
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { FileLimits } from '../table/file-limits.ts';
import { yieldToEventLoop } from '../table/table.ts';

export type Parts = {
  has(name: string): boolean;
  /** The text of a part, piece by piece. Throws `ProblemError` when the budget of all parts is spent. */
  read(name: string): AsyncIterable<string>;
  close(): void;
};

/** A workbook has dozens of parts; a zip with more is intended to overload the reader. */
const mostParts = 5_000;
/** How many characters are passed on before yielding to the event loop. */
const lettersAtOnce = 128 * 1024;

/**
 * Lists the parts of the zip. The declared sizes are not trusted (a zip bomb falsifies them), so the output is
 * counted.
 */
export async function openParts(bytes: Uint8Array, limits: FileLimits): Promise<Parts> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await fromBufferPromise(content, { lazyEntries: true });
  const entries = await readEntries(zip);
  let left = limits.unpackedBytes;
  return {
    has: (name) => entries.has(name.toLowerCase()),
    close: () => zip.close(),
    async *read(name) {
      const entry = entries.get(name.toLowerCase());
      if (!entry) throw new Error(`the workbook has no part ${name}`);
      if (entry.isEncrypted()) throw new ProblemError(problem('file.encrypted'));
      const stream = await zip.openReadStreamPromise(entry);
      let decoder: TextDecoder | undefined;
      let unyielded = 0;
      for await (const piece of stream as AsyncIterable<Buffer>) {
        left -= piece.length;
        if (left < 0) {
          const limit = Math.round(limits.unpackedBytes / 1024 / 1024);
          throw new ProblemError(problem('file.unpacks-too-big', { limit }));
        }
        decoder ??= new TextDecoder(encodingOf(piece));
        const text = decoder.decode(piece, { stream: true });
        yield text;
        unyielded += text.length;
        if (unyielded < lettersAtOnce) continue;
        unyielded = 0;
        await yieldToEventLoop();
      }
    },
  };
}

async function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= mostParts) throw new Error(`more than ${mostParts} parts`);
    entries.set(entry.fileName.toLowerCase(), entry);
  }
  return entries;
}

/** Office writes UTF-8; the standard also allows UTF-16, which begins with a byte order mark. */
function encodingOf(piece: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le';
  if (piece[0] === 0xfe && piece[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
