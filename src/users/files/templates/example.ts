/** What every template shows: the columns that an instance's identity mode wants, and one user who passes. */
import type { DirectorySnapshot } from '../../../connect/directory.ts';
import type { IdentityMode, Named } from '../../new-user.ts';
import { type Column, type ColumnKey, columnOf } from '../columns.ts';

/** What an instance offers, by the names that a file may hold. */
export type TemplateOffer = {
  /** Absent where the template is for no instance in particular. */
  readonly instanceId?: string;
  readonly routingProfiles: readonly Named[];
  readonly securityProfiles: readonly Named[];
  /** Each with the text that means it and no other. */
  readonly hierarchyGroups: readonly Named[];
};

/** The names of AWS's own example, for a template that is for no instance in particular. */
export const standardOffer: TemplateOffer = {
  routingProfiles: [{ id: '87654321-9999-3434-abcd-x1y2z3a1b2c3', name: 'Basic Routing Profile' }],
  securityProfiles: [{ id: '12345678-1111-2222-aaaa-a1b2c3d4f5g7', name: 'Agent' }],
  hierarchyGroups: [],
};

/** Connect's quotas allow fewer of each. */
const mostNames = 5_000;

/** Everything that an instance offers, in the alphabet's order. */
export function offerOf(
  snapshot: Pick<
    DirectorySnapshot,
    | 'facts'
    | 'searchRoutingProfiles'
    | 'searchSecurityProfiles'
    | 'searchHierarchyGroups'
    | 'hierarchyGroups'
  >,
): TemplateOffer {
  return {
    instanceId: snapshot.facts.id,
    routingProfiles: snapshot.searchRoutingProfiles('', mostNames),
    securityProfiles: snapshot.searchSecurityProfiles('', mostNames),
    hierarchyGroups: snapshot.searchHierarchyGroups('', mostNames).map((group) => ({
      id: group.id,
      name: snapshot.hierarchyGroups.textOf(group),
    })),
  };
}

/** The website's newest header, its order kept, with our own columns behind it. */
const order: readonly ColumnKey[] = [
  'firstName',
  'lastName',
  'email',
  'secondaryEmail',
  'mobile',
  'password',
  'username',
  'agentHierarchy',
  'routingProfile',
  'securityProfiles',
  'userHierarchy',
  'phoneType',
  'deskPhoneNumber',
  'autoAccept',
  'afterContactWorkSeconds',
  'tags',
  'persistentConnection',
  'voiceEnhancement',
  'directoryUserId',
  'VOICE.autoAccept',
  'CHAT.autoAccept',
  'TASK.autoAccept',
  'EMAIL.autoAccept',
  'VOICE.afterContactWorkSeconds',
  'CHAT.afterContactWorkSeconds',
  'TASK.afterContactWorkSeconds',
  'EMAIL.afterContactWorkSeconds',
  'VOICE.agentFirstCallbackAutoAccept',
  'VOICE.agentFirstCallbackAfterContactWorkSeconds',
];

/** Columns that are findings when they are filled in, by identity mode. */
const unwanted: Readonly<Record<IdentityMode, readonly ColumnKey[]>> = {
  CONNECT_MANAGED: ['directoryUserId'],
  SAML: ['email', 'password', 'directoryUserId'],
  EXISTING_DIRECTORY: ['password'],
};

export function templateColumns(mode: IdentityMode): readonly Column[] {
  return order.filter((key) => !unwanted[mode].includes(key)).map(columnOf);
}

/** One user out of made-up values (RFC 2606, 555 numbers) and the instance's own names. */
export function exampleCells(offer: TemplateOffer): ReadonlyMap<ColumnKey, string> {
  return new Map<ColumnKey, string>([
    ['firstName', 'Mary'],
    ['lastName', 'Major'],
    ['email', 'mary.major@example.com'],
    ['username', 'mary.major'],
    ['routingProfile', exampleRouting(offer)?.name ?? ''],
    ['securityProfiles', exampleSecurity(offer)?.name ?? ''],
    ['userHierarchy', offer.hierarchyGroups[0]?.name ?? ''],
    ['phoneType', 'soft'],
    ['autoAccept', 'no'],
    ['afterContactWorkSeconds', '60'],
    ['tags', 'team=north|site=York'],
    ['persistentConnection', 'no'],
    ['voiceEnhancement', 'none'],
  ]);
}

export function exampleRouting(offer: TemplateOffer): Named | undefined {
  return offer.routingProfiles.find((it) => /^basic/i.test(it.name)) ?? offer.routingProfiles[0];
}

/** An example is copied without a thought, so it must not be the one that may do everything. */
export function exampleSecurity(offer: TemplateOffer): Named | undefined {
  const { securityProfiles } = offer;
  return (
    securityProfiles.find((it) => it.name.toLowerCase() === 'agent') ??
    securityProfiles.find((it) => !/admin|manager/i.test(it.name)) ??
    securityProfiles[0]
  );
}
