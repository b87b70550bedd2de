/** A directory read from plain lists, as the form sees it. */
import type { DirectorySnapshot } from '../../src/connect/directory.ts';
import type { IdentityMode } from '../../src/users/new-user.ts';
import { type Instance, roomOf, smallInstance } from '../auth/people.ts';

export function snapshotOf(
  identityMode: IdentityMode,
  changes: Partial<Instance> = {},
): Promise<DirectorySnapshot> {
  return roomOf({ ...smallInstance(), identityMode, ...changes }).room.directory.get();
}
