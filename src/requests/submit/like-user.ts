/** An existing user as the example for a new one. */
import type { ExistingUser } from '../../connect/gateway.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { createSearch } from '../../text/option-search.ts';
import { fullName } from '../../users/full-name.ts';
import type { Proficiency, UserDraft } from '../../users/new-user.ts';

/**
 * Tags of AWS and of this bot: nobody can set the first, and the second identify one request
 * (provisioning/row-tag.ts).
 */
const ofSomebodyElse = /^(aws|connect-add-user):/i;

/** Slack refuses a whole menu in which one value is longer (a guess, see docs/sandbox.md: newer pages say 150). */
export const longestLike = 75;

/** Users whose name or username contains the typed text; empty when Connect does not answer in time. */
export async function searchUsers(
  { directory }: Pick<InstanceClient, 'directory'>,
  typed: string,
  { limit, withinMs }: { readonly limit: number; readonly withinMs: number },
): Promise<{ readonly id: string; readonly name: string }[]> {
  const all = (await directory.colleagues({ withinMs })) ?? [];
  const offered = all.filter(({ username }) => username.length <= longestLike);
  const named = offered.map((user) => {
    const name = fullName(user);
    return {
      id: user.username,
      name: name === user.username ? name : `${name} (${user.username})`,
    };
  });
  return createSearch(named, ({ name }) => name)(typed, limit);
}

/**
 * The values that a new user takes over from this one: profiles, group, phone settings, tags and proficiencies.
 * Nothing personal: no names, addresses or numbers. Null when there is no such user, or Connect does not answer.
 */
export async function draftLikeUser(
  { gateway }: Pick<InstanceClient, 'gateway'>,
  username: string,
): Promise<UserDraft | null> {
  try {
    const found = await gateway.findUser(username);
    const user = found && (await gateway.describeUser(found.id));
    if (!user) return null;
    return draftOf(user, await gateway.proficienciesOf(user.id));
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    return null;
  }
}

function draftOf(user: ExistingUser, proficiencies: readonly Proficiency[]): UserDraft {
  const { routingProfileId, hierarchyGroupId, phone } = user;
  const tags = Object.entries(user.tags).filter(([key]) => !ofSomebodyElse.test(key));
  return {
    securityProfiles: user.securityProfileIds.map((id) => ({ id })),
    ...(routingProfileId ? { routingProfile: { id: routingProfileId } } : {}),
    ...(hierarchyGroupId ? { hierarchyGroup: { id: hierarchyGroupId } } : {}),
    ...(phone
      ? {
          phoneType: phone.type,
          autoAccept: phone.autoAccept ? 'yes' : 'no',
          persistentConnection: phone.persistentConnection ? 'yes' : 'no',
          afterContactWorkSeconds: String(phone.afterContactWorkSeconds),
        }
      : {}),
    ...(tags.length > 0 ? { tags: tags.map(([key, value]) => `${key}=${value}`).join('\n') } : {}),
    ...(proficiencies.length > 0
      ? {
          proficiencies: proficiencies
            .map(({ attribute, value, level }) => `${attribute}=${value}:${level}`)
            .join('\n'),
        }
      : {}),
  };
}
