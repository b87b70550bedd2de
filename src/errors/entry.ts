/** One entry of the error catalogue. */

export type ErrorEntry = {
  /** What happened, in words for the person who reads it on a phone. `{placeholders}` are filled in. */
  readonly sentence: string;
  /** What to do about it; shown last. Empty where the sentence says it already. */
  readonly todo: string;
};
