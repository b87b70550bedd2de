/** The few permissions of a security profile that go beyond one's own work, which an approver should consider. */
import type { RequestedProfile } from './holdings.ts';

/** The risk of a security profile that an approver should consider. */
export type Risk = { readonly profile: string; readonly may: readonly string[] };

/** Permission string (AWS: List of security profile permissions) → what its holder may do. */
const riskyPermissions: Readonly<Record<string, string>> = {
  'Users.Create': 'create users',
  'Users.EditPermission': 'give users other security profiles',
  'Users.Edit': 'edit users',
  'Users.Delete': 'delete users',
  'SecurityProfiles.Create': 'make security profiles',
  'SecurityProfiles.Edit': 'change security profiles',
  ManagerListenIn: 'listen in on calls',
  ManagerBargeIn: 'barge in on calls',
};

/** Permissions that let their holder decide what other people can do in Connect. */
const management: readonly (readonly [phrase: string, permissions: readonly string[]])[] = [
  ['can manage users', ['Users.Create', 'Users.Edit', 'Users.Delete', 'Users.EditPermission']],
  ['can manage security profiles', ['SecurityProfiles.Create', 'SecurityProfiles.Edit']],
];

/** "can manage users", or null for a profile without management permissions. */
export function managementOf(permissions: readonly string[]): string | null {
  const found = management.find(([, managing]) =>
    managing.some((permission) => permissions.includes(permission)),
  );
  return found?.[0] ?? null;
}

/**
 * A permission in words: its effect where that matters, and otherwise the website's grouping, such as "Users – View"
 * for `Users.View`.
 */
export function permissionInWords(permission: string): string {
  const phrase = riskyPermissions[permission];
  if (phrase !== undefined) return phrase;
  return permission
    .split('.')
    .map((part) =>
      part.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2'),
    )
    .join(' – ');
}

/** Sorts permissions so that the most important ones are named first. */
export function mostImportantFirst(permissions: readonly string[]): string[] {
  const weight = (permission: string) => Number(permission in riskyPermissions);
  return permissions.toSorted((left, right) => weight(right) - weight(left));
}

/** Whether a profile has any permission that an approver should weigh. */
export function hasRiskyPermission({
  permissions,
}: Pick<RequestedProfile, 'permissions'>): boolean {
  return permissions.some((permission) => permission in riskyPermissions);
}

/** At most one risk per profile, only for profiles that have any; the most important phrases first. */
export function risksOf(asked: readonly RequestedProfile[]): Risk[] {
  return asked.flatMap((profile) => {
    const may = Object.entries(riskyPermissions)
      .filter(([permission]) => profile.permissions.includes(permission))
      .map(([, phrase]) => phrase);
    return may.length > 0 ? [{ profile: profile.name, may }] : [];
  });
}
