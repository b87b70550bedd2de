/** Detects names whose letters an earlier program has lost or changed. */
import { type Problem, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';

export type LostLetters = { readonly problem: Problem; readonly suggestion?: string };

/**
 * Matches nearly every name: letters of Latin scripts without those that occur in garbled text, and characters that
 * join them.
 */
const plainName = /^[A-Za-z\u00C0-\u00C1\u00C4-\u00D6\u00D8-\u00F6\u00F8-\u024F '’‘.-]*$/;
/** The same in ASCII with a single accented letter, also with a number or a comma. */
const plainest =
  /^[0-9 .,-]*[A-Za-z][A-Za-z0-9 .,-]*(?:[\u00C0\u00C1\u00C4-\u00D6\u00D8-\u00F6\u00F8-\u00FF][A-Za-z0-9 .,-]*)?$/;
const beyondAscii = /[^ -~]/;
/**
 * The result of reading two-byte letters in windows-1250 and 1252, among plain letters; and three accented letters in
 * a row.
 */
const ofTwoBytes = /[ĂÄĹ][ŠŚŤŽŹšśťžźŁĄŞŻłąşĽľż]|[\u00C0-\u00FF]{3}/;

/**
 * Characters that result from reading text in the wrong encoding and occur in no name: C1 controls, private use,
 * signs of Windows-1252 and Mac Roman, boxes of DOS. ´ · ª º are excluded, because people write them.
 */
const garbage =
  /[\u0080-\u009F\u00A1-\u00A9\u00AB\u00AC\u00AE-\u00B3\u00B5\u00B6\u00B8\u00B9\u00BB-\u00BF\u00D7\u00F7\u0192\u02C6\u02DC\u201A\u2020-\u2022\u2026\u2030\u2039\u203A\u20AC\u2122\u2200-\u22FF\u25A0\u25A1\u2500-\u259F\uE000-\uF8FF\uFFFC]|锟斤拷|锟|烫烫|屯屯/;

/** Only digits and signs; a name may be an emoji. */
const nameless = /^[\p{N}\p{P}\p{Zs}$+<=>^`|~]*$/u;

const entity = /&(?:#\d{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,8}\d?);/i;
const escaped =
  /=\?[\w-]+\?[QB]\?|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|(?:%|=)[c-e][0-9a-f](?:%|=)[89ab][0-9a-f]|\+A[A-Za-z0-9]{2}-/i;

/**
 * A name that is completely in quotation marks, also as Python prints bytes and lists; one that only begins with an
 * apostrophe can be ’t Hooft.
 */
const quoted =
  /^(?:"(.+)"|“(.+)”|„(.+)[“”]|«(.+)»|'(.+)'|‘(.+)’|[bu]['"](.+)['"]|\[['"](.+)['"]\])$/;
/** The problem of a name's letters; undefined when none is detected. */
export function lostLetters(name: string): LostLetters | undefined {
  if (plainest.test(name)) return undefined;
  const inside = quoted.exec(name)?.slice(1).find(Boolean)?.trim();
  if (inside && !/["“”„«»'‘]/.test(inside)) {
    return { problem: problem('name.quoted', { value: shown(name) }), suggestion: inside };
  }
  if (plainName.test(name) && !ofTwoBytes.test(name))
    return /[a-zA-Z\u00C0-\u024F]/.test(name) ? undefined : noLetter(name);
  const value = shown(name);
  if (entity.test(name)) return repaired(problem('name.entity', { value }), name, withoutEntities);
  if (escaped.test(name)) return repaired(problem('name.escaped', { value }), name, withoutEscapes);
  const once = decodedOnce(name);
  if (once !== undefined) {
    return { problem: problem('name.encoded-twice', { value }), suggestion: once };
  }
  if (isMisreadScript(name)) return { problem: problem('name.garbage', { value }) };
  if (plainName.test(name)) return undefined;
  if (/\p{Ll}[ÃÂ](?![\p{Lu}])/u.test(name))
    return { problem: problem('name.encoded-twice', { value }) };
  if (name.includes('?')) return { problem: problem('name.letters-lost', { value }) };
  if (garbage.test(name)) return { problem: problem('name.garbage', { value }) };
  return nameless.test(name) ? noLetter(name) : undefined;
}

function noLetter(name: string): LostLetters {
  return { problem: problem('name.no-letter', { value: shown(name) }) };
}

function repaired(
  why: Problem,
  name: string,
  repair: (name: string) => string | undefined,
): LostLetters {
  const suggestion = repair(name);
  const isBetter =
    suggestion !== undefined && suggestion !== name && /^[^&\\%=]*$/.test(suggestion);
  return isBetter ? { problem: why, suggestion } : { problem: why };
}

/**
 * Whether nearly every letter has an accent, as in Cyrillic, Greek, Hebrew and Arabic text that was misread in
 * windows-1252: `Èâàí` for Иван. Icelandic and Vietnamese names also contain plain letters.
 */
function isMisreadScript(name: string): boolean {
  return name.split(/[ .'’-]+/).some((word) => {
    const accented = word.match(/[\u00C0-\u00FF]/g)?.length ?? 0;
    return accented >= 3 && accented >= [...word].length * 0.7;
  });
}

/** Encodings in which programs misread UTF-8, each as a map from letters to bytes. */
const misreadAs = ['windows-1252', 'macintosh', 'windows-1250', 'windows-1251'].map((encoding) => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const letters = [...new TextDecoder(encoding).decode(all)];
  const isWestern = encoding === 'windows-1252' || encoding === 'macintosh';
  return { byteOf: new Map(letters.map((letter, byte) => [letter, byte])), isWestern };
});

/** A single two-byte letter looks like a pair that occurs in Ukrainian and Romanian names: `Лі`, `CRĂŞMARU`. */
function isSure(text: string, once: string): boolean {
  if ([...text].length - [...once].length > 1) return true;
  return /[a-z]/.test(text);
}

/** The text before its UTF-8 was misread and encoded again: `RenÃ©e` is Renée. */
export function decodedOnce(text: string): string | undefined {
  if (!beyondAscii.test(text)) return undefined;
  for (const { byteOf, isWestern } of misreadAs) {
    const bytes = [...text].map((letter) => byteOf.get(letter));
    if (bytes.includes(undefined)) continue;
    try {
      const decoder = new TextDecoder('utf-8', { fatal: true });
      const once = decoder.decode(Uint8Array.from(bytes, (byte) => byte ?? 0));
      if (once !== text && (isWestern || isSure(text, once))) return once;
    } catch {
      // It is not UTF-8 that was misread in this encoding.
    }
  }
  return undefined;
}

const accents: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  uml: '\u0308',
  circ: '\u0302',
  tilde: '\u0303',
  ring: '\u030A',
  cedil: '\u0327',
  caron: '\u030C',
};
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  apos: '’',
  rsquo: '’',
  nbsp: ' ',
  szlig: 'ß',
  aelig: 'æ',
  oelig: 'œ',
  oslash: 'ø',
  aring: 'å',
  eth: 'ð',
  thorn: 'þ',
};

function withoutEntities(name: string): string {
  return name.replace(new RegExp(entity, 'gi'), (whole) => {
    const code = whole.slice(1, -1);
    if (code.startsWith('#')) {
      const number = /^#x/i.test(code) ? Number.parseInt(code.slice(2), 16) : Number(code.slice(1));
      return number > 31 && number < 0x11_0000 ? String.fromCodePoint(number) : whole;
    }
    const accent = /^([a-z])(acute|grave|uml|circ|tilde|ring|cedil|caron)$/i.exec(code);
    if (accent)
      return `${accent[1]}${accents[accent[2]?.toLowerCase() ?? ''] ?? ''}`.normalize('NFC');
    const found = entities[code.toLowerCase()];
    if (found === undefined) return whole;
    return code === code.toLowerCase() ? found : found.toUpperCase();
  });
}

function withoutEscapes(name: string): string | undefined {
  const mail = /^=\?utf-8\?Q\?([^?]*)\?=$/i.exec(name)?.[1];
  const plain = (mail?.replaceAll('_', ' ') ?? name)
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/\\x([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/\+([A-Za-z0-9]{3,})-/g, (whole, code: string) => {
      // UTF-7 encodes letters of two bytes; other text between these signs can have any number.
      const bytes = Buffer.from(code, 'base64');
      return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : whole;
    });
  try {
    return decodeURIComponent(plain.replace(/[=%]([0-9a-f]{2})/gi, '%$1'));
  } catch {
    return undefined;
  }
}
