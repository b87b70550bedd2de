/**
 * An error of the catalogue as data: a code and what fills its placeholders. Sentences are plain text; code that shows
 * one escapes it for the place where it is shown.
 */
import { errors } from './catalogue.ts';

export type ErrorCode = keyof typeof errors;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The values that the placeholders of an error's sentence and advice require. */
export type ErrorParams<Code extends ErrorCode> = {
  readonly [Name in
    | Placeholders<(typeof errors)[Code]['sentence']>
    | Placeholders<(typeof errors)[Code]['todo']>]: string | number;
};

/** One occurrence of an error: data, so that it can be stored and shown again later. */
export type Problem = {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
};

/** Creates a problem of the catalogue; the compiler requires exactly the placeholders of its text. */
export function problem<Code extends ErrorCode>(
  code: Code,
  ...params: keyof ErrorParams<Code> extends never ? [] : [ErrorParams<Code>]
): Problem {
  return { code, params: params[0] ?? {} };
}

function fill(text: string, params: Problem['params']): string {
  if (!text.includes('{')) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** What happened, as plain text; with a full stop at its end when it ends with quoted text. */
export function sentenceOf(problem: Problem): string {
  const text = fill(errors[problem.code].sentence, problem.params).trimEnd();
  return /[.!?…”)]$/.test(text) ? text : `${text}.`;
}

/** The advice, as plain text; empty when the sentence contains it. */
export function todoOf(problem: Problem): string {
  return fill(errors[problem.code].todo, problem.params);
}

/** Sentence and todo in one line. */
export function explain(problem: Problem): string {
  return [sentenceOf(problem), todoOf(problem)].filter((part) => part !== '').join(' ');
}

/** Carries a problem to the caller that can report it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(explain(problem), options);
    this.problem = problem;
  }
}

/**
 * Adds "Did you mean …?" unless the sentence already contains the suggestion. Quoted text does not count, because it
 * is the wrong value, which can contain the right one, as in “<b>Mia</b>”.
 */
export function withSuggestion(sentence: string, suggestion: string | undefined): string {
  if (!suggestion) return sentence;
  const isNamed = sentence.replace(/“[^”]*”/g, '').includes(suggestion);
  return isNamed ? sentence : `${sentence} Did you mean ${suggestion}?`;
}
