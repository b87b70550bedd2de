/** Collects the findings of one draft, so that the check does not stop at the first one. */
import type { Problem } from '../errors/problem.ts';
import { problem } from '../errors/problem.ts';
import { isPlain, type Tidied, tidy } from '../text/tidy.ts';
import type { Correction, Finding, UserField } from './new-user.ts';

export type Notes = {
  readonly findings: Finding[];
  readonly warnings: Finding[];
  readonly corrections: Correction[];
  /** Adds a finding; the same finding of the same field is added only once. */
  wrong(field: UserField, problem: Problem, suggestion?: string): void;
  warn(field: UserField, problem: Problem, suggestion?: string): void;
  /** Adds a correction of a value; does nothing when the value was right already. */
  corrected(field: UserField, from: string, to: string): void;
};

export function createNotes(): Notes {
  return new DraftNotes();
}

/** A class, because every row of a file has an instance, and closures would be created for each. */
class DraftNotes implements Notes {
  readonly findings: Finding[] = [];
  readonly warnings: Finding[] = [];
  readonly corrections: Correction[] = [];

  wrong(field: UserField, problem: Problem, suggestion?: string): void {
    addOnce(this.findings, findingOf(field, problem, suggestion));
  }

  warn(field: UserField, problem: Problem, suggestion?: string): void {
    addOnce(this.warnings, findingOf(field, problem, suggestion));
  }

  corrected(field: UserField, from: string, to: string): void {
    if (from !== to) this.corrections.push({ field, from, to });
  }
}

function findingOf(field: UserField, problem: Problem, suggestion: string | undefined): Finding {
  return suggestion === undefined ? { field, problem } : { field, problem, suggestion };
}

function addOnce(findings: Finding[], added: Finding): void {
  const isThere = findings.some(
    ({ field, problem, suggestion }) =>
      field === added.field && suggestion === added.suggestion && isSame(problem, added.problem),
  );
  if (!isThere) findings.push(added);
}

function isSame(left: Problem, right: Problem): boolean {
  if (left.code !== right.code) return false;
  return Object.entries(left.params).every(([name, value]) => right.params[name] === value);
}

/** The tidied text of a field; undefined when it was left empty, or cannot be used, which adds a finding. */
export function readText(
  notes: Notes,
  field: UserField,
  typed: string | undefined,
  kind: 'name' | 'plain' = 'plain',
): string | undefined {
  if (typed === undefined) return undefined;
  if (isPlain(typed)) return typed.trim() || undefined;
  const { text, fault }: Tidied = tidy(typed, kind);
  if (fault) {
    notes.wrong(field, problem(fault));
    return undefined;
  }
  return text === '' ? undefined : text;
}
