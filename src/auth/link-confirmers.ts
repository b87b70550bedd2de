/**
 * Finds the admins who confirmed which Connect user a person is. Such an admin and that person count as one person
 * (H3), because the admin could have invented the second person in order to approve their own requests.
 */
import type { InstanceClient } from '../connect/instance-client.ts';
import { type AuthorityDeps, readConnectUser } from './authority.ts';
import type { Identity } from './connect-identity.ts';

/** An admin who confirmed a person's Connect user. */
export type LinkConfirmer = {
  readonly id: string;
  /** '' when their own Connect user is not known. */
  readonly connectUserId: string;
};

/**
 * Links are followed from a person to the admin who confirmed them, and on to that admin's own. No real chain is
 * longer than this.
 */
const longestChain = 5;

/**
 * The admin who confirmed this person's link, the admin who confirmed that admin's link, and so on; empty when an
 * email address or the policy file identifies the person. Throws `ConnectReadError`.
 */
export async function readLinkConfirmers(
  deps: AuthorityDeps,
  instanceClient: InstanceClient,
  person: { readonly id: string; readonly identity: Identity | undefined },
): Promise<LinkConfirmer[]> {
  const { alias } = instanceClient.config;
  const confirmers = new Map<string, LinkConfirmer>();
  let { id, identity } = person;
  while (confirmers.size < longestChain) {
    const isLinked = identity?.kind === 'known' && identity.way === 'link';
    if (!isLinked || deps.policy.links[id] !== undefined) break;
    const by = (await deps.links.of(id, alias))?.confirmedBy;
    if (by === undefined || confirmers.has(by)) break;
    const admin = await deps.people.person(by);
    const user = admin && (await readConnectUser(deps, instanceClient, admin, { fresh: false }));
    confirmers.set(by, { id: by, connectUserId: user?.kind === 'known' ? user.userId : '' });
    id = by;
    identity = user ?? undefined;
  }
  return [...confirmers.values()];
}
