/** Durations as people write them in the policy file: `3 days`, `36 hours`. */

const minute = 60_000;
const unitsMs = { minute, hour: 60 * minute, day: 24 * 60 * minute, week: 7 * 24 * 60 * minute };

/** Also the pattern in the JSON Schema, so that an editor refuses what the bot refuses. */
export const durationPattern = /^\d+(\.\d+)? ?(minute|hour|day|week)s?$/;

/** Milliseconds of a text that `durationPattern` matches; undefined for any other. */
export function durationMs(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  const unit = (Object.keys(unitsMs) as (keyof typeof unitsMs)[]).find((name) =>
    text.includes(name),
  );
  return unit === undefined ? undefined : Math.round(Number.parseFloat(text) * unitsMs[unit]);
}
