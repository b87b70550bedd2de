/** Whether an existing user was created by a CreateUser call whose answer was lost. */

import { ConnectReadError, type ExistingUser } from '../connect/gateway.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';
import { looksLike } from '../users/existing-user.ts';
import type { NewUser } from '../users/new-user.ts';
import { isMarked } from './row-tag.ts';

export type Found =
  | { readonly kind: 'not-there' }
  | { readonly kind: 'ours'; readonly user: ExistingUser }
  | { readonly kind: 'not-ours' }
  /** It is similar and carries no mark, because the bot may not tag. */
  | { readonly kind: 'cannot-tell' };

/** Throws ConnectReadError when Connect does not answer. */
export async function lookUp(
  instanceClient: InstanceClient,
  request: RequestRecord,
  row: RowRecord,
): Promise<Found> {
  const wanted = row.new_user;
  if (!wanted) return { kind: 'not-there' };
  let user: ExistingUser | null;
  try {
    user = await instanceClient.gateway.findUser(wanted.username);
  } catch (error) {
    // A search can refuse a text because of its length; the lists have no such limit.
    if (!(error instanceof ConnectReadError) || error.kind !== 'invalid') throw error;
    return lookUpInLists(instanceClient, request, row);
  }
  return user ? compare(instanceClient, request, row, wanted, user) : { kind: 'not-there' };
}

/**
 * The same through ListUsers and DescribeUser, which cost more calls and do not depend on the delay of the search:
 * for a user that certainly exists and that no search shows.
 */
export async function lookUpInLists(
  instanceClient: InstanceClient,
  request: RequestRecord,
  row: RowRecord,
): Promise<Found> {
  const wanted = row.new_user;
  if (!wanted) return { kind: 'not-there' };
  const snapshot = await instanceClient.directory.get({ fresh: true });
  // Usernames are case sensitive, so a username in different case belongs to a different user.
  const listed = snapshot
    .usersNamed(wanted.username)
    .find(({ username }) => username === wanted.username);
  const user = listed ? await instanceClient.gateway.describeUser(listed.id) : null;
  return user ? compare(instanceClient, request, row, wanted, user) : { kind: 'not-there' };
}

function compare(
  instanceClient: InstanceClient,
  request: RequestRecord,
  row: RowRecord,
  wanted: NewUser,
  user: ExistingUser,
): Found {
  const identity = { requestId: request.id, requestUid: request.uid, position: row.position };
  if (isMarked(user, identity)) return { kind: 'ours', user };
  if (instanceClient.config.tagUsers) return { kind: 'not-ours' };
  return looksLike(user, wanted) ? { kind: 'cannot-tell' } : { kind: 'not-ours' };
}
