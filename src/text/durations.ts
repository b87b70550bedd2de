/** Durations and times in words, and durations as people write them in the policy file. */

/** "4 seconds ago", "just now", "3 hours ago". */
export function ago(then: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - then.getTime()) / 1000);
  if (seconds < 2) return 'just now';
  return `${duration(seconds * 1000)} ago`;
}

/** "24 seconds", "3 minutes", "2 hours", "5 days"; the largest unit that fits, rounded. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return count(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return count(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (hours < 48) return count(hours, 'hour');
  return count(Math.round(hours / 24), 'day');
}

/** "1 user", "48 users". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

const minute = 60_000;
const unitsMs = { minute, hour: 60 * minute, day: 24 * 60 * minute, week: 7 * 24 * 60 * minute };

/** `3 days`, `36 hours`; also the pattern in the JSON Schema, so that an editor refuses what the bot refuses. */
export const durationPattern = /^\d+(\.\d+)? ?(minute|hour|day|week)s?$/;

/** Milliseconds of a text that `durationPattern` matches; undefined for any other. */
export function durationMs(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  const unit = (Object.keys(unitsMs) as (keyof typeof unitsMs)[]).find((name) =>
    text.includes(name),
  );
  return unit === undefined ? undefined : Math.round(Number.parseFloat(text) * unitsMs[unit]);
}
