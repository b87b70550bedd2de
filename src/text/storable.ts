/**
 * Text that Postgres can store. It refuses the character U+0000 in any text, and in `jsonb` half a surrogate pair as
 * well (https://www.postgresql.org/docs/current/datatype-json.html), and both reach us in spreadsheet cells, JSON
 * files, form fields and names. They become U+FFFD, the character that says "something was here", so that a later check
 * of the value finds it and can report it.
 */

/** JSON for a `jsonb` column. Only `toJson` makes it, so no column is written without this care. */
export type JsonText = string & { readonly __jsonText: true };

/** The text as Postgres takes it; the same text where nothing has to change. */
export function storableText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}

/**
 * Whether a text contains a character that storing would change. The person who typed it is told so before it is
 * stored.
 */
export function isStorable(text: string): boolean {
  return storableText(text) === text;
}

/** A value as JSON that every `jsonb` column takes, in its names as in its texts. */
export function toJson(value: unknown): JsonText {
  const json = JSON.stringify(value);
  // JSON.stringify writes each character that is refused as an escape; a text without one has none.
  const suspect = json?.includes('\\u') === true;
  return (suspect ? JSON.stringify(storable(value)) : json) as JsonText;
}

/** The same value with every text in it, and every name of a member, storable. Dates and the like stay. */
export function storable<Value>(value: Value): Value {
  return storableValue(value) as Value;
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [storableText(name), storableValue(member)] as const,
  );
  return Object.fromEntries(members);
}
