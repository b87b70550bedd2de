/** Rows of a template that is filled in with existing users. */
import type { DirectorySnapshot } from '../../../connect/directory.ts';
import type { ExistingUser } from '../../../connect/gateway.ts';
import type { ColumnKey } from '../table/known-columns.ts';

type Names = Pick<
  DirectorySnapshot,
  'routingProfileById' | 'securityProfileById' | 'hierarchyGroupById' | 'hierarchyGroups'
>;

/** Each costs a call to Connect (SearchUsers returns no addresses), which answers two per second. */
export const mostFilled = 50;

/** Tags of AWS and of this bot: nobody can give the first, and the second name one request. */
const ofSomebodyElse = /^(aws|connect-add-user):/i;

/**
 * The users whose username, name, routing profile, security profile or hierarchy group contains every word of `text`,
 * by username.
 */
export function usersLike(
  users: readonly ExistingUser[],
  names: Names,
  text: string,
): readonly ExistingUser[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return users
    .filter((user) => {
      const said = textOf(user, names).toLowerCase();
      return words.every((word) => said.includes(word));
    })
    .toSorted((left, right) => (left.username < right.username ? -1 : 1));
}

function textOf(user: ExistingUser, names: Names): string {
  const group = names.hierarchyGroupById(user.hierarchyGroupId ?? '');
  return [
    user.username,
    user.firstName,
    user.lastName,
    names.routingProfileById(user.routingProfileId ?? '')?.name,
    ...profilesOf(user, names),
    ...(group?.path ?? []),
  ].join(' ');
}

function profilesOf(user: ExistingUser, names: Names): string[] {
  return user.securityProfileIds.map((id) => names.securityProfileById(id)?.name ?? id);
}

/** The value of each column of a template for this user, in the form that is read back from a file. */
export function filledCells(user: ExistingUser, names: Names): ReadonlyMap<ColumnKey, string> {
  const { contact = {}, phone } = user;
  const group = names.hierarchyGroupById(user.hierarchyGroupId ?? '');
  const routing = user.routingProfileId ?? '';
  const cells: [ColumnKey, string | undefined][] = [
    ['firstName', user.firstName],
    ['lastName', user.lastName],
    ['email', contact.email],
    ['secondaryEmail', contact.secondaryEmail],
    ['mobile', contact.mobile],
    ['username', user.username],
    ['routingProfile', names.routingProfileById(routing)?.name ?? routing],
    ['securityProfiles', profilesOf(user, names).join('|')],
    ['userHierarchy', group && names.hierarchyGroups.textOf(group)],
    ['phoneType', phone?.type],
    ['deskPhoneNumber', phone?.type === 'desk' ? contact.deskPhoneNumber : undefined],
    ['autoAccept', phone && yesOrNo(phone.autoAccept)],
    ['persistentConnection', phone && yesOrNo(phone.persistentConnection)],
    ['afterContactWorkSeconds', phone && String(phone.afterContactWorkSeconds)],
    ['tags', tagsCell(user.tags)],
  ];
  return new Map(cells.flatMap(([key, text]) => (text ? [[key, text]] : [])));
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** As JSON when a tag contains a separator of tags. */
function tagsCell(tags: Readonly<Record<string, string>>): string {
  const own = Object.entries(tags).filter(([key]) => !ofSomebodyElse.test(key));
  if (own.length === 0) return '';
  const isPlain = own.every((tag) => tag.every((part) => /^[\p{L}\p{N} _.:/@+-]*$/u.test(part)));
  return isPlain
    ? own.map(([key, value]) => `${key}=${value}`).join('|')
    : JSON.stringify(Object.fromEntries(own));
}

/** The same users as a list of CreateUser's inputs: names in place of ids are read too. */
export function filledInput(user: ExistingUser, instanceId: string): Record<string, unknown> {
  const { contact = {}, phone } = user;
  const tags = Object.entries(user.tags).filter(([key]) => !ofSomebodyElse.test(key));
  return {
    Username: user.username,
    IdentityInfo: {
      ...(user.firstName && { FirstName: user.firstName }),
      ...(user.lastName && { LastName: user.lastName }),
      ...(contact.email && { Email: contact.email }),
      ...(contact.secondaryEmail && { SecondaryEmail: contact.secondaryEmail }),
      ...(contact.mobile && { Mobile: contact.mobile }),
    },
    ...(phone && {
      PhoneConfig: {
        PhoneType: phone.type === 'desk' ? 'DESK_PHONE' : 'SOFT_PHONE',
        AutoAccept: phone.autoAccept,
        AfterContactWorkTimeLimit: phone.afterContactWorkSeconds,
        ...(phone.type === 'desk' && contact.deskPhoneNumber
          ? { DeskPhoneNumber: contact.deskPhoneNumber }
          : { PersistentConnection: phone.persistentConnection }),
      },
    }),
    SecurityProfileIds: user.securityProfileIds,
    ...(user.routingProfileId && { RoutingProfileId: user.routingProfileId }),
    ...(user.hierarchyGroupId && { HierarchyGroupId: user.hierarchyGroupId }),
    InstanceId: instanceId,
    ...(tags.length > 0 && { Tags: Object.fromEntries(tags) }),
  };
}
