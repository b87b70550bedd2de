/** Names with `*`, as the policy writes them. Pure. */

/**
 * Whether a name matches the pattern: `*` means any text, and case does not matter.
 *
 * @example matches('Agent *', 'agent tier 2') // true
 */
export function matches(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = name.toLowerCase();
  const first = wanted.indexOf('*');
  if (first < 0) return text === wanted;
  const last = wanted.lastIndexOf('*');
  const end = text.length - (wanted.length - last - 1);
  if (end < first || !text.startsWith(wanted.slice(0, first))) return false;
  if (!text.endsWith(wanted.slice(last + 1))) return false;
  if (first === last) return true;
  // Not a regular expression, because one with several stars could take very long for a long name.
  let at = first;
  for (const part of wanted.slice(first + 1, last).split('*')) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

export function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matches(pattern, name));
}

/** Whether a group is one of these, or below one of these. */
export function isWithin(
  groups: readonly (readonly string[])[],
  path: readonly string[] | null,
): boolean {
  if (path === null) return false;
  return groups.some(
    (group) =>
      group.length <= path.length &&
      group.every((pattern, level) => matches(pattern, path[level] ?? '')),
  );
}
