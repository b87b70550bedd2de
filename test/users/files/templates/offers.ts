/** Small instances for which templates are made. */
import type { InstanceFacts } from '../../../../src/connect/gateway.ts';
import { createSearch } from '../../../../src/text/option-search.ts';
import type { UserContext } from '../../../../src/users/context.ts';
import { offerOf, type TemplateOffer } from '../../../../src/users/files/templates/example.ts';
import { createGroupIndex } from '../../../../src/users/hierarchy.ts';
import { createNameIndex } from '../../../../src/users/name-index.ts';
import type { HierarchyGroup, Named } from '../../../../src/users/new-user.ts';
import * as fixtures from '../../fixtures.ts';

/** Ids in Connect's format, which a file may contain in place of names. */
export const idOf = (at: number) => `12345678-1111-2222-aaaa-${String(at).padStart(12, '0')}`;
export const named = (names: readonly string[]): Named[] =>
  names.map((name, at) => ({ id: idOf(at), name }));

export type Lists = {
  readonly routing: readonly Named[];
  readonly security: readonly Named[];
  readonly groups: readonly HierarchyGroup[];
};

export const standardLists: Lists = {
  routing: named(fixtures.routingProfiles.map((routingProfile) => routingProfile.name)),
  security: named(fixtures.securityProfiles.map((securityProfile) => securityProfile.name)),
  groups: fixtures.hierarchyGroups.map(({ path }, at) => ({ id: idOf(at), path })),
};

const facts: InstanceFacts = {
  id: '12a34b56-7890-1234-5678-90ab12cd34ef',
  arn: 'arn:aws:connect:eu-central-1:111122223333:instance/12a34b56-7890-1234-5678-90ab12cd34ef',
  identityMode: 'CONNECT_MANAGED',
};

/** The data that an instance's directory gives to a template, made from plain lists. */
export const offerOfLists = ({ routing, security, groups }: Lists): TemplateOffer =>
  offerOf({
    facts,
    searchRoutingProfiles: createSearch(routing, (profile) => profile.name),
    searchSecurityProfiles: createSearch(security, (profile) => profile.name),
    searchHierarchyGroups: createSearch(groups, (group) => group.path.join(' / ')),
    hierarchyGroups: createGroupIndex(groups),
  });

export const inInstance = (
  context: UserContext,
  { routing, security, groups }: Lists,
): UserContext => ({
  ...context,
  directory: {
    ...fixtures.directory,
    routingProfiles: createNameIndex(routing, (profile) => profile.name),
    securityProfiles: createNameIndex(security, (profile) => profile.name),
    hierarchyGroups: createGroupIndex(groups),
  },
});

export const offer = offerOfLists(standardLists);
