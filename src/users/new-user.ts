/** A new user: as a person typed it (`UserDraft`) and as it was checked (`NewUser`). */
import type { Problem } from '../errors/problem.ts';

/** How an instance identifies its users (`DescribeInstance`, IdentityManagementType). */
export type IdentityMode = 'CONNECT_MANAGED' | 'SAML' | 'EXISTING_DIRECTORY';

export type Named = { readonly id: string; readonly name: string };

/** A hierarchy group with the names from the top level down to its own. */
export type HierarchyGroup = { readonly id: string; readonly path: readonly string[] };

export type ContactChannel = 'VOICE' | 'CHAT' | 'TASK' | 'EMAIL';

export type VoiceEnhancement = 'VOICE_ISOLATION' | 'NOISE_SUPPRESSION' | 'NONE';

/** An item that was picked by id in a form, or written by name in a file. */
export type Choice = { readonly id: string } | { readonly name: string };

/** Settings of one contact channel that differ from the user's phone settings. */
export type ChannelDraft = {
  readonly autoAccept?: string;
  readonly afterContactWorkSeconds?: string;
  readonly agentFirstCallbackAutoAccept?: string;
  readonly agentFirstCallbackAfterContactWorkSeconds?: string;
};

/** One new user as typed: strings, unchecked. An absent or blank member was left empty. */
export type UserDraft = {
  /** Name of a preset of the policy, which fills in what is empty. */
  readonly preset?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly email?: string;
  readonly secondaryEmail?: string;
  readonly mobile?: string;
  readonly directoryUserId?: string;
  /** Typed by the requester; absent means that the bot generates one, where the instance needs one. */
  readonly password?: string;
  readonly routingProfile?: Choice;
  readonly securityProfiles?: readonly Choice[];
  readonly hierarchyGroup?: Choice;
  /** soft or desk, in the spellings that people use. */
  readonly phoneType?: string;
  readonly deskPhoneNumber?: string;
  readonly autoAccept?: string;
  readonly persistentConnection?: string;
  readonly afterContactWorkSeconds?: string;
  readonly voiceEnhancement?: string;
  readonly channels?: Readonly<Partial<Record<ContactChannel, ChannelDraft>>>;
  /** `key=value`, separated by `|` or line breaks, or a JSON object. */
  readonly tags?: string;
  /** `Attribute=Value:Level`, separated by `|` or line breaks, or a JSON list. */
  readonly proficiencies?: string;
};

/** How good a user is at one value of a predefined attribute, from 1 to 5. */
export type Proficiency = {
  readonly attribute: string;
  readonly value: string;
  readonly level: number;
};

export type UserField = keyof UserDraft;

export type Phone =
  | { readonly type: 'soft'; readonly autoAccept: boolean; readonly persistentConnection: boolean }
  | { readonly type: 'desk'; readonly number: string; readonly autoAccept?: boolean };

export type ChannelSettings = {
  readonly autoAccept?: boolean;
  readonly afterContactWorkSeconds?: number;
  readonly agentFirstCallbackAutoAccept?: boolean;
  readonly agentFirstCallbackAfterContactWorkSeconds?: number;
};

/**
 * One new user, checked: every value is the one that Connect gets, and every name is resolved to its id. Contains no
 * password, which is passed separately, encrypted.
 */
export type NewUser = {
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly secondaryEmail?: string;
  readonly mobile?: string;
  readonly directoryUserId?: string;
  readonly routingProfile: Named;
  readonly securityProfiles: readonly Named[];
  readonly hierarchyGroup?: HierarchyGroup;
  readonly phone: Phone;
  readonly afterContactWorkSeconds: number;
  readonly voiceEnhancement?: VoiceEnhancement;
  /** Present only when a channel has separate settings. */
  readonly channels?: Readonly<Partial<Record<ContactChannel, ChannelSettings>>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Set for the user after the creation; absent when there are none. */
  readonly proficiencies?: readonly Proficiency[];
  /** Ids of the groups that it joins after the creation; absent when there are none. */
  readonly trafficDistributionGroups?: readonly string[];
};

/** One problem of one field. `problem` is the sentence; `suggestion` is a possible value. */
export type Finding = {
  readonly field: UserField;
  readonly problem: Problem;
  readonly suggestion?: string;
};

/** An automatic correction: surrounding spaces, the case of a name, a phone number's format. */
export type Correction = { readonly field: UserField; readonly from: string; readonly to: string };

/** Where the password of a new user comes from. */
export type PasswordPlan = 'none' | 'typed' | 'generated';

export type CheckedUser =
  | { readonly ok: false; readonly findings: readonly Finding[] }
  | {
      readonly ok: true;
      readonly user: NewUser;
      readonly password: PasswordPlan;
      readonly corrections: readonly Correction[];
      /** Facts that the requester should know and that do not stop the request. */
      readonly warnings: readonly Finding[];
    };

/** A value while it is built, member by member. */
export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
