/** What a typed or pasted text says once everything that nobody can see is out of it. */

/**
 * Characters that draw nothing (Unicode's Default_Ignorable_Code_Point): zero-width spaces, direction
 * marks, soft hyphens, fillers. They come along when text is copied from a page, a chat or a contact card.
 */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The same without joiners and variation selectors, which change how a *name* reads: Persian and the
 * languages of India need joiners inside words, Japanese surnames need variation selectors.
 */
const invisibleInNames =
  /[\p{Default_Ignorable_Code_Point}--[\p{Join_Control}\p{Variation_Selector}]]/gv;

/** A joiner with nothing that it could join, such as one pasted between two Latin letters. */
const strayJoiner =
  /(?<![[\p{L}\p{M}\p{Extended_Pictographic}]--[A-Za-z]])\p{Join_Control}|\p{Join_Control}(?![[\p{L}\p{M}\p{Extended_Pictographic}]--[A-Za-z]])/gv;

const lineBreaksAndTabs = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Overrides, unlike the direction of a right-to-left *letter*, make a text read as another one. */
const directionOverride = /[\u202D\u202E]/;

const unprintable = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;

/** At least one character with a shape; the Braille blank is a symbol by category and a blank by shape. */
const visible = /[\p{L}\p{N}\p{P}]|[\p{S}--\u2800]/v;

/** Most cells of a file; spares them the Unicode work. */
const plainAscii = /^[ -~]*$/;

/** The same with the composed letters of Western and Central Europe, which have one form only (NFC). */
const plainLatin = /^[ -~\u00C0-\u024F]*$/;

export type TextFault = 'field.unprintable' | 'field.direction-override' | 'field.letters-lost';

export type Tidied = {
  /** Composed (NFC), on one line, without surrounding spaces; empty when nothing in it can be seen. */
  readonly text: string;
  /** Why it cannot be used as it is, though tidied. */
  readonly fault?: TextFault;
};

/**
 * Tidies one line of text. A direction override is refused and not taken out, because what is left would
 * not be what the typist saw. Tidying again changes nothing.
 *
 * @param kind `name`: joiners and variation selectors between letters stay
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

/** Whether tidying a text takes off nothing but the spaces around it. */
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
 * Length as Connect's limits mean it: Smithy, the language of the service's model, counts Unicode
 * characters, not UTF-16 units, so an emoji is one.
 */
export function lengthOf(text: string): number {
  if (plainLatin.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const longestShown = 60;

/** A value as a sentence can carry it: bounded, on one line, with nothing in it that acts on the screen. */
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

/** The form in which two spellings of one name are the same: width, case and spaces do not count. */
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
