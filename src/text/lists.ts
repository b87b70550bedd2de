/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

/** "Ari", "Ari and Bea", "Ari, Bea and 3 others": as many names as can be read at a glance. */
export function fewNames(names: readonly string[]): string {
  const others = names.length - 2;
  return others > 1 ? listed([...names.slice(0, 2), `${others} others`]) : listed(names);
}
