/**
 * An irregular file as people often send it. It is constructed explicitly, so that its irregularity is visible,
 * together with the one sentence or the findings that it should lead to.
 */
import type { ErrorCode } from '../../../src/errors/problem.ts';

export type AwkwardFile = {
  readonly about: string;
  readonly name?: string;
  readonly bytes: () => Uint8Array;
} & (
  | { readonly refused: ErrorCode; readonly says?: RegExp }
  /** Findings as `row column: code`, and how many rows can be requested. */
  | { readonly good: number; readonly findings: readonly string[] }
);
