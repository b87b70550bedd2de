/**
 * Limits how often a warning is logged that anybody on the internet can cause, so that it cannot fill the log or the
 * disk.
 */

const onceInMs = 60_000;

/** `unsaid`: how often the same happened since the last line, without being logged. */
type Warning = { readonly why: string; readonly unsaid?: number };

/**
 * Warns at most once per minute for each reason.
 *
 * @param warn writes the line
 * @returns a function that takes the reason
 */
export function createSparingWarning(
  now: () => Date,
  warn: (warning: Warning) => void,
): (why: string) => void {
  const reasons = new Map<string, { saidAt: number; unsaid: number }>();
  return (why) => {
    const at = now().getTime();
    const before = reasons.get(why);
    if (before && at - before.saidAt < onceInMs) {
      before.unsaid += 1;
      return;
    }
    reasons.set(why, { saidAt: at, unsaid: 0 });
    warn({ why, ...(before && before.unsaid > 0 ? { unsaid: before.unsaid } : {}) });
  };
}
