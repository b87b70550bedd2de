/** The initial values of the mapping form: known columns, and those with sufficiently clear names. Pure. */
import { placeColumns } from '../table/plan-columns.ts';
import { type MappableKey, mappableKeys } from './column-mapping.ts';

/** Header words of other systems, for columns without a known name. */
const words: readonly (readonly [MappableKey, RegExp])[] = [
  ['firstName', /\b(?:given|first|fore)\b/i],
  ['lastName', /\b(?:surname|last|family)\b/i],
  ['username', /\b(?:login|user ?name|user ?id|upn)\b/i],
  ['email', /e-?mail/i],
  ['routingProfile', /\brouting\b/i],
  ['securityProfiles', /\b(?:security|role|permissions?)\b/i],
  ['agentHierarchy', /\b(?:team|department|hierarchy|group)\b/i],
];

/** The probable position of each, from 0; no column twice. */
export function guessColumns(headers: readonly string[]): ReadonlyMap<MappableKey, number> {
  const { at } = placeColumns(headers);
  const guesses = new Map<MappableKey, number>();
  for (const key of mappableKeys) {
    const known = at.get(key);
    if (known !== undefined) guesses.set(key, known);
  }
  for (const [key, pattern] of words) {
    if (guesses.has(key)) continue;
    const taken = new Set(guesses.values());
    const found = headers.findIndex((header, index) => !taken.has(index) && pattern.test(header));
    if (found >= 0) guesses.set(key, found);
  }
  return guesses;
}
