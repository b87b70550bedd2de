/** A question that only the sender of a file can answer: which encoding is right, which sheet is meant. */
import { type Problem, ProblemError } from '../../../errors/problem.ts';

export type FileQuestionKind = 'encoding' | 'sheet';

export type FileOption = {
  /** The choice with which the file is read when this option is selected (`FileChoices`). */
  readonly value: string;
  readonly label: string;
  /** The first names in this reading. */
  readonly preview: readonly string[];
};

export type FileQuestion = {
  readonly kind: FileQuestionKind;
  readonly problem: Problem;
  readonly options: readonly FileOption[];
};

/** Answers to earlier questions about the same file. */
export type FileChoices = {
  readonly encoding?: string;
  /** A sheet's name, or `allSheets`. */
  readonly sheet?: string;
};

/** The answer that selects every suitable sheet. Excel allows no sheet of this name. */
export const allSheets = '*';

/** Carries a question to the caller. A caller that cannot show a question shows it as a refusal. */
export class FileQuestionError extends ProblemError {
  readonly question: FileQuestion;

  constructor(question: FileQuestion) {
    super(question.problem);
    this.question = question;
  }
}
