/** The problem in a field of a new user, in words. */
import { explain, sentenceOf, withSuggestion } from '../errors/problem.ts';
import type { Finding } from '../users/new-user.ts';

/** Plain text: the problem, the advice, and the probable value. */
export function findingSentence(finding: FindingInWords): string {
  return withSuggestion(explain(finding.problem), finding.suggestion);
}

/** The same without the advice, for places that show it once for all findings. */
export function shortFinding(finding: FindingInWords): string {
  return withSuggestion(sentenceOf(finding.problem), finding.suggestion);
}

type FindingInWords = Pick<Finding, 'problem' | 'suggestion'>;
