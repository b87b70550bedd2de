/**
 * What a file is that nobody should send and everybody does: made letter by letter, so that what is awkward
 * about it can be read, with the one sentence or the findings that it comes to.
 */
import type { ErrorCode } from '../../../src/errors/problem.ts';

export type AwkwardFile = {
  readonly about: string;
  readonly name?: string;
  readonly bytes: () => Uint8Array;
} & (
  | { readonly refused: ErrorCode; readonly says?: RegExp }
  /** Findings as `row column: code`; how many rows can be requested. */
  | { readonly good: number; readonly findings: readonly string[] }
);
