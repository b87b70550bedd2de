/** Limits how much text a file may contain, counted while it is read: nothing beyond the limit is stored. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { FileLimits } from './file-limits.ts';

export type Budget = {
  readonly cellCharacters: number;
  /** Throws `ProblemError` when the cells of all rows together hold more than the limit. */
  spend(characters: number): void;
  /** The error for a cell that is too long, with its location. */
  cellTooBig(row: number, header: string): ProblemError;
};

export function createBudget(limits: Pick<FileLimits, 'cellCharacters' | 'characters'>): Budget {
  let left = limits.characters;
  return {
    cellCharacters: limits.cellCharacters,
    spend: (characters) => {
      left -= characters;
      if (left >= 0) return;
      const limit = Math.round(limits.characters / 1_000_000);
      throw new ProblemError(problem('file.too-much-text', { limit }));
    },
    cellTooBig: (row, header) => {
      const params = { row, column: shown(header), limit: limits.cellCharacters };
      return new ProblemError(problem('file.cell-too-big', params));
    },
  };
}
