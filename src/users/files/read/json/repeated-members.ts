/** Finds members that an entry of a JSON file has twice, of which `JSON.parse` silently keeps the last. */
import { canonicalJson } from '../../../../text/canonical-json.ts';
import { shown } from '../../../../text/tidy.ts';
import { withoutPasswords } from '../../../fields/password-like.ts';
import { knownColumn } from '../../table/match-header.ts';
import type { MemberProblem } from './json-cells.ts';

/** At most this many findings for one entry. */
const mostRepeated = 20;
/** Both values are in one sentence, so each is shortened. */
const longestShown = 30;

type Repeated = { readonly path: readonly string[]; readonly first: string; readonly last: string };

/**
 * The members that occur twice in one object of the entry, with different values.
 *
 * @param text JSON that `JSON.parse` accepts
 */
export function repeatedMembers(text: string): MemberProblem[] {
  const found: Repeated[] = [];
  readValue(text, skipSpace(text, 0), [], found);
  return found.flatMap(({ path, first, last }): MemberProblem[] => {
    const [before, after]: unknown[] = [JSON.parse(first), JSON.parse(last)];
    if (canonicalJson(before) === canonicalJson(after)) return [];
    const header = path.join('.');
    return [{ header, what: inWords(header, before, after) }];
  });
}

function inWords(header: string, before: unknown, after: unknown): string {
  const isPlain = [before, after].every((value) => typeof value !== 'object' || value === null);
  // H4: of two passwords neither is shown.
  if (!isPlain || knownColumn(header)?.key === 'password') return 'there twice, with two values';
  const said = (value: unknown) =>
    `“${shown(withoutPasswords(String(value)).slice(0, longestShown))}”`;
  return `there twice, as ${said(before)} and ${said(after)}`;
}

/** Scans the value that begins there; returns its end. */
function readValue(text: string, from: number, path: readonly string[], found: Repeated[]): number {
  switch (text[from]) {
    case '{':
      return readObject(text, from, path, found);
    case '[':
      return readList(text, from, path, found);
    case '"':
      return endOfText(text, from);
    default: {
      let at = from;
      while (at < text.length && !',]} \t\r\n'.includes(text[at] ?? '')) at += 1;
      return at;
    }
  }
}

function readList(text: string, from: number, path: readonly string[], found: Repeated[]): number {
  let at = skipSpace(text, from + 1);
  while (at < text.length && text[at] !== ']') {
    at = skipSpace(text, readValue(text, at, path, found));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return at + 1;
}

function readObject(
  text: string,
  from: number,
  path: readonly string[],
  found: Repeated[],
): number {
  const values = new Map<string, string[]>();
  let at = skipSpace(text, from + 1);
  while (at < text.length && text[at] !== '}') {
    const nameEnd = endOfText(text, at);
    const name = String(JSON.parse(text.slice(at, nameEnd)));
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    // The object in which describe-user wraps a user is not part of the header.
    const inside = path.length === 0 && name === 'User' ? path : [...path, name];
    const end = readValue(text, start, inside, found);
    const value = text.slice(start, end);
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  for (const [name, [first = '', ...more]] of values) {
    const last = more.find((value) => value !== first);
    if (last === undefined || found.length >= mostRepeated) continue;
    found.push({ path: [...path, name], first, last });
  }
  return at + 1;
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at] ?? '') <= ' ') at += 1;
  return at;
}
