/** Removes invisible characters from a typed or pasted text. */

/**
 * Invisible characters (Unicode's Default_Ignorable_Code_Point): zero-width spaces, direction marks, soft hyphens,
 * fillers. They are copied along with text from a page, a chat or a contact card.
 */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The same without joiners and variation selectors, which change the meaning of a *name*: Persian and the languages
 * of India need joiners inside words, Japanese surnames need variation selectors.
 */
const invisibleInNames =
  /[\p{Default_Ignorable_Code_Point}--[\p{Join_Control}\p{Variation_Selector}]]/gv;

/** A joiner without anything to join, such as one pasted between two Latin letters. */
const strayJoiner =
  /(?<![[\p{L}\p{M}\p{Extended_Pictographic}]--[A-Za-z]])\p{Join_Control}|\p{Join_Control}(?![[\p{L}\p{M}\p{Extended_Pictographic}]--[A-Za-z]])/gv;

const lineBreaksAndTabs = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Overrides, unlike the direction of a right-to-left *letter*, make a text look like a different one. */
const directionOverride = /[\u202D\u202E]/;

const unprintable = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;

/** At least one visible character; the Braille blank is a symbol by category, but invisible. */
const visible = /[\p{L}\p{N}\p{P}]|[\p{S}--\u2800]/v;

/** Matches most cells of a file, which then need no Unicode processing. */
const plainAscii = /^[ -~]*$/;

/** The same with the composed letters of Western and Central Europe, which have one form only (NFC). */
const plainLatin = /^[ -~\u00C0-\u024F]*$/;

export type TextFault = 'field.unprintable' | 'field.direction-override' | 'field.letters-lost';

export type Tidied = {
  /** Composed (NFC), on one line, without surrounding spaces; empty when nothing in it is visible. */
  readonly text: string;
  /** Why it cannot be used even after it was tidied. */
  readonly fault?: TextFault;
};

/**
 * Tidies one line of text. A direction override is refused and not removed, because the rest would differ from what
 * the person saw. Tidying again changes nothing.
 *
 * @param kind `name`: joiners and variation selectors between letters are kept
 */
export function tidy(value: string, kind: 'name' | 'plain' = 'plain'): Tidied {
  if (isPlain(value)) return { text: value.trim() };
  const oneLine = value.replace(lineBreaksAndTabs, ' ');
  const stripped =
    kind === 'name'
      ? oneLine.replace(invisibleInNames, '').replace(strayJoiner, '')
      : oneLine.replace(invisible, '');
  const text = stripped.normalize('NFC').trim();
  const fault = faultOf(value, text);
  return { text: visible.test(text) ? text : '', ...(fault && { fault }) };
}

/** Whether tidying a text would remove only the surrounding spaces. */
export function isPlain(value: string): boolean {
  return plainLatin.test(value);
}

function faultOf(raw: string, tidied: string): TextFault | undefined {
  if (directionOverride.test(raw)) return 'field.direction-override';
  if (!raw.isWellFormed() || unprintable.test(tidied)) return 'field.unprintable';
  if (tidied.includes('\uFFFD')) return 'field.letters-lost';
  return undefined;
}

/**
 * Length as Connect's limits define it: Smithy, the language of the service's model, counts Unicode characters, not
 * UTF-16 units, so an emoji counts as one.
 */
export function lengthOf(text: string): number {
  if (plainLatin.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const longestShown = 60;

/** A value in the form for a sentence: limited in length, on one line, without characters that affect the screen. */
export function shown(value: string): string {
  if (value.length <= longestShown && plainLatin.test(value)) return value.trim();
  const head = value.slice(0, 4 * longestShown).toWellFormed();
  const plain = head
    .replace(lineBreaksAndTabs, ' ')
    .replace(invisible, '')
    .replace(/[\p{Cc}\p{Noncharacter_Code_Point}]/gu, '�')
    .trim();
  const characters = [...plain];
  if (characters.length <= longestShown && head.length === value.length) return plain;
  return `${characters.slice(0, longestShown - 1).join('')}…`;
}

/** The form in which two spellings of one name are equal: width, case and spaces do not count. */
export function folded(name: string): string {
  if (plainAscii.test(name)) return name.trim().replace(/ {2,}/g, ' ').toLowerCase();
  return name
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
    .normalize('NFC');
}
