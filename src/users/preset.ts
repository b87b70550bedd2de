/** A preset of the policy: the common values of users with the same kind of work. */
import type { UserDraft } from './new-user.ts';

/** What a preset can set. */
export const presetFields = [
  'routingProfile',
  'securityProfiles',
  'hierarchyGroup',
  'phoneType',
  'autoAccept',
  'persistentConnection',
  'afterContactWorkSeconds',
  'voiceEnhancement',
  'tags',
] as const;

export type PresetField = (typeof presetFields)[number];

export type Preset = {
  readonly name: string;
  /** By name, as in a file; resolved when a user is checked. */
  readonly values: Pick<UserDraft, PresetField>;
  /** The members of `values` that a requester may change. */
  readonly canChange: readonly PresetField[];
  /** Makes the username when none is given: `{first}.{last}` (username-pattern.ts). */
  readonly usernamePattern?: string;
  /** Whether the requester may use it; true where that is not known yet. */
  readonly mayUse: boolean;
};
