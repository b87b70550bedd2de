/** What an instance offers as plain lists, which another thread can be sent, and the look-ups over them. */
import type { DirectoryView } from './context.ts';
import { createGroupIndex } from './hierarchy.ts';
import { createNameIndex } from './name-index.ts';
import type { HierarchyGroup, Named } from './new-user.ts';

export type DirectoryLists = {
  readonly routingProfiles: readonly Named[];
  readonly securityProfiles: readonly Named[];
  readonly hierarchyGroups: readonly HierarchyGroup[];
  /** In lower case. */
  readonly usernames: readonly string[];
};

export function createDirectoryView(lists: DirectoryLists): DirectoryView {
  const usernames = new Set(lists.usernames);
  return {
    routingProfiles: createNameIndex(lists.routingProfiles, (profile) => profile.name),
    securityProfiles: createNameIndex(lists.securityProfiles, (profile) => profile.name),
    hierarchyGroups: createGroupIndex(lists.hierarchyGroups),
    hasUsername: (username) => usernames.has(username.toLowerCase()),
  };
}
