/** A date and time that a person wrote, read in their time zone. Pure. */

export type WrittenMoment =
  | { readonly kind: 'moment'; readonly at: Date }
  /**
   * This time does not exist in that zone because clocks skip it; `instead` is the corresponding time after the gap,
   * `2026-03-29 03:30`.
   */
  | { readonly kind: 'gap'; readonly written: string; readonly instead: string }
  | { readonly kind: 'unreadable'; readonly written: string };

/** `not before`, then a date, then optionally a time. It counts only when a digit follows. */
const said = /\bnot before:?\s+(\d[^\s,;]*(?:(?:\s+at)?\s+\d[^\s,;]*)?)/i;
const dateAndTime = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T|\s+(?:at\s+)?)(\d{1,2}):(\d{2}))?[.!)]*$/i;

/**
 * The time after “not before” in a text; null when there is none. A date alone is the beginning of its day. If clocks
 * show the time twice, it is the first.
 */
export function notBeforeIn(text: string, timeZone: string): WrittenMoment | null {
  const written = said.exec(text)?.[1];
  if (written === undefined) return null;
  const parts = dateAndTime.exec(written);
  if (!parts) return { kind: 'unreadable', written };
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0));
  const wall = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute);
  const isReal =
    new Date(wall).getUTCDate() === day &&
    new Date(wall).getUTCMonth() === (month ?? 0) - 1 &&
    (hour ?? 0) < 24 &&
    (minute ?? 0) < 60;
  return isReal ? inZone(wall, written, timeZone) : { kind: 'unreadable', written };
}

const dayMs = 24 * 3600_000;

function inZone(wall: number, written: string, timeZone: string): WrittenMoment {
  const before = offsetMs(wall - dayMs, timeZone);
  const after = offsetMs(wall + dayMs, timeZone);
  const [first] = [wall - before, wall - after]
    .filter((at) => at + offsetMs(at, timeZone) === wall)
    .sort((left, right) => left - right);
  if (first !== undefined) return { kind: 'moment', at: new Date(first) };
  const later = wall - before;
  const shown = new Date(later + offsetMs(later, timeZone)).toISOString();
  return { kind: 'gap', written, instead: shown.slice(0, 16).replace('T', ' ') };
}

/**
 * Which of the two moments it is when the clocks of a zone show this time twice, as in the night in which they go
 * back; null when they show it once. A date picker returns a moment, so it is never in a gap.
 */
export function timeShownTwice(
  at: Date,
  timeZone: string,
): { readonly time: string; readonly which: 'first' | 'second' } | null {
  const moment = Math.floor(at.getTime() / 60_000) * 60_000;
  const wall = moment + offsetMs(moment, timeZone);
  const secondMoment = [moment - dayMs, moment + dayMs]
    .map((day) => wall - offsetMs(day, timeZone))
    .find((same) => same !== moment && same + offsetMs(same, timeZone) === wall);
  if (secondMoment === undefined) return null;
  const time = new Date(wall).toISOString().slice(11, 16);
  return { time, which: moment < secondMoment ? 'first' : 'second' };
}

/** How far the clocks of a zone are ahead of UTC at this moment. */
function offsetMs(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day, hour, minute } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}
