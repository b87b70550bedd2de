/**
 * JSON with exactly one text per value: members sorted by name, no spaces, absent and undefined members left out.
 * Hashed values are written in this form, so that anybody can compute the same hash. For the values used here (text,
 * whole numbers, booleans, null) it is the JSON Canonicalization Scheme. https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  // Every row of a file is hashed, and extending one text creates far fewer objects than joining lists does.
  let json = '';
  if (Array.isArray(value)) {
    for (const item of value) json += `${json === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${json}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    json += `${json === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${json}}`;
}
