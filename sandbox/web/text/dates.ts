/** Times in the reader's time zone and language. */

/** A Slack `ts` ("1700000000.000100") as a moment. */
export function momentOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

// Created once, because creating a formatter costs more than using it a hundred times.
const clockFormat = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const dayFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const yearFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

export function clock(moment: Date): string {
  return clockFormat.format(moment);
}

/** The same in short form, "7:02" for "7:02 PM", for a message that follows one with the full time. */
export function shortClock(moment: Date): string {
  const parts = clockFormat.formatToParts(moment);
  const kept = parts.filter((part) => part.type !== 'dayPeriod').map((part) => part.value);
  return kept.join('').trim();
}

/** "Today", "Yesterday", or the date with its weekday, relative to `now`. */
export function dayName(moment: Date, now: Date): string {
  const days = Math.round((startOfDay(now) - startOfDay(moment)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return (moment.getFullYear() === now.getFullYear() ? dayFormat : yearFormat).format(moment);
}

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

export function fullMoment(moment: Date): string {
  return fullFormat.format(moment);
}

/**
 * Replaces Slack's date tokens (docs: "Date formatting"). An unknown token turns the whole date into its fallback, as
 * in Slack.
 */
export function formatDate(moment: Date, format: string, fallback: string, now: Date): string {
  let unknown = false;
  const filled = format.replace(/\{(\w+)\}/g, (_, token: string) => {
    const text = dateToken(token, moment, now);
    if (text === null) unknown = true;
    return text ?? '';
  });
  return unknown || Number.isNaN(moment.getTime()) ? fallback : filled;
}

function dateToken(token: string, moment: Date, now: Date): string | null {
  const pretty = token.endsWith('_pretty') ? dayName(moment, now) : null;
  if (pretty === 'Today' || pretty === 'Yesterday') return pretty.toLowerCase();
  const day = (options: Intl.DateTimeFormatOptions) =>
    moment.toLocaleDateString(undefined, options);
  switch (token.replace('_pretty', '')) {
    case 'date':
      return day({ day: 'numeric', month: 'long', year: 'numeric' });
    case 'date_num':
      return [
        moment.getFullYear(),
        String(moment.getMonth() + 1).padStart(2, '0'),
        String(moment.getDate()).padStart(2, '0'),
      ].join('-');
    case 'date_slash':
      return day({ day: '2-digit', month: '2-digit', year: 'numeric' });
    case 'date_short':
      return day({ day: 'numeric', month: 'short', year: 'numeric' });
    case 'date_long':
      return day({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    case 'day_divider':
      return dayName(moment, now);
    case 'time':
      return clock(moment);
    case 'time_secs':
      return moment.toLocaleTimeString();
    case 'ago':
      return ago(moment, now);
    default:
      return null;
  }
}

/** "2 minutes ago"; the date when it is more than a month ago. */
export function ago(moment: Date, now: Date): string {
  const seconds = Math.round((moment.getTime() - now.getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return words.format(seconds, 'second');
  if (size < 3600) return words.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return words.format(Math.round(seconds / 3600), 'hour');
  if (size < 30 * 86_400) return words.format(Math.round(seconds / 86_400), 'day');
  return moment.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}

export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
