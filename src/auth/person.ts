/** A Slack person as Slack describes them (`users.info`), as far as a verdict needs to know. */
import { type Problem, problem } from '../errors.ts';

export type SlackPerson = {
  readonly id: string;
  /** The name people know them by. */
  readonly name: string;
  /** Slack's own profile address, the only one to trust. Absent without users:read.email. */
  readonly email?: string;
  readonly deleted: boolean;
  readonly bot: boolean;
  /** Single- or multi-channel guest. */
  readonly guest: boolean;
  /** Of another workspace, met through Slack Connect. */
  readonly stranger: boolean;
};

/**
 * Whether this person can act at all. Somebody from another company, a guest, a bot and a deactivated
 * account never can, whatever the policy says.
 */
export function whyNobody(person: SlackPerson, teamName: string): Problem | null {
  if (person.stranger) return problem('person.stranger', { team: teamName });
  if (person.deleted || person.bot) return problem('person.not-active');
  if (person.guest) return problem('person.guest');
  return null;
}
