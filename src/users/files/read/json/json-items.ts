/** The entries of a JSON file, separated before they are parsed: one user, a list, or one per line. */
import { ProblemError, problem } from '../../../../errors/problem.ts';
import type { FileLimits } from '../../table/file-limits.ts';
import { closesOutput } from './json-output.ts';

export type JsonItem = {
  readonly text: string;
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
};

/** CreateUser's input has four levels; a deeper one is only intended to exhaust the stack. */
const deepest = 32;

/** An object of hundreds of thousands of keys takes seconds to parse; no user has a hundredth of this. */
const mostMembers = 10_000;

/**
 * Scans the file once, without recursion, and yields each entry: those of a list that spans the whole file, or
 * otherwise the consecutive values. Only brackets and strings are recognized here; each entry is parsed separately,
 * so that an error is found on its line and no single step takes long. Throws `ProblemError`.
 *
 * @param listAt the start of the list inside an output of the AWS CLI
 */
export function* jsonItems(
  text: string,
  limits: Pick<FileLimits, 'columns'>,
  listAt?: number,
): Generator<JsonItem> {
  const isList = listAt !== undefined || /^\s*\[/.test(text);
  const outer = isList ? 1 : 0;
  let line = listAt === undefined ? 1 : text.slice(0, listAt).split('\n').length;
  let depth = 0;
  let listIsOver = false;
  /** The start of the current entry; -1 between two. */
  let start = -1;
  let startLine = 1;
  let members = 0;
  const wrong = () => new ProblemError(problem('file.json-syntax', { line }));
  const item = (end: number): JsonItem => {
    const item = { text: text.slice(start, end), line: startLine };
    start = -1;
    return item;
  };
  for (let at = listAt ?? text.search(/\S/); at >= 0 && at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (letter === '\n') line += 1;
    if (letter <= ' ') continue;
    if (listIsOver) throw wrong();
    if (isList && depth === 0) {
      depth = 1;
      continue;
    }
    if (letter === ',' && depth === outer) {
      if (!isList || start < 0) throw wrong();
      yield item(at);
      continue;
    }
    if (letter === ']' && isList && depth === 1) {
      if (start >= 0) yield item(at);
      if (listAt !== undefined && !closesOutput(text.slice(at + 1))) throw wrong();
      if (listAt !== undefined) return;
      listIsOver = true;
      continue;
    }
    if (start < 0) {
      start = at;
      startLine = line;
      members = 0;
    }
    if (letter === '{' || letter === '[') {
      depth += 1;
      if (depth > deepest) throw new ProblemError(problem('file.json-deep', { line }));
    } else if (letter === '}' || letter === ']') {
      depth -= 1;
      if (depth < outer) throw wrong();
      if (!isList && depth === 0) yield item(at + 1);
    } else if (letter === '"') {
      at = endOfText(text, at);
      if (at < 0) throw wrong();
    } else if (letter === ':') {
      members += 1;
      if (members > mostMembers) {
        throw new ProblemError(problem('file.too-many-columns', { limit: limits.columns }));
      }
    }
  }
  if (isList && !listIsOver) throw wrong();
  // Anything but brackets and strings becomes a separate entry, which is then refused.
  if (start >= 0) yield item(text.length);
}

/** The position of the quotation mark that closes a string; -1 when there is none on its line. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') return at;
    if (letter === '\n') return -1;
    if (letter === '\\') at += 1;
  }
  return -1;
}

const manyDigits = /\d{16}/;

/** A number with more digits than a number can represent stays text, such as a username of 20 digits. */
function withAllDigits(
  _key: string,
  value: unknown,
  { source }: { source?: string } = {},
): unknown {
  const isLost =
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '');
  return isLost ? source : value;
}

/** Parses one entry. Throws `ProblemError` with the line of the error, as far as known. */
export function parseItem(item: JsonItem): unknown {
  try {
    return manyDigits.test(item.text)
      ? JSON.parse(item.text, withAllDigits)
      : JSON.parse(item.text);
  } catch {
    // V8's own message quotes the text, which can be a password.
    const line = item.line + linesBeforeFault(item.text);
    throw new ProblemError(problem('file.json-syntax', { line }));
  }
}

/** A longer entry is not parsed a dozen times only to find the line of its error. */
const longestSearched = 200_000;

/**
 * V8 reports a position for some errors only. The line is the first one whose text, with everything before it, has an
 * error other than at its end.
 */
function linesBeforeFault(text: string): number {
  if (text.length > longestSearched) return 0;
  const lines = text.split('\n');
  let right = 0;
  let wrong = lines.length;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (goesWrongInside(lines.slice(0, middle).join('\n'))) wrong = middle;
    else right = middle;
  }
  return wrong - 1;
}

function goesWrongInside(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/end of JSON input/.test(message)) return false;
    const at = /at position (\d+)/.exec(message)?.[1];
    return at === undefined || Number(at) < text.trimEnd().length;
  }
}
