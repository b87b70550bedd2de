/** Who can act at all, independent of the policy. */
import { type Problem, problem } from '../errors/problem.ts';
import type { SlackPerson } from '../slack/slack-person.ts';

/**
 * Whether this person can act at all. A person from another company, a guest, a bot and a deactivated account never
 * can, whatever the policy says.
 */
export function whyNotActive(person: SlackPerson, teamName: string): Problem | null {
  if (person.stranger) return problem('person.stranger', { team: teamName });
  if (person.deleted || person.bot) return problem('person.not-active');
  if (person.guest) return problem('person.guest');
  return null;
}
