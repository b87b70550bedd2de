/** What a mapping form starts with: columns that are known, and those whose names say enough. Pure. */
import { placeColumns } from '../table/plan-columns.ts';
import { type MappableKey, mappableKeys } from './column-mapping.ts';

/** Words of other systems' headers, for columns that have no name of their own among ours. */
const words: readonly (readonly [MappableKey, RegExp])[] = [
  ['firstName', /\b(?:given|first|fore)\b/i],
  ['lastName', /\b(?:surname|last|family)\b/i],
  ['username', /\b(?:login|user ?name|user ?id|upn)\b/i],
  ['email', /e-?mail/i],
  ['routingProfile', /\brouting\b/i],
  ['securityProfiles', /\b(?:security|role|permissions?)\b/i],
  ['agentHierarchy', /\b(?:team|department|hierarchy|group)\b/i],
];

/** Where each probably is, from 0; no column twice. */
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
