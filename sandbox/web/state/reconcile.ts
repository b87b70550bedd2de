import type { Message } from '../../api/messages.ts';

/**
 * Returns `fresh`, but with each part that equals the same part of `known` taken from `known`. Components render
 * again when their part of the state is another object, so a fetch without changes must not create new objects.
 */
export function reuse<Value>(known: unknown, fresh: Value): Value {
  if (Object.is(known, fresh)) return fresh;
  if (!isTree(known) || !isTree(fresh) || Array.isArray(known) !== Array.isArray(fresh))
    return fresh;
  const before = known as Record<string, unknown>;
  const after = fresh as Record<string, unknown>;
  const keys = Object.keys(after);
  let same = keys.length === Object.keys(before).length;
  const merged: Record<string, unknown> = Array.isArray(fresh) ? ([] as never) : {};
  for (const key of keys) {
    merged[key] = reuse(before[key], after[key]);
    same &&= key in before && Object.is(merged[key], before[key]);
  }
  // Equal in every part, so the known value is reused.
  return (same ? known : merged) as Value;
}

function isTree(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * Merges a new page of messages into the displayed ones: unchanged messages keep their object, and older messages
 * beyond the page stay.
 */
export function mergeMessages(shown: readonly Message[], fresh: readonly Message[]): Message[] {
  const first = fresh[0];
  if (!first) return [];
  const known = new Map(shown.map((message) => [message.ts, message]));
  const older = shown.filter((message) => message.ts < first.ts);
  return [...older, ...fresh.map((message) => reuse(known.get(message.ts), message))];
}
