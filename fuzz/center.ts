/** A small contact center that the fuzzer's files and forms are checked against. */
import type { UserContext } from '../src/users/context.ts';
import { createUsernames } from '../src/users/directory-view.ts';
import { createGroupIndex } from '../src/users/hierarchy.ts';
import { createNameIndex } from '../src/users/name-index.ts';
import type { IdentityMode } from '../src/users/new-user.ts';

const named = (names: readonly string[]) => names.map((name) => ({ id: `id-${name}`, name }));

const routingProfiles = named(['Basic Routing Profile', 'Tier 2', 'Nachtschicht']);
const securityProfiles = named(['Agent', 'Supervisor', 'Admin', 'QualityAnalyst']);
const hierarchyGroups = [['North'], ['North', 'Sales'], ['South', 'Sales']].map((path) => ({
  id: `id-${path.join('-')}`,
  path,
}));

export function contextOf(identityMode: IdentityMode, canTypePassword: boolean): UserContext {
  return {
    alias: 'production',
    identityMode,
    samlEmail: 'refuse',
    directory: {
      routingProfiles: createNameIndex(routingProfiles, (profile) => profile.name),
      securityProfiles: createNameIndex(securityProfiles, (profile) => profile.name),
      hierarchyGroups: createGroupIndex(hierarchyGroups),
      ...createUsernames(new Set(['jdoe', 'mary@example.com'])),
    },
    tagsOfTheBot: 1,
    canTypePassword,
  };
}
