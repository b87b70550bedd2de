/**
 * Whether a new user is still the Slack person who was selected: the requester may have typed another person's data.
 */
import type { InstanceConfig } from '../../config/config.ts';
import type { People } from '../../slack/people.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import { folded } from '../../text/tidy.ts';
import type { NewUser } from '../../users/new-user.ts';
import { presetNamed } from '../../users/presets/apply-preset.ts';
import { usernameBy } from '../../users/presets/username-pattern.ts';
import { namesOf, patternOf } from './slack-members.ts';

/**
 * `similar`: only the email address or only the names match the person. `other`: neither does, or the address belongs
 * to another person in Slack.
 */
export type Resemblance = 'same' | 'similar' | 'other';

type Picked = Pick<NewUser, 'firstName' | 'lastName' | 'username' | 'email'>;

/**
 * @param preset name of the user's preset, whose pattern the username can have
 * @throws Slack's error when Slack does not say to whom the address belongs
 */
export async function resemblanceOf(
  people: Pick<People, 'whoHasAddress'>,
  config: Pick<InstanceConfig, 'usernamePattern' | 'presets'>,
  person: SlackPerson,
  user: Picked,
  preset: string | undefined,
): Promise<Resemblance> {
  const pattern = patternOf(presetNamed(config.presets, preset ?? ''), config, 'CONNECT_MANAGED');
  const isNamed = hasNamesOf(person, user, pattern);
  if (user.email === undefined) return isNamed ? 'same' : 'other';
  if (person.email && folded(person.email) === folded(user.email)) {
    return isNamed ? 'same' : 'similar';
  }
  if (!isNamed) return 'other';
  const owner = await people.whoHasAddress(user.email);
  return owner && owner.id !== person.id ? 'other' : 'similar';
}

/** In an instance without names, the username must be made from the person's names. */
function hasNamesOf(person: SlackPerson, user: Picked, pattern: string | undefined): boolean {
  const names = namesOf(person);
  if (user.firstName === undefined && user.lastName === undefined) {
    const own = usernameBy(pattern ?? '{first}.{last}', { ...names, email: person.email });
    return own !== undefined && folded(user.username).replace(/\d+$/, '') === own;
  }
  const isEqual = (key: 'firstName' | 'lastName') =>
    names[key] === undefined || folded(names[key]) === folded(user[key] ?? '');
  return isEqual('firstName') && isEqual('lastName');
}
