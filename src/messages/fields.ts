/** What is wrong in a field of a new user, in words. */
import { explain } from '../errors/problem.ts';
import type { Finding } from '../users/new-user.ts';

/** Plain text; the suggestion is left out where the sentence names it already. */
export function findingSentence(finding: Pick<Finding, 'problem' | 'suggestion'>): string {
  const sentence = explain(finding.problem);
  const { suggestion } = finding;
  if (!suggestion || sentence.includes(suggestion)) return sentence;
  return `${sentence} Did you mean ${suggestion}?`;
}
