/**
 * A signed request that is sent again takes effect once: a person who recorded it does not have the secret, but its
 * signature stays valid for minutes. The repeated answer is the first one, because Slack itself may deliver twice.
 *
 * This applies within one process. Each delivery is also stored under its own id, so a replay to another replica
 * changes nothing either.
 */
import { toleranceMs } from './signature.ts';

export type Answer = {
  readonly status: number;
  readonly contentType?: string;
  readonly text: string;
};

export type ReplayProtection = {
  /** @param signedAtMs the time that was signed, in milliseconds since 1970 */
  answerOnce(signature: string, signedAtMs: number, handle: () => Promise<Answer>): Promise<Answer>;
};

type Kept = { readonly untilMs: number; answer: Promise<Answer> };

/** More signatures than a busy workspace causes in ten minutes; the oldest is forgotten first. */
const mostKept = 50_000;
/** A long answer, such as a menu's options, is kept only as long as Slack may deliver twice. */
const longAnswer = 1_000;
const longAnswerKeptMs = 10_000;

/** @param now milliseconds since 1970 */
export function createReplayProtection(now: () => number): ReplayProtection {
  const kept = new Map<string, Kept>();

  function forgetOld(): void {
    for (const [signature, { untilMs }] of kept) {
      if (untilMs > now() && kept.size <= mostKept) return;
      kept.delete(signature);
    }
  }

  return {
    answerOnce(signature, signedAtMs, handle) {
      const known = kept.get(signature);
      if (known && known.untilMs > now()) return known.answer;
      forgetOld();
      const untilMs = Math.max(now(), signedAtMs) + toleranceMs + 1_000;
      const entry: Kept = { untilMs, answer: handle() };
      kept.set(signature, entry);
      const forget = () => {
        if (kept.get(signature) === entry) kept.delete(signature);
      };
      entry.answer.then((answer) => {
        // A delivery that was not accepted is sent again, and must be accepted then.
        if (answer.status >= 500) forget();
        else if (answer.text.length > longAnswer) {
          const shorten = () => {
            entry.answer = Promise.resolve({ status: answer.status, text: '' });
          };
          setTimeout(shorten, longAnswerKeptMs).unref();
        }
      }, forget);
      return entry.answer;
    },
  };
}
