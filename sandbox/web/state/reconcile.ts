import type { Message } from '../../api/messages.ts';

/**
 * `fresh` with every part that equals the same part of `known` taken from there. Components are
 * drawn again when their part of the state is another object, so a fetch that brings nothing new must
 * not bring new objects either.
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
  // Equal in every part: the known value is the fresh one.
  return (same ? known : merged) as Value;
}

function isTree(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * A fresh page of messages over what is shown: unchanged messages keep their object, and older
 * messages that the page does not reach stay.
 */
export function mergeMessages(shown: readonly Message[], fresh: readonly Message[]): Message[] {
  const first = fresh[0];
  if (!first) return [];
  const known = new Map(shown.map((message) => [message.ts, message]));
  const older = shown.filter((message) => message.ts < first.ts);
  return [...older, ...fresh.map((message) => reuse(known.get(message.ts), message))];
}
