/**
 * Splits a command line into its words, as a POSIX shell does, including the changes that Slack and keyboards make to
 * it.
 */
import { ProblemError, problem } from '../../errors/problem.ts';
import { shown } from '../../text/tidy.ts';

const closing: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  // Keyboards with autocorrection convert straight quotation marks into typographic ones.
  '“': '”',
  '‘': '’',
};

/** Slack escapes three characters in the text of a command and may convert addresses and numbers into links. */
const links = /<(?:mailto|tel|https?):[^<>|]*\|([^<>|]*)>/g;
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Undoes Slack's changes to the text of a slash command. */
export function asTyped(text: string): string {
  return text.replace(links, '$1').replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? '');
}

/**
 * Splits a command into words. Quotation marks and backslashes are read as a POSIX shell reads them
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02), a line may continue after `\`,
 * `^` (cmd.exe) or a backtick (PowerShell), typographic quotation marks count as straight ones, and a dash that was
 * made of two hyphens counts as these. Nothing is expanded. Throws `ProblemError` `paste.open-quote`.
 */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  // An unclosed quotation mark is reported with the option before it, because the text after it can be a password.
  const text = command
    .replace(/[\\^`][ \t]*\r?\n/g, ' ')
    // A text field with one line replaces line breaks with spaces.
    .replace(/(^|\s)[\\^`]\s+(?=(?:--|[–—])[A-Za-z])/g, '$1');
  let word: string | null = null;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const close = closing[char];
    if (close !== undefined) {
      const quoted = readQuoted(text, at, close, [...words, word ?? '']);
      word = (word ?? '') + quoted.value;
      at = quoted.end;
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else if (char === '\\') {
      word = (word ?? '') + text.charAt(at + 1);
      at += 2;
    } else {
      word = (word ?? '') + char;
      at += 1;
    }
  }
  if (word !== null) words.push(word);
  return words.map((word) => word.replace(/^[–—](?=[A-Za-z])/, '--'));
}

function readQuoted(
  text: string,
  start: number,
  close: string,
  before: readonly string[],
): { value: string; end: number } {
  const isLiteral = close === "'" || close === '’';
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    // A keyboard may convert only one of a pair.
    if (char === close || (close === '”' && char === '"')) return { value, end: at + 1 };
    const next = text.charAt(at + 1);
    if (!isLiteral && char === '\\' && /["\\$`”]/.test(next)) {
      value += next;
      at += 1;
    } else value += char;
  }
  const option = before.findLast((word) => word.startsWith('--'))?.split('=')[0];
  throw new ProblemError(problem('paste.open-quote', { option: shown(option ?? 'the beginning') }));
}
