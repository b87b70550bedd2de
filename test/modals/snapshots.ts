/** A directory made from plain lists, as the form reads it. */
import type { DirectorySnapshot } from '../../src/connect/directory.ts';
import type { IdentityMode } from '../../src/users/new-user.ts';
import { type Instance, instanceClientOf, smallInstance } from '../auth/people.ts';

export function snapshotOf(
  identityMode: IdentityMode,
  changes: Partial<Instance> = {},
): Promise<DirectorySnapshot> {
  return instanceClientOf({
    ...smallInstance(),
    identityMode,
    ...changes,
  }).instanceClient.directory.get();
}
