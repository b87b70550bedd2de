/**
 * Text that Postgres can store. It refuses the character U+0000 in any text, and in `jsonb` half a surrogate pair as
 * well (https://www.postgresql.org/docs/current/datatype-json.html). Both occur in spreadsheet cells, JSON files,
 * form fields and names. They are replaced by U+FFFD, the replacement character, so that a later check of the value
 * finds and reports it.
 */

/** JSON for a `jsonb` column. Only `toJson` creates it, so every column is written with this protection. */
export type JsonText = string & { readonly __jsonText: true };

/** The text in the form that Postgres accepts; unchanged when nothing has to be replaced. */
export function storableText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}

/**
 * Whether a text contains a character that storing would change. The person who typed it is informed before it is
 * stored.
 */
export function isStorable(text: string): boolean {
  return storableText(text) === text;
}

/** A value as JSON that every `jsonb` column accepts, both in names of members and in texts. */
export function toJson(value: unknown): JsonText {
  const json = JSON.stringify(value);
  // JSON.stringify writes each refused character as an escape, so a text without escapes contains none.
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
