/** What every template shows: the columns that an instance's identity mode needs, and one user who passes. */
import type { DirectorySnapshot } from '../../../connect/directory.ts';
import type { IdentityMode, Named } from '../../new-user.ts';
import type { Column, ColumnKey } from '../table/known-columns.ts';
import { columnOf } from '../table/match-header.ts';

/** What an instance offers, by the names that a file may hold. */
export type TemplateOffer = {
  readonly instanceId: string;
  readonly routingProfiles: readonly Named[];
  readonly securityProfiles: readonly Named[];
  /** Each with the text that means it and no other. */
  readonly hierarchyGroups: readonly Named[];
  /** The presets that the recipient of the template may use. */
  readonly presets: readonly Pick<Named, 'name'>[];
};

/** The cells of one row. */
export type TemplateRow = ReadonlyMap<ColumnKey, string>;

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
 * What its later pages add (forms 3 and 4), and the directory's id, which no page has. Of their two columns
 * for the hierarchy one is enough: filled in differently they would contradict each other.
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

/** Columns that are findings when they are filled in, by identity mode. */
const unwanted: Readonly<Record<IdentityMode, readonly ColumnKey[]>> = {
  CONNECT_MANAGED: ['directoryUserId'],
  SAML: ['email', 'password', 'directoryUserId'],
  EXISTING_DIRECTORY: ['password'],
};

/** The columns for an identity mode: none that the mode refuses, and `preset` where there are any. */
export function templateColumns(
  mode: IdentityMode,
  { presets }: Pick<TemplateOffer, 'presets'> = { presets: [] },
): readonly Column[] {
  const preset: readonly ColumnKey[] = presets.length > 0 ? ['preset'] : [];
  return [...preset, ...websiteColumns, ...newerColumns]
    .filter((key) => !unwanted[mode].includes(key))
    .map(columnOf);
}

/** Mary Major is AWS's own made-up user, the domain RFC 2606's. A row that still holds her is no request. */
export const exampleUser = {
  firstName: 'Mary',
  lastName: 'Major',
  email: 'mary.major@example.com',
  username: 'mary.major',
} as const;

/**
 * One user out of made-up values and the instance's own
 * names. Phone numbers stay empty: Excel takes the `+` off one in a CSV, and a soft phone needs none.
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

/** People copy the example as it is, so it must not be the profile with all permissions. */
export function exampleSecurity(offer: TemplateOffer): Named | undefined {
  const { securityProfiles } = offer;
  return (
    securityProfiles.find((securityProfile) => securityProfile.name.toLowerCase() === 'agent') ??
    securityProfiles.find((securityProfile) => !/admin|manager/i.test(securityProfile.name)) ??
    securityProfiles[0]
  );
}
