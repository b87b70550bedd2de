/** Who said which Connect user somebody is: they count as one person with them, as they could have made them up (H3). */
import type { InstanceClient } from '../connect/instance-client.ts';
import { type AuthorityDeps, readConnectUser } from './authority.ts';
import type { Identity } from './connect-identity.ts';

/** An admin who confirmed which Connect user somebody is. */
export type Voucher = {
  readonly id: string;
  /** '' when it is not known who they are in Connect. */
  readonly connectUserId: string;
};

/** Whoever was vouched for by somebody who was vouched for, and so on; no real chain is longer. */
const longestChain = 5;

/**
 * The admin who confirmed this person's link, whoever confirmed that admin's, and so on; nobody where an address or the policy
 * file tells who they are. Throws `ConnectReadError`.
 */
export async function readVouchers(
  deps: AuthorityDeps,
  instanceClient: InstanceClient,
  person: { readonly id: string; readonly identity: Identity | undefined },
): Promise<Voucher[]> {
  const { alias } = instanceClient.config;
  const vouchers = new Map<string, Voucher>();
  let { id, identity } = person;
  while (vouchers.size < longestChain) {
    const isLinked = identity?.kind === 'known' && identity.way === 'link';
    if (!isLinked || deps.policy.links[id] !== undefined) break;
    const by = (await deps.links.of(id, alias))?.confirmedBy;
    if (by === undefined || vouchers.has(by)) break;
    const admin = await deps.people.person(by);
    const user = admin && (await readConnectUser(deps, instanceClient, admin, { fresh: false }));
    vouchers.set(by, { id: by, connectUserId: user?.kind === 'known' ? user.userId : '' });
    id = by;
    identity = user ?? undefined;
  }
  return [...vouchers.values()];
}
