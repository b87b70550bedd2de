/**
 * Which encoding a text is in that says nothing of it: each that could be is tried, and what it makes of the names is
 * compared with how names look in the languages that it is used for. When two encodings give plausible names, only the
 * sender of the file can say which is right.
 *
 * Made by hand because libraries that guess encodings (jschardet, chardet) know languages by their prose, and a list of
 * ten names under an English header is none.
 */
import { decodeCodePage, isCodePage } from './code-pages.ts';
import { type Language, languages } from './languages.ts';
import { type Likelihood, likelihoodOf } from './likelihood.ts';

export type Candidate = {
  /** The Web's name of the encoding, or `ibm…` for code pages of DOS. */
  readonly encoding: string;
  /** The displayed name. */
  readonly label: string;
  /** How plausible its names are; 0 would be perfect. */
  readonly score: number;
};

export type Recognized =
  | { readonly kind: 'certain'; readonly encoding: string; readonly label: string }
  /** Empty when no encoding decodes the bytes into names. */
  | { readonly kind: 'unclear'; readonly candidates: readonly Candidate[] };

type Encoding = {
  readonly encoding: string;
  readonly label: string;
  readonly languages: readonly Language[];
  /** Rarely used today: old Macs, DOS, ISO. */
  readonly isOld?: boolean;
};

const western = [
  languages.french,
  languages.german,
  languages.spanish,
  languages.portuguese,
  languages.italian,
  languages.nordic,
];
const central = [
  languages.german,
  languages.polish,
  languages.czech,
  languages.hungarian,
  languages.romanian,
  languages.croatian,
];
/** Latin-9 has the letters of Czech, Finnish and Baltic names that Latin-1 lacks. */
const western15 = [...western, languages.czech, languages.baltic, languages.croatian];
const cyrillic = [languages.russian, languages.ukrainian];

/** In order of frequency; if two read the file identically, the first is used. */
const encodings: readonly Encoding[] = [
  { encoding: 'windows-1252', label: 'Western European (Windows)', languages: western },
  { encoding: 'shift_jis', label: 'Japanese (Shift JIS)', languages: [languages.japanese] },
  {
    encoding: 'gb18030',
    label: 'Chinese, simplified (GBK)',
    languages: [languages.simplifiedChinese],
  },
  {
    encoding: 'big5',
    label: 'Chinese, traditional (Big5)',
    languages: [languages.traditionalChinese],
  },
  { encoding: 'euc-kr', label: 'Korean (EUC-KR)', languages: [languages.korean] },
  { encoding: 'windows-1250', label: 'Central European (Windows)', languages: central },
  { encoding: 'windows-1251', label: 'Cyrillic (Windows)', languages: cyrillic },
  { encoding: 'windows-1254', label: 'Turkish (Windows)', languages: [languages.turkish] },
  { encoding: 'windows-1253', label: 'Greek (Windows)', languages: [languages.greek] },
  { encoding: 'windows-1257', label: 'Baltic (Windows)', languages: [languages.baltic] },
  { encoding: 'windows-1255', label: 'Hebrew (Windows)', languages: [languages.hebrew] },
  { encoding: 'windows-1256', label: 'Arabic (Windows)', languages: [languages.arabic] },
  { encoding: 'windows-874', label: 'Thai (Windows)', languages: [languages.thai] },
  { encoding: 'windows-1258', label: 'Vietnamese (Windows)', languages: [languages.vietnamese] },
  { encoding: 'macintosh', label: 'Western European (Mac)', languages: western, isOld: true },
  { encoding: 'ibm850', label: 'Western European (DOS)', languages: western, isOld: true },
  { encoding: 'ibm437', label: 'United States (DOS)', languages: western, isOld: true },
  { encoding: 'iso-8859-2', label: 'Central European (ISO)', languages: central, isOld: true },
  { encoding: 'ibm852', label: 'Central European (DOS)', languages: central, isOld: true },
  { encoding: 'koi8-u', label: 'Cyrillic (KOI8)', languages: cyrillic, isOld: true },
  { encoding: 'ibm866', label: 'Cyrillic (DOS)', languages: cyrillic, isOld: true },
  { encoding: 'x-mac-cyrillic', label: 'Cyrillic (Mac)', languages: cyrillic, isOld: true },
  { encoding: 'iso-8859-5', label: 'Cyrillic (ISO)', languages: cyrillic, isOld: true },
  { encoding: 'euc-jp', label: 'Japanese (EUC)', languages: [languages.japanese], isOld: true },
  { encoding: 'iso-8859-15', label: 'Western European (ISO)', languages: western15, isOld: true },
  { encoding: 'iso-8859-7', label: 'Greek (ISO)', languages: [languages.greek], isOld: true },
];

/** Encodings that a person may choose: those that are tried, and the two of Unicode. */
export function isKnownEncoding(encoding: string): boolean {
  return encoding === 'utf-8' || encodings.some((known) => known.encoding === encoding);
}

/** The displayed name, such as `Japanese (Shift JIS)`. */
export function encodingLabel(encoding: string): string {
  return encodings.find((known) => known.encoding === encoding)?.label ?? encoding.toUpperCase();
}

