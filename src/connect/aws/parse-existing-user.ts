/** Converts a user in Connect's answer into the bot's own form. */
import type { User, UserIdentityInfo, UserSearchSummary } from '@aws-sdk/client-connect';
import type { ExistingUser, UserSummary } from '../gateway.ts';
import { textOf, textsOf } from './response-members.ts';

type SdkUser = {
  readonly Id?: string | undefined;
  readonly Arn?: string | undefined;
  readonly Username?: string | undefined;
};

/** The members that every answer about a user must have; undefined when one is missing. */
export function identifiedUser({ Id, Arn, Username }: SdkUser): UserSummary | undefined {
  const [id, arn, username] = [textOf(Id), textOf(Arn), textOf(Username)];
  return id && arn && username ? { id, arn, username } : undefined;
}

export function existingUser(user: User | UserSearchSummary): ExistingUser | undefined {
  const { IdentityInfo, RoutingProfileId, HierarchyGroupId } = user;
  const identified = identifiedUser(user);
  if (!identified) return undefined;
  const { FirstName, LastName } = IdentityInfo ?? {};
  return {
    ...identified,
    ...(FirstName !== undefined && { firstName: FirstName }),
    ...(LastName !== undefined && { lastName: LastName }),
    securityProfileIds: textsOf(user.SecurityProfileIds),
    ...(RoutingProfileId !== undefined && { routingProfileId: RoutingProfileId }),
    ...(HierarchyGroupId !== undefined && { hierarchyGroupId: HierarchyGroupId }),
    tags: user.Tags ?? {},
    ...contactOf(user),
    ...phoneOf(user),
  };
}

function contactOf({
  IdentityInfo,
  PhoneConfig,
}: User | UserSearchSummary): Pick<ExistingUser, 'contact'> {
  // SearchUsers returns only names.
  const { Email, SecondaryEmail, Mobile }: UserIdentityInfo = IdentityInfo ?? {};
  const { DeskPhoneNumber } = PhoneConfig ?? {};
  const contact = {
    ...(Email && { email: Email }),
    ...(SecondaryEmail && { secondaryEmail: SecondaryEmail }),
    ...(Mobile && { mobile: Mobile }),
    ...(DeskPhoneNumber && { deskPhoneNumber: DeskPhoneNumber }),
  };
  return Object.keys(contact).length > 0 ? { contact } : {};
}

function phoneOf({ PhoneConfig }: User | UserSearchSummary): Pick<ExistingUser, 'phone'> {
  if (!PhoneConfig?.PhoneType) return {};
  return {
    phone: {
      type: PhoneConfig.PhoneType === 'DESK_PHONE' ? 'desk' : 'soft',
      autoAccept: PhoneConfig.AutoAccept ?? false,
      persistentConnection: PhoneConfig.PersistentConnection ?? false,
      afterContactWorkSeconds: PhoneConfig.AfterContactWorkTimeLimit ?? 0,
    },
  };
}
