import type { ConnectUser } from '../../api/connect.ts';

/** Users whose values contain all the words, newest first. */
export function matchingUsers(users: readonly ConnectUser[], query: string): ConnectUser[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return users
    .filter((user) => {
      const text = [
        user.username,
        user.firstName,
        user.lastName,
        user.email,
        user.id,
        user.routingProfile,
        ...user.securityProfiles,
        ...(user.hierarchyGroup ?? []),
      ]
        .join('\n')
        .toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
}
