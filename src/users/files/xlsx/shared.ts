/** Data to which the cells of a workbook refer: shared texts, and the formats of styles. */

import type { FileLimits } from '../table/file-limits.ts';
import { createBudget } from '../table/text-limit.ts';
import type { Parts } from './parts.ts';
import { readXml } from './xml.ts';

/** A table of 10,000 rows and 100 columns has no more. */
const mostTexts = 1_000_000;

/**
 * The shared texts in their order, without formatting and pronunciation aids (rPh). They are cut off when they are
 * longer than any cell may be. Throws `ProblemError` when their total size is too large.
 */
export async function readSharedStrings(
  part: string,
  parts: Parts,
  limits: FileLimits,
): Promise<string[]> {
  const budget = createBudget(limits);
  const texts: string[] = [];
  const pieces: string[] = [];
  let length = 0;
  let inText = false;
  let aids = 0;
  await readXml(parts.read(part), {
    open: (name) => {
      if (name === 'si') {
        pieces.length = 0;
        length = 0;
      } else if (name === 'rPh') aids += 1;
      else if (name === 't') inText = aids === 0;
    },
    text: (text) => {
      if (!inText || length > limits.cellCharacters) return;
      pieces.push(text);
      length += text.length;
    },
    close: (name) => {
      if (name === 'si') {
        // A slice of the text would keep the whole text in memory.
        const whole = unescaped(pieces.join(''));
        const text = whole.length > limits.cellCharacters ? cutOff(whole, limits) : whole;
        budget.spend(text.length);
        if (texts.length >= mostTexts) budget.spend(Infinity);
        texts.push(text);
      } else if (name === 'rPh') aids -= 1;
      else if (name === 't') inText = false;
    },
  });
  return texts;
}

function cutOff(text: string, limits: FileLimits): string {
  const head = text.slice(0, limits.cellCharacters + 1);
  return Buffer.from(head, 'utf16le').toString('utf16le');
}

/** Characters that XML cannot hold are written `_x000D_` (ECMA-376, ST_Xstring). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

export type Formats = {
  /** The number format of each cell style. */
  readonly ids: readonly number[];
  /** The workbook's own formats. */
  readonly own: ReadonlyMap<number, string>;
  /** Whether the text of each cell style is struck through. */
  readonly struck: readonly boolean[];
};

export async function readFormats(part: string, parts: Parts): Promise<Formats> {
  const ids: number[] = [];
  const own = new Map<number, string>();
  const struckFonts = new Set<number>();
  const struck: boolean[] = [];
  let fonts = 0;
  let inFonts = false;
  let inCellStyles = false;
  await readXml(parts.read(part), {
    open: (name, attributes) => {
      if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'fonts') inFonts = true;
      else if (name === 'font' && inFonts) fonts += 1;
      else if (name === 'strike' && inFonts) {
        if (!['0', 'false'].includes(attributes.get('val') ?? '1')) struckFonts.add(fonts - 1);
      } else if (name === 'xf' && inCellStyles) {
        ids.push(Number(attributes.get('numFmtId') ?? 0));
        struck.push(struckFonts.has(Number(attributes.get('fontId') ?? 0)));
      } else if (name === 'numFmt') {
        own.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '');
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false;
      else if (name === 'fonts') inFonts = false;
    },
  });
  return { ids, own, struck };
}
