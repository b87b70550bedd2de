/** Slack people who are selected in the form: their names, addresses and usernames. */
import type { InstanceConfig } from '../../config/config.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import type { UserContext } from '../../users/context.ts';
import type { UserDraft } from '../../users/new-user.ts';
import type { Preset } from '../../users/preset.ts';
import { freeUsernameBy } from '../../users/presets/username-pattern.ts';

/** The pattern of usernames that applies here; undefined when usernames have to be typed. */
export function patternOf(
  preset: Preset | undefined,
  instance: Pick<InstanceConfig, 'usernamePattern'>,
  identityMode: UserContext['identityMode'],
): string | undefined {
  const standard = identityMode === 'SAML' ? undefined : '{first}.{last}';
  return preset?.usernamePattern ?? instance.usernamePattern ?? standard;
}

/**
 * The values that the form takes from these people's profiles, each with a free username that no other of them gets.
 */
export function identitiesOf(
  people: readonly SlackPerson[],
  pattern: string | undefined,
  rules: UserContext,
): UserDraft[] {
  const takesEmail = rules.identityMode !== 'SAML' || rules.samlEmail === 'allow';
  const taken = new Set<string>();
  return people.map((person) => {
    const names = namesOf(person);
    const known = { ...names, ...(person.email ? { email: person.email } : {}) };
    const username =
      pattern === undefined ? undefined : freeUsernameBy(pattern, known, rules, taken);
    if (username !== undefined) taken.add(username);
    return {
      ...names,
      ...(takesEmail && person.email ? { email: person.email } : {}),
      ...(username === undefined ? {} : { username }),
    };
  });
}

/** Names from the profile; a profile with a single name field is split at its last space. */
export function namesOf({ firstName, lastName, name }: SlackPerson): UserDraft {
  if (firstName && lastName) return { firstName, lastName };
  const whole = (firstName ?? lastName ?? name).trim();
  const at = whole.lastIndexOf(' ');
  return at < 0
    ? { firstName: whole }
    : { firstName: whole.slice(0, at).trim(), lastName: whole.slice(at + 1) };
}

/** Why this person cannot be added, in a few words; null when they can. */
export function whyNotAdded(person: SlackPerson | null): string | null {
  if (!person || person.deleted) return 'is not active in Slack';
  if (person.bot) return 'is a bot';
  return person.stranger ? 'is from another company’s workspace' : null;
}
