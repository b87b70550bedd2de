/**
 * Two Slack accounts that lead to one Connect user count as one person (H3): a request from one of them cannot be
 * approved by the other.
 */
import type { InstanceClient } from '../connect/instance-client.ts';
import type { SlackPerson } from '../slack/slack-person.ts';
import { type AuthorityDeps, readConnectUser } from './authority.ts';
import { foldCase, localPartDomain } from './connect-identity.ts';

/** A person's Connect user, and the other people in Slack who lead to the same user. */
export type ConnectSelf = {
  readonly userId: string;
  readonly username: string;
  /** Names of other active Slack people who lead to this user; normally there are none. */
  readonly sharedWith: readonly string[];
};

/**
 * Null when the person has no Connect user. Other people are searched in Slack by the links of the policy and of
 * admins, and by the email addresses that would lead to this user. Throws `ConnectReadError`.
 */
export async function readConnectSelf(
  deps: AuthorityDeps,
  instanceClient: InstanceClient,
  person: SlackPerson,
): Promise<ConnectSelf | null> {
  const identity = await readConnectUser(deps, instanceClient, person, { fresh: false });
  if (identity.kind === 'unknown') return null;
  const { userId, username } = identity;
  const people = await readSlackPeopleOf(deps, instanceClient, identity);
  const sharedWith = people.filter(({ id }) => id !== person.id).map(({ name }) => name);
  return { userId, username, sharedWith };
}

/** Active people in Slack who lead to this Connect user, as far as Slack can find them. Throws `ConnectReadError`. */
export async function readSlackPeopleOf(
  deps: AuthorityDeps,
  instanceClient: InstanceClient,
  { userId, username }: { readonly userId: string; readonly username: string },
): Promise<SlackPerson[]> {
  const found: SlackPerson[] = [];
  for (const id of await candidates(deps, instanceClient, { userId, username })) {
    const candidate = await deps.people.person(id);
    if (!candidate || candidate.deleted) continue;
    const is = await readConnectUser(deps, instanceClient, candidate, { fresh: false });
    if (is.kind === 'known' && is.userId === userId) found.push(candidate);
  }
  return found;
}

async function candidates(
  { people, policy, links }: AuthorityDeps,
  instanceClient: InstanceClient,
  { userId, username }: { readonly userId: string; readonly username: string },
): Promise<Set<string>> {
  const name = foldCase(username);
  const linked = Object.entries(policy.links).filter(([, linkedTo]) => foldCase(linkedTo) === name);
  const stored = await links.to(userId, instanceClient.config.alias);
  const ids = new Set(policy.ways.includes('link') ? [...linked.map(([id]) => id), ...stored] : []);
  const domain = localPartDomain(policy, instanceClient.config.alias);
  const addresses = [
    ...(policy.ways.includes('email') && name.includes('@') ? [name] : []),
    ...(policy.ways.includes('email-local-part') && domain ? [`${name}@${domain}`] : []),
  ];
  for (const address of addresses) {
    const found = await people.whoHasAddress(address);
    if (found) ids.add(found.id);
  }
  return ids;
}
