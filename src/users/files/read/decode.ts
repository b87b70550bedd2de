/** Decodes bytes in any encoding; when several encodings produce names, the sender has to choose. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import { decodedOnce } from '../../fields/names/lost-letters.ts';
import {
  decodeAs,
  encodingLabel,
  isKnownEncoding,
  recognizeEncoding,
} from '../encodings/detect-encoding.ts';
import {
  assertText,
  type Decoded,
  decodedAs,
  decodeUnicode,
  partlyUtf8,
} from '../encodings/unicode.ts';
import type { FileLimits } from '../table/file-limits.ts';
import { type FileChoices, type FileOption, FileQuestionError } from '../table/file-question.ts';
import { namesIn } from './non-ascii-names.ts';

/** UTF-8 that a program has read as something else and encoded again. */
const twice = 'utf-8-twice';
/** The number of words that are examined to determine whether a file was encoded twice. */
const mostWords = 500;
const headBytes = 4_000;
const endOfDosText = 0x1a;

/**
 * Decodes a text file. Throws `FileQuestionError` with the first names in each possible encoding when the bytes are
 * ambiguous, and `ProblemError` for an answer that does not match them.
 */
export async function decode(
  given: Uint8Array,
  choices: FileChoices,
  limits: FileLimits,
): Promise<Decoded> {
  // DOS ends a text with Control-Z, and programs from that time still write it.
  const bytes = given.at(-1) === endOfDosText ? given.subarray(0, -1) : given;
  const { encoding } = choices;
  const unicode = decodeUnicode(bytes);
  if (encoding === twice && unicode)
    return { ...unicode, text: onceLess(unicode.text), readAs: twice };
  if (unicode) {
    const wasTwice = encoding === undefined && unicode.readAs === 'utf-8' && isTwice(unicode.text);
    if (wasTwice) throw await questionAboutTwice(unicode.text, limits);
    return unicode;
  }
  // A file that is not text in any encoding needs no question about its encoding.
  assertText(Buffer.from(bytes.subarray(0, headBytes)).toString('latin1'));
  if (encoding !== undefined) {
    const text = isKnownEncoding(encoding) ? decodeAs(bytes, encoding) : undefined;
    if (text !== undefined) return decodedAs(text, encoding);
    throw new ProblemError(problem('file.not-that-encoding', { encoding: shown(encoding) }));
  }
  const found = recognizeEncoding(bytes);
  if (found.kind === 'certain') {
    return decodedAs(decodeAs(bytes, found.encoding) ?? '', found.encoding);
  }
  const partly = partlyUtf8(bytes);
  if (partly) return partly;
  if (found.candidates.length === 0) throw new ProblemError(problem('file.unknown-encoding'));
  const options = await Promise.all(
    found.candidates.map(async ({ encoding: value, label }): Promise<FileOption> => {
      const preview = await namesIn(decodeAs(bytes, value) ?? '', limits);
      return { value, label, preview };
    }),
  );
  throw new FileQuestionError({
    kind: 'encoding',
    problem: problem('file.which-encoding', { encodings: listed(options) }),
    options,
  });
}

function listed(options: readonly FileOption[]): string {
  return options
    .map(({ label, preview }) => (preview[0] === undefined ? label : `${label}: ${preview[0]}`))
    .join(' · ');
}

/** Whether nearly every word with a non-ASCII letter was encoded twice. */
function isTwice(text: string): boolean {
  const words = oddWords(text);
  // A name or a word of a title occurs many times.
  const known = new Map<string, boolean>();
  const repaired = words.filter((word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const isRepaired = decodedOnce(word) !== undefined;
    known.set(word, isRepaired);
    return isRepaired;
  }).length;
  return repaired > 0 && repaired >= words.length * 0.9;
}

/** A single pass over the text: a pattern for the whole word would scan a cell of 1 MB once for each letter. */
function oddWords(text: string): string[] {
  const words: string[] = [];
  const oddLetter = /[^\s,;|"\0-\u007F]/g;
  const separator = /[\s,;|"]/g;
  while (words.length < mostWords) {
    const at = oddLetter.exec(text)?.index;
    if (at === undefined) break;
    let start = at;
    while (start > 0 && !/[\s,;|"]/.test(text.charAt(start - 1))) start -= 1;
    separator.lastIndex = at;
    const end = separator.exec(text)?.index ?? text.length;
    words.push(text.slice(start, end));
    oddLetter.lastIndex = end;
  }
  return words;
}

function onceLess(text: string): string {
  return text.replace(/[^\r\n,;|\t"]+/g, (cell) => decodedOnce(cell) ?? cell);
}

async function questionAboutTwice(text: string, limits: FileLimits): Promise<FileQuestionError> {
  const options = [
    { value: twice, label: 'Encoded twice', preview: await namesIn(onceLess(text), limits) },
    { value: 'utf-8', label: encodingLabel('utf-8'), preview: await namesIn(text, limits) },
  ];
  return new FileQuestionError({
    kind: 'encoding',
    problem: problem('file.which-encoding', { encodings: listed(options) }),
    options,
  });
}
