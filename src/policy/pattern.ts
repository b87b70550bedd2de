/** Names with `*`, as the policy writes them. Pure. */

/**
 * Whether a name is one that the pattern means: `*` means any text, case does not count.
 *
 * @example matches('Agent *', 'agent tier 2') // true
 */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  // No regular expression: one with several stars could take forever on a long name.
  let at = first.length;
  const end = text.length - last.length;
  if (!text.endsWith(last)) return false;
  for (const part of rest) {
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
