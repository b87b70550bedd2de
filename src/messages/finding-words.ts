/** What is wrong in a field of a new user, in words. */
import { explain, sentenceOf, withSuggestion } from '../errors/problem.ts';
import type { Finding } from '../users/new-user.ts';

/** Plain text: what is wrong, what to do, and what was probably meant. */
export function findingSentence(finding: FindingInWords): string {
  return withSuggestion(explain(finding.problem), finding.suggestion);
}

/** The same without what to do, for places where that is said once for all. */
export function shortFinding(finding: FindingInWords): string {
  return withSuggestion(sentenceOf(finding.problem), finding.suggestion);
}

type FindingInWords = Pick<Finding, 'problem' | 'suggestion'>;
