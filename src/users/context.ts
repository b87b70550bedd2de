/** The data about an instance that the rules of its users require. */

import type { Alias } from './aliases.ts';
import type { ShownUser } from './existing-user.ts';
import type { GroupIndex } from './hierarchy.ts';
import type { NameIndex } from './name-index.ts';
import type { IdentityMode, Named } from './new-user.ts';
import type { Preset } from './preset.ts';

/** The directory of an instance, with fast look-ups. */
export type DirectoryView = {
  readonly routingProfiles: NameIndex<Named>;
  readonly securityProfiles: NameIndex<Named>;
  readonly hierarchyGroups: GroupIndex;
  /** Whether a user has exactly this username, because usernames are case sensitive. */
  hasUsername(username: string): boolean;
  /** An existing username that differs from this one only in its case. */
  similarUsername(username: string): string | undefined;
};

/**
 * This instance and the other configured ones, so that an id of another instance is reported as such. It is plain data
 * because it is sent to a worker thread.
 */
export type InstanceAmongOthers = {
  readonly id: string;
  /** Id → alias of every other configured instance. */
  readonly others: ReadonlyMap<string, string>;
  /** Id of a profile or a group of another instance, as far as known → that instance's alias. */
  readonly owners: ReadonlyMap<string, string>;
};

export type UserContext = {
  /** The instance's alias, for messages. */
  readonly alias: string;
  readonly identityMode: IdentityMode;
  /** Domains whose email addresses identify a Slack person's Connect user; none when absent. */
  readonly identityDomains?: readonly string[];
  /** Whether a SAML instance accepts an email address (AWS's docs contradict each other). */
  readonly samlEmail: 'refuse' | 'allow';
  /** ISO 3166 country of phone numbers without `+`; when absent, such numbers are refused. */
  readonly defaultCountry?: string;
  readonly directory: DirectoryView;
  /** The presets of the policy; absent when it has none. */
  readonly presets?: readonly Preset[];
  /** Usernames of open requests, with the request’s number. */
  readonly requested?: ReadonlyMap<string, string>;
  /** How many tags the bot adds to the user's own tags. They count toward Connect's limit of 50. */
  readonly tagsOfTheBot: number;
  /** Whether the bot has a key for storing a typed password safely. */
  readonly canTypePassword: boolean;
  /** Tags that every user gets, unless the user has other values for them. */
  readonly defaultTags?: Readonly<Record<string, string>>;
  /** Keys of tags that every user needs. */
  readonly requiredTags?: readonly string[];
  /** The users who have the taken usernames, by username, as far as they were read. */
  readonly existingUsers?: ReadonlyMap<string, ShownUser>;
  /** Name → values of the attributes for proficiencies; absent when they could not be read. */
  readonly predefinedAttributes?: ReadonlyMap<string, readonly string[]>;
  /** Ids of the traffic distribution groups that every user joins. */
  readonly trafficDistributionGroups?: readonly string[];
  /** Ids of security profiles that limit their holder by tag, hierarchy or data table, as far as known. */
  readonly granularProfiles?: ReadonlySet<string>;
  /** Names that people use instead of the names in the instance. */
  readonly aliases?: readonly Alias[];
  /** When absent, files that name a different instance cannot be recognized. */
  readonly instance?: InstanceAmongOthers;
};
