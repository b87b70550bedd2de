/** A target: a place where input from outside enters the bot, with the generator for its bad and unusual input. */
import type { Chance } from '../chaos/seeded.ts';

export type FindingKind =
  /** It threw an unexpected error, or ended the process. */
  | 'crash'
  /** The answer is not from the error catalogue. */
  | 'uncatalogued'
  /** No answer within its time. */
  | 'stuck'
  /** It was acknowledged, and had no effect. */
  | 'lost'
  /** A secret in an answer, a table or the log. */
  | 'secret';

export type Found = { readonly kind: FindingKind; readonly detail: string };

export type Target = {
  readonly name: string;
  /** Share of the inputs, relative to the other targets. */
  readonly weight: number;
  /** How long one input may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Tries one input. Returns null when the answer was correct; every thrown error counts as a crash. */
  attempt(chance: Chance): Promise<Found | null>;
  close?(): Promise<void>;
};

/** Used as a password in inputs; it must not appear in any output. */
export const secretMarker = 'qW7#zR2!pL9v';

export function secretIn(value: unknown): Found | null {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text?.includes(secretMarker)
    ? { kind: 'secret', detail: `the password came out again in ${text.length} characters` }
    : null;
}
