/** One entry of the error catalogue. */

export type ErrorEntry = {
  /** What happened, in words for a person who reads it on a phone. `{placeholders}` are filled in. */
  readonly sentence: string;
  /** The advice, shown last. Empty when the sentence already contains it. */
  readonly todo: string;
};
