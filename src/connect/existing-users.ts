/**
 * Reads the users whose usernames are taken, to distinguish users that were requested and created before from
 * different people.
 */
import { type ConnectGateway, ConnectReadError, type ExistingUser } from './gateway.ts';

/** Up to this many are looked up one by one; for more, a page of 500 costs less. */
const mostOneByOne = 5;

/**
 * By username; without users that the search does not show yet. When Connect does not answer, the caller does not
 * wait, and the usernames count as those of different people.
 */
export async function readExistingUsers(
  gateway: Pick<ConnectGateway, 'findUser' | 'searchUsers'>,
  usernames: readonly string[],
): Promise<ReadonlyMap<string, ExistingUser>> {
  if (usernames.length === 0) return new Map();
  const wanted = new Set(usernames);
  try {
    const users =
      wanted.size <= mostOneByOne
        ? await Promise.all([...wanted].map((username) => gateway.findUser(username)))
        : await gateway.searchUsers();
    return new Map(
      users.flatMap((user) => (user && wanted.has(user.username) ? [[user.username, user]] : [])),
    );
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    return new Map();
  }
}
