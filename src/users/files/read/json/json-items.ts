/** The entries of a JSON file, cut apart before they are parsed: one user, a list, or one a line. */
import { ProblemError, problem } from '../../../../errors/problem.ts';
import type { FileLimits } from '../../table/file-limits.ts';
import { closesOutput } from './json-output.ts';

export type JsonItem = {
  readonly text: string;
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
};

/** CreateUser's input is four deep; what goes deeper is only made to exhaust the stack of a program. */
const deepest = 32;

/** An object of hundreds of thousands of keys takes seconds to parse; no user has a hundredth of this. */
const mostMembers = 10_000;

/**
 * Goes through the file once, without a stack, and yields each entry: those of a list that spans the whole
 * file, or else the values that stand one after the other. Only brackets and texts are looked at here;
 * each entry is parsed by itself, so that a mistake is found on its line and no single step takes long.
 * Throws `ProblemError`.
 *
 * @param listAt where the list begins that is inside an output of the AWS command line
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
  /** Where the entry begins that is being gone through; -1 between two. */
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
  // Anything but brackets and strings is parsed as a separate entry, which then is refused.
  if (start >= 0) yield item(text.length);
}

/** Where the quotation mark is that closes a text; -1 when none does on its line. */
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

/** A number of more digits than a number keeps stays the text that it is: a username of 20 digits. */
function withAllDigits(
  _key: string,
  value: unknown,
  { source }: { source?: string } = {},
): unknown {
  const isLost =
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '');
  return isLost ? source : value;
}

/** Parses one entry. Throws `ProblemError` with the line on which its text goes wrong, as far as known. */
export function parseItem(item: JsonItem): unknown {
  try {
    return manyDigits.test(item.text)
      ? JSON.parse(item.text, withAllDigits)
      : JSON.parse(item.text);
  } catch {
    // V8's own message quotes what is there, which may be a password.
    const line = item.line + linesBeforeFault(item.text);
    throw new ProblemError(problem('file.json-syntax', { line }));
  }
}

/** An entry of more characters is not parsed a dozen times for the sake of its line. */
const longestSearched = 200_000;

/**
 * V8 names a position for some mistakes only. The line is the first that, with all before it, goes wrong
 * anywhere but at its end.
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
