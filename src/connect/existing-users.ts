/** The users whose names are taken, to tell those that were made before from somebody else. */
import { type ConnectGateway, ConnectReadError, type ExistingUser } from './gateway.ts';

/** Up to this many are looked up one by one; for more, a page of 500 costs less. */
const mostOneByOne = 5;

/**
 * By username; without those that a search does not show yet. An answer that Connect does not give makes nobody
 * wait: the names then count as somebody else's.
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
