/** Ends of a time as people write them: “until Friday”, “until 2026-12-24”, “for 3 days”. Pure. */
import { durationMs } from './durations.ts';

const dayMs = 24 * 3_600_000;
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * The end of that day (UTC), or after that time; null when it cannot be read, is in the past or too far ahead.
 *
 * @param longestDays how many days ahead it may be
 */
export function untilTime(text: string, now: Date, longestDays: number): Date | null {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/^(until|till|for)\s+/, '');
  const end = endOf(words, now);
  if (!end || end.getTime() <= now.getTime()) return null;
  return end.getTime() - now.getTime() > longestDays * dayMs ? null : end;
}

function endOf(words: string, now: Date): Date | null {
  const ms = durationMs(words);
  if (ms !== undefined) return new Date(now.getTime() + ms);
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  if (words === 'tomorrow') return new Date(midnight + 2 * dayMs);
  const day = words.length >= 3 ? days.findIndex((name) => name.startsWith(words)) : -1;
  if (day >= 0) {
    const ahead = (day - now.getUTCDay() + 7) % 7;
    return new Date(midnight + (ahead + 1) * dayMs);
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(words)) return null;
  const date = Date.parse(`${words}T00:00:00Z`);
  return Number.isNaN(date) ? null : new Date(date + dayMs);
}
