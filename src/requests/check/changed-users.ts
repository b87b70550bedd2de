/** The differences between a request and the one that it replaces, in a few words. Pure. */
import { shown } from '../../text/tidy.ts';
import type { NewUser } from '../../users/new-user.ts';

/** A longer list of names would not be read. */
const mostNames = 3;

/** The fields of one user that are mentioned, without security profiles. */
const fields: readonly (readonly [string, (user: NewUser) => unknown])[] = [
  ['first name', (user) => user.firstName],
  ['last name', (user) => user.lastName],
  ['username', (user) => user.username],
  ['email', (user) => [user.email, user.secondaryEmail]],
  ['mobile', (user) => user.mobile],
  ['routing profile', (user) => user.routingProfile.id],
  ['hierarchy group', (user) => user.hierarchyGroup?.id],
  ['phone', (user) => user.phone],
  ['after-call work', (user) => user.afterContactWorkSeconds],
  ['settings per channel', (user) => user.channels],
  ['tags', (user) => user.tags],
  ['proficiencies', (user) => user.proficiencies],
];

/**
 * @returns such as `removed: Admin · changed: email`; empty when nothing differs, or the earlier users are unknown
 *
 * @example changesBetween([user('mary', ['Admin'])], [user('mary', ['Agent'])]) // 'removed: Admin · added: Agent'
 */
export function changesBetween(before: readonly NewUser[], after: readonly NewUser[]): string {
  if (before.length === 0) return '';
  const had = profilesOf(before);
  const has = profilesOf(after);
  return [
    said('removed', without(had, has)),
    said('added', without(has, had)),
    before.length === 1 && after.length === 1
      ? said('changed', changedFields(before[0], after[0]))
      : usersChanged(before, after),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function profilesOf(users: readonly NewUser[]): ReadonlySet<string> {
  return new Set(users.flatMap(({ securityProfiles }) => securityProfiles.map(({ name }) => name)));
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...names].filter((name) => !others.has(name)).map((name) => shown(name));
}

function said(what: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const rest = names.length - mostNames;
  const list = names.slice(0, mostNames).join(', ');
  return `${what}: ${list}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function changedFields(before: NewUser | undefined, after: NewUser | undefined): string[] {
  if (!before || !after) return [];
  return fields.flatMap(([name, of]) =>
    JSON.stringify(of(before)) === JSON.stringify(of(after)) ? [] : [name],
  );
}

/** For many users only the number of differences, because their rows can be viewed. */
function usersChanged(before: readonly NewUser[], after: readonly NewUser[]): string {
  const old = new Map(before.map((user) => [user.username, JSON.stringify(user)]));
  let added = 0;
  let changed = 0;
  for (const user of after) {
    const was = old.get(user.username);
    old.delete(user.username);
    if (was === undefined) added += 1;
    else if (was !== JSON.stringify(user)) changed += 1;
  }
  const counts = [
    [old.size, 'left out'],
    [added, 'new'],
    [changed, 'changed'],
  ] as const;
  return counts
    .flatMap(([count, what]) =>
      count > 0 ? [`${count} ${count === 1 ? 'user' : 'users'} ${what}`] : [],
    )
    .join(' · ');
}
