/** Whether an existing user is the requested one, as far as Connect shows it without email and settings. */
import type { NewUser } from './new-user.ts';

/** A user as a search shows it. */
export type ShownUser = {
  readonly id: string;
  readonly arn: string;
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly securityProfileIds: readonly string[];
  readonly routingProfileId?: string;
  readonly hierarchyGroupId?: string;
};

type Wanted = Pick<
  NewUser,
  'firstName' | 'lastName' | 'routingProfile' | 'securityProfiles' | 'hierarchyGroup'
>;

/** The same names, profiles and hierarchy group; the order of security profiles does not count. */
export function looksLike(user: ShownUser, wanted: Wanted): boolean {
  const asked = wanted.securityProfiles.map((profile) => profile.id).sort();
  const held = [...user.securityProfileIds].sort();
  return (
    (user.firstName ?? '') === (wanted.firstName ?? '') &&
    (user.lastName ?? '') === (wanted.lastName ?? '') &&
    user.routingProfileId === wanted.routingProfile.id &&
    (user.hierarchyGroupId ?? '') === (wanted.hierarchyGroup?.id ?? '') &&
    asked.join() === held.join()
  );
}