/** The bytes decoded as text; undefined when they are not valid in this encoding. */
export function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  if (isCodePage(encoding)) return decodeCodePage(bytes, encoding);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** This number of words is as informative as all of them. */
const mostWords = 60;
/** A sample of the lines that are not plain ASCII. */
const sampleBytes = 8 * 1024;
/** Mean values per letter: text with a lower value is not a name in that language. */
const worstName = -6;
/**
 * How much better the best encoding must be so that no question is needed, summed over the words: thirty times as
 * likely.
 */
const clearMargin = 3.5;
/** How much less likely a rarely used encoding is. */
const oldHandicap = 2;
/** Encodings that are worse than the best by more than this do not decode the bytes into names. */
const plausibleWithin = 1.6;
/** More words than this do not make the same margin more certain. */
const wordsThatTell = 40;
const mostOptions = 4;

const measures: ReadonlyMap<Language, Likelihood> = new Map(
  Object.values(languages).map((language) => [language, likelihoodOf(language)]),
);

function measureOf(language: Language): Likelihood {
  return measures.get(language) ?? likelihoodOf(language);
}

/** Determines the encoding of bytes that are not ASCII, UTF-8 or UTF-16. */
export function recognizeEncoding(bytes: Uint8Array): Recognized {
  const sample = oddLines(bytes);
  const readings = new Map<string, Candidate & { readonly words: number }>();
  for (const { encoding, label, languages: used, isOld } of encodings) {
    const text = decodeAs(sample, encoding);
    if (text === undefined) continue;
    const words = oddWords(text);
    const key = words.join(' ');
    if (readings.has(key)) continue;
    // Non-breaking spaces, which come from web pages, and typographic apostrophes are not letters.
    const mean = words.length === 0 ? signsAlone(text) : meanOf(words, used);
    const score = mean - (isOld ? oldHandicap / Math.min(words.length, wordsThatTell) : 0);
    readings.set(key, { encoding, label, score, words: Math.max(1, words.length) });
  }
  const sorted = [...readings.values()].sort((left, right) => right.score - left.score);
  const [best, second] = sorted;
  if (!best)
    return { kind: 'certain', encoding: 'windows-1252', label: encodingLabel('windows-1252') };
  const margin = second
    ? (best.score - second.score) * Math.min(best.words, wordsThatTell)
    : Infinity;
  if (best.score > worstName && margin >= clearMargin) {
    return { kind: 'certain', encoding: best.encoding, label: best.label };
  }
  if (best.score <= worstName) return { kind: 'unclear', candidates: [] };
  const plausible = sorted.filter(({ score }) => best.score - score <= plausibleWithin);
  return {
    kind: 'unclear',
    candidates: (plausible.length > 1 ? plausible : sorted).slice(0, mostOptions),
  };
}

/**
 * The mean over the words in the best language. A list of people is mostly, but never completely, in one language, so
 * each word counts half with the file's language and half with its own best one.
 */
function meanOf(words: readonly string[], used: readonly Language[]): number {
  const scores = used.map((language) => words.map(measureOf(language)));
  const best = words.map((_, at) => Math.max(...scores.map((own) => own[at] ?? 0)));
  const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
  return (Math.max(...scores.map(sumOf)) + sumOf(best)) / 2 / words.length;
}

/**
 * How likely it is that the only non-ASCII characters are spaces and apostrophes: likely in `O’Neill`, unlikely in
 * `Garc’a`.
 */
function signsAlone(text: string): number {
  return /\p{Ll}[\u00A0\u3000’]\p{Ll}/u.test(text) ? -4 : -0.5;
}

/** Words with a non-ASCII letter, each once. */
function oddWords(text: string): string[] {
  const words = new Set<string>();
  for (const word of text.split(/[\s!-&(-@[-`{-~\u3000・]+|(?<=^|\s)'|'(?=\s|$)/u)) {
    if (/[^ -~’]/.test(word)) words.add(word);
    if (words.size >= mostWords) break;
  }
  return [...words];
}

/** The lines with a non-ASCII byte, because the others are the same in every encoding. */
function oddLines(bytes: Uint8Array): Uint8Array {
  const lines: Uint8Array[] = [];
  let size = 0;
  let start = 0;
  let isOdd = false;
  for (let at = 0; at <= bytes.length && size < sampleBytes; at += 1) {
    const byte = bytes[at];
    if (byte !== undefined && byte !== 0x0a && byte !== 0x0d) {
      if (byte >= 0x80) isOdd = true;
      continue;
    }
    if (isOdd) {
      const line = beginning(bytes.subarray(start, at + 1));
      lines.push(line);
      size += line.length;
    }
    start = at + 1;
    isOdd = false;
  }
  return Buffer.concat(lines);
}

/** For a line longer than the sample, the part before its last separator, so that no character is cut. */
function beginning(line: Uint8Array): Uint8Array {
  if (line.length <= sampleBytes) return line;
  for (let end = sampleBytes; end > 0; end -= 1) {
    // No byte of a character of two or four bytes is as small as a comma or a space.
    if ((line[end - 1] ?? 0) < 0x30) return line.subarray(0, end);
  }
  return line.subarray(0, sampleBytes);
}
