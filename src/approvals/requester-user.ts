/** Which Connect users a requester is, for comparing them with whoever decides (H3). */
import { readConnectUser } from '../auth/authority.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { authorityDeps, type Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';

/**
 * The user that the requester was when the request was checked, and the one that they are now: an address or a
 * link may have changed in between. Throws `ConnectReadError`: without an answer nobody decides.
 */
export async function requesterUserIds(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
): Promise<string[]> {
  const ids = request.requester_connect ? [request.requester_connect.userId] : [];
  const person = await services.people.person(request.requester_id);
  if (!person) return ids;
  const deps = authorityDeps(services);
  const now = await readConnectUser(deps, instanceClient, person, { fresh: false });
  return now.kind === 'known' ? [...ids, now.userId] : ids;
}
