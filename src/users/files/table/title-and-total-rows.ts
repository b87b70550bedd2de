/** Rows of a file that are not users: titles, comments, totals, separator lines, a repeated header. */

import { type Problem, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import { withoutPasswords } from '../../fields/password-like.ts';
import { knownColumn } from './match-header.ts';
import type { Headers } from './row-cells.ts';
import { isSpreadsheetError, unknownError } from './spreadsheet-error.ts';

/** `Total`, `Summe: 12`, `Count`, as spreadsheets and reports end a table. */
const total =
  /^(?:grand |sub)?(?:total|totals|sum|count|summe|gesamt|anzahl|somme|suma|totale|totaal|итого|合計|総計)(?:\s*(?:users?|agents?|rows?|benutzer|agenten)?\s*[:=]?\s*[\d.,]*)$/iu;
/** `(12 rows affected)`, `12 rows selected.`: the text that a database client writes below a result. */
const resultFooter = /^\(?\d[\d.,]* (?:rows?|records?|users?|zeilen?)\b[^,;]*\)?\.?$/i;
/** `-----`, `=====`, `|---|`: the line below a header. */
const rule = /^(?:[\s|:+]*[-=_]{2,}[-=_\s|:+]*|:-+:?|-+:)$/;
const comment = /^\s*(?:#\s*[^\s\d]|\/\/\s*\S|--\s+\S|;\s*\S)/;
/** Text of reports and people below a table, alone in its row. */
const footer =
  /^(?:\*{2,}.*|`{3}\w*|end of (?:report|file|list|data)\b.*|(?:report|file|list|exported|generated|created|prepared|printed|updated|downloaded)\b.{0,40}\b(?:on|by|at|from|\d{4})\b.*|(?:strictly )?confidential\b.*|internal use only\b.*|page \d+(?: of \d+)?|(?:record|row|user) count\b.*|(?:©|copyright)\b.*|(?:note|source|hinweis|quelle)\s*:.*|stand\s*:?\s*\d.*)$/iu;
/** A title above people who should not be created. */
const titleOfGone =
  /\b(?:leavers?|left|terminat(?:ed|ions?)|inactive|archived?|former|deactivated|disabled|do not (?:create|add)|on hold|cancell?ed|withdrawn|ausgeschieden\w*|ehemalige?|inaktiv\w*|sortants|anciens|bajas|no shows?)\b/iu;
/** The word "Total" in a row with more cells than this is a person's name. */
const mostCellsOfTotal = 3;

export type OddRowHeaders = Pick<Headers, 'texts' | 'isKnown'>;

/** Why a row below the header is not a user, for the list of what was left out; undefined when it may be one. */
export function oddRow(cells: readonly string[], headers: OddRowHeaders): Problem | undefined {
  const odd = isOrdinary(cells) ? undefined : oddText(cells, headers);
  if (odd) return odd;
  return repeatsHeader(cells, headers) ? problem('left-out.header-again') : undefined;
}

/** Matches nearly every row: it begins with a letter or a digit, and has more cells than any total or note. */
function isOrdinary(cells: readonly string[]): boolean {
  if (!startsPlain.test(cells[0] ?? '')) return false;
  let filled = 0;
  for (let at = 0; at < cells.length && filled <= mostCellsOfTotal; at += 1) {
    if ((cells[at] ?? '').trim() !== '') filled += 1;
  }
  return filled > mostCellsOfTotal;
}

const startsPlain = /^[a-z0-9]/i;

/** Why a row is not a user, from its first text. */
function oddText(cells: readonly string[], headers: OddRowHeaders): Problem | undefined {
  const firstAt = cells.findIndex((cell) => cell.trim() !== '');
  const first = cells[firstAt]?.trim() ?? '';
  const filled = cells.filter((cell) => cell.trim() !== '');
  // A custom column can number its rows with `#1`.
  const mayBeComment = headers.isKnown[firstAt] === true || filled.length === 1;
  const isError = isSpreadsheetError(first) || (filled.length > 1 && unknownError.test(first));
  if (mayBeComment && comment.test(first) && !isError) {
    return problem('left-out.comment', { text: shown(withoutPasswords(first)) });
  }
  if (rule.test(first) && filled.every((cell) => rule.test(cell))) return problem('left-out.rule');
  if (filled.length <= mostCellsOfTotal && total.test(first)) {
    return problem('left-out.total', { text: shown(withoutPasswords(first)) });
  }
  if (filled.length === 1 && resultFooter.test(first)) {
    return problem('left-out.total', { text: shown(withoutPasswords(first)) });
  }
  if (filled.length === 1 && footer.test(first)) {
    return problem('left-out.note', { text: shown(withoutPasswords(first)) });
  }
  return undefined;
}

/** Fewer known columns than these make a list, in which a single cell can be a whole row. */
const fewestColumns = 4;

/** The text of a row with a single filled cell, in a table of several columns: a title, or the rest of a user. */
export function aloneInRow(
  cells: readonly string[],
  headers: Pick<Headers, 'isKnown' | 'isPersonal'>,
): string | undefined {
  const at = cells.findIndex((cell) => cell.trim() !== '');
  const isAlone = at >= 0 && cells.every((cell, index) => index === at || cell.trim() === '');
  if (!isAlone || headers.isKnown.filter(Boolean).length < fewestColumns) return undefined;
  return headers.isPersonal[at] === true || headers.isKnown[at] === false
    ? cells[at]?.trim()
    : undefined;
}

/** Whether the people below such a title should not be created: `Leavers`. */
export function isTitleOfGone(title: string): boolean {
  return title.length <= 60 && titleOfGone.test(title);
}

/** A repeated header, or its labels in other words, as some exports write them below it. */
function repeatsHeader(cells: readonly string[], headers: OddRowHeaders): boolean {
  let same = 0;
  let filled = 0;
  for (let at = 0; at < cells.length; at += 1) {
    const text = (cells[at] ?? '').trim();
    if (text === '') continue;
    filled += 1;
    const header = headers.texts[at] ?? '';
    if (headers.isKnown[at] !== true) continue;
    if (text === header.trim()) same += 1;
    else if (couldBeHeader(text, header)) {
      const key = knownColumn(text)?.key;
      if (key !== undefined && key === knownColumn(header)?.key) same += 1;
    }
    // For most rows the first cells show that they are not a header.
    if (filled === 4 && same < 2) return false;
  }
  return filled >= 2 && same >= 2 && same >= filled * 0.6;
}

const letters = /\p{L}/u;

/** A quick check whether two texts begin with the same letter. */
function couldBeHeader(text: string, header: string): boolean {
  if (text.length > 60) return false;
  const [first, second] = [text.charCodeAt(0) | 0x20, header.charCodeAt(0) | 0x20];
  if (isSmallLetter(first) && isSmallLetter(second)) return first === second;
  const prefix = letters.exec(text)?.[0].toLowerCase();
  return prefix !== undefined && prefix === letters.exec(header)?.[0].toLowerCase();
}

function isSmallLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** Why a row above the header is left out. */
export function rowAboveHeader(cells: readonly string[]): Problem {
  const text = shown(cells.filter((cell) => cell.trim() !== '').join(' '));
  if (/^#type\b/i.test(text))
    return problem('left-out.type-line', { text: withoutPasswords(text) });
  if (comment.test(text)) return problem('left-out.comment', { text: withoutPasswords(text) });
  return problem('left-out.title', { text: withoutPasswords(text) });
}
