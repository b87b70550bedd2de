/**
 * JSON with one text for one value: members sorted by name, no spaces, absent and undefined members left
 * out. What is hashed is written this way, so that anybody can compute the same hash. For the values used
 * here (text, whole numbers, booleans, null) it is the JSON Canonicalization Scheme.
 * https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([name], [otherName]) => (name < otherName ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
