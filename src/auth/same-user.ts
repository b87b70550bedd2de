/**
 * Two Slack accounts that lead to one Connect user are one person (H3): what one of them asks for, the other one
 * cannot approve.
 */
import type { InstanceClient } from '../connect/instance-client.ts';
import type { SlackPerson } from '../slack/person.ts';
import { type AuthorityDeps, readConnectUser } from './authority.ts';
import { foldCase, localPartDomain } from './connect-identity.ts';

/** The Connect user that somebody is, and the other people in Slack who are the same one. */
export type ConnectSelf = {
  readonly userId: string;
  readonly username: string;
  /** Names of other active Slack people who lead to this user; they should be none. */
  readonly sharedWith: readonly string[];
};

/**
 * Null when the person is no Connect user. Others are found as far as Slack can be asked: by the policy's links,
 * and by the addresses that would lead to this user. Throws `ConnectReadError`.
 */
export async function readConnectSelf(
  deps: AuthorityDeps,
  instanceClient: InstanceClient,
  person: SlackPerson,
): Promise<ConnectSelf | null> {
  const identity = await readConnectUser(deps, instanceClient, person, { fresh: false });
  if (identity.kind === 'unknown') return null;
  const { userId, username } = identity;
  const sharedWith: string[] = [];
  for (const id of await candidates(deps, instanceClient, username)) {
    if (id === person.id) continue;
    const candidate = await deps.people.person(id);
    if (!candidate || candidate.deleted) continue;
    const found = await readConnectUser(deps, instanceClient, candidate, { fresh: false });
    if (found.kind === 'known' && found.userId === userId) sharedWith.push(candidate.name);
  }
  return { userId, username, sharedWith };
}

async function candidates(
  { people, policy }: AuthorityDeps,
  instanceClient: InstanceClient,
  username: string,
): Promise<Set<string>> {
  const name = foldCase(username);
  const linked = Object.entries(policy.links).filter(([, linkedTo]) => foldCase(linkedTo) === name);
  const ids = new Set(policy.ways.includes('link') ? linked.map(([id]) => id) : []);
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
