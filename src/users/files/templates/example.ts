/** The common content of all templates: the columns for an instance's identity mode, and one valid user. */
import type { DirectorySnapshot } from '../../../connect/directory.ts';
import type { IdentityMode, Named } from '../../new-user.ts';
import type { Column, ColumnKey } from '../table/known-columns.ts';
import { columnOf } from '../table/match-header.ts';

/** The names of an instance that a file may contain. */
export type TemplateOffer = {
  readonly instanceId: string;
  readonly routingProfiles: readonly Named[];
  readonly securityProfiles: readonly Named[];
  /** Each with its unambiguous text. */
  readonly hierarchyGroups: readonly Named[];
  /** The presets that the recipient of the template may use. */
  readonly presets: readonly Pick<Named, 'name'>[];
};

/** The cells of one row. */
export type TemplateRow = ReadonlyMap<ColumnKey, string>;

/** Connect's quotas allow fewer of each. */
const mostNames = 5_000;

/** All names of an instance, in alphabetical order. */
export function offerOf(
  snapshot: Pick<
    DirectorySnapshot,
    | 'facts'
    | 'searchRoutingProfiles'
    | 'searchSecurityProfiles'
    | 'searchHierarchyGroups'
    | 'hierarchyGroups'
  >,
  presets: readonly string[] = [],
): TemplateOffer {
  return {
    instanceId: snapshot.facts.id,
    routingProfiles: snapshot.searchRoutingProfiles('', mostNames),
    securityProfiles: snapshot
      .searchSecurityProfiles('', mostNames)
      // When such a name is read from a cell, it would count as two names.
      .filter((profile) => !profile.name.includes('|')),
    hierarchyGroups: snapshot.searchHierarchyGroups('', mostNames).map((group) => ({
      id: group.id,
      name: snapshot.hierarchyGroups.textOf(group),
    })),
    presets: presets.map((name) => ({ name })),
  };
}

/** The header row that the admin website has always documented (facts, CSV part, form 1). */
const websiteColumns: readonly ColumnKey[] = [
  'firstName',
  'lastName',
  'email',
  'password',
  'username',
  'routingProfile',
  'securityProfiles',
  'phoneType',
  'deskPhoneNumber',
  'autoAccept',
  'afterContactWorkSeconds',
];

/**
 * The columns of its later pages (forms 3 and 4), and the directory's id, which no page has. One of their two columns
 * for the hierarchy is sufficient, because different values in both would contradict each other.
 */
const newerColumns: readonly ColumnKey[] = [
  'secondaryEmail',
  'mobile',
  'userHierarchy',
  'persistentConnection',
  'voiceEnhancement',
  'tags',
  'directoryUserId',
];

/** Columns that cause a finding when they are filled in, by identity mode. */
const unwanted: Readonly<Record<IdentityMode, readonly ColumnKey[]>> = {
  CONNECT_MANAGED: ['directoryUserId'],
  SAML: ['email', 'password', 'directoryUserId'],
  EXISTING_DIRECTORY: ['password'],
};

/** The columns for an identity mode: none that the mode refuses, and `preset` if there are any. */
export function templateColumns(
  mode: IdentityMode,
  { presets }: Pick<TemplateOffer, 'presets'> = { presets: [] },
): readonly Column[] {
  const preset: readonly ColumnKey[] = presets.length > 0 ? ['preset'] : [];
  return [...preset, ...websiteColumns, ...newerColumns]
    .filter((key) => !unwanted[mode].includes(key))
    .map(columnOf);
}

/**
 * Mary Major is AWS's own fictional user, the domain is RFC 2606's. A row that still contains her is not a request.
 */
export const exampleUser = {
  firstName: 'Mary',
  lastName: 'Major',
  email: 'mary.major@example.com',
  username: 'mary.major',
} as const;

/**
 * One user from invented values and the instance's own names. Phone numbers stay empty, because Excel removes the `+`
 * of one in a CSV, and a soft phone needs none.
 */
export function exampleCells(offer: TemplateOffer): TemplateRow {
  return new Map<ColumnKey, string>([
    ['firstName', exampleUser.firstName],
    ['lastName', exampleUser.lastName],
    ['email', exampleUser.email],
    ['secondaryEmail', 'mary@example.net'],
    ['username', exampleUser.username],
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
  return (
    offer.routingProfiles.find((routingProfile) => /^basic/i.test(routingProfile.name)) ??
    offer.routingProfiles[0]
  );
}

/** People copy the example unchanged, so it must not have the profile with all permissions. */
export function exampleSecurity(offer: TemplateOffer): Named | undefined {
  const { securityProfiles } = offer;
  return (
    securityProfiles.find((securityProfile) => securityProfile.name.toLowerCase() === 'agent') ??
    securityProfiles.find((securityProfile) => !/admin|manager/i.test(securityProfile.name)) ??
    securityProfiles[0]
  );
}
