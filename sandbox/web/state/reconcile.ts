import type { Message } from '../../api.ts';

/**
 * A fresh page of messages over what is shown: unchanged messages keep their object, so that only
 * what changed is drawn again, and older messages that the page does not reach stay.
 */
export function mergeMessages(shown: readonly Message[], fresh: readonly Message[]): Message[] {
  const first = fresh[0];
  if (!first) return [];
  const known = new Map(shown.map((message) => [message.ts, message]));
  const older = shown.filter((message) => message.ts < first.ts);
  return [
    ...older,
    ...fresh.map((message) => {
      const before = known.get(message.ts);
      return before && JSON.stringify(before) === JSON.stringify(message) ? before : message;
    }),
  ];
}
