/** The directory of an instance as plain lists, which can be sent to another thread, and the look-ups over them. */
import type { DirectoryView } from './context.ts';
import { createGroupIndex } from './hierarchy.ts';
import { createNameIndex } from './name-index.ts';
import type { HierarchyGroup, Named } from './new-user.ts';

export type DirectoryLists = {
  readonly routingProfiles: readonly Named[];
  readonly securityProfiles: readonly Named[];
  readonly hierarchyGroups: readonly HierarchyGroup[];
  readonly usernames: readonly string[];
};

export function createDirectoryView(lists: DirectoryLists): DirectoryView {
  return {
    routingProfiles: createNameIndex(lists.routingProfiles, (profile) => profile.name),
    securityProfiles: createNameIndex(lists.securityProfiles, (profile) => profile.name),
    hierarchyGroups: createGroupIndex(lists.hierarchyGroups),
    ...createUsernames(lists.usernames),
  };
}

/** Look-ups over usernames, exactly and ignoring case. */
export function createUsernames(
  all: Iterable<string>,
): Pick<DirectoryView, 'hasUsername' | 'similarUsername'> {
  const exact = new Set(all);
  const byLowerCase = new Map([...exact].map((username) => [username.toLowerCase(), username]));
  return {
    hasUsername: (username) => exact.has(username),
    similarUsername: (username) =>
      exact.has(username) ? undefined : byLowerCase.get(username.toLowerCase()),
  };
}
