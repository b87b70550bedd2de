/** Names with `*`, as the policy writes them. Pure. */

/**
 * Whether a name is one that the pattern means: `*` means any text, case does not count.
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
  // No regular expression: one with several stars could take forever on a long name.
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
