/** What the rules need to know about the instance that a user is for. */

import type { Alias } from './aliases.ts';
import type { ShownUser } from './existing-user.ts';
import type { GroupIndex } from './hierarchy.ts';
import type { NameIndex } from './name-index.ts';
import type { IdentityMode, Named } from './new-user.ts';
import type { Preset } from './preset.ts';

/** What an instance offers, for looking up fast. */
export type DirectoryView = {
  readonly routingProfiles: NameIndex<Named>;
  readonly securityProfiles: NameIndex<Named>;
  readonly hierarchyGroups: GroupIndex;
  /** Whether somebody has exactly this username: they are case sensitive. */
  hasUsername(username: string): boolean;
  /** The username of somebody that differs from this one by its case alone. */
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
  /** Id of a profile or a group of another instance, as far as is known → that instance's alias. */
  readonly owners: ReadonlyMap<string, string>;
};

export type UserContext = {
  /** The instance's alias, for sentences. */
  readonly alias: string;
  readonly identityMode: IdentityMode;
  /** Domains in which a Slack address tells which Connect user somebody is; absent: none. */
  readonly identityDomains?: readonly string[];
  /** Whether a SAML instance takes an email address (AWS's docs contradict themselves). */
  readonly samlEmail: 'refuse' | 'allow';
  /** ISO 3166 country that a phone number without `+` is read in; absent: such numbers are refused. */
  readonly defaultCountry?: string;
  readonly directory: DirectoryView;
  /** The presets of the policy; absent when it has none. */
  readonly presets?: readonly Preset[];
  /** Usernames of requests under way, with the request’s number. */
  readonly requested?: ReadonlyMap<string, string>;
  /** How many tags the bot adds to the user's own tags. They count toward Connect's limit of 50. */
  readonly tagsOfTheBot: number;
  /** Whether the bot has a key to keep a typed password safe with. */
  readonly canTypePassword: boolean;
  /** Tags that every user gets unless theirs say otherwise. */
  readonly defaultTags?: Readonly<Record<string, string>>;
  /** Keys of tags that every user needs. */
  readonly requiredTags?: readonly string[];
  /** Users of usernames that are taken, by username, as far as they were read. */
  readonly existingUsers?: ReadonlyMap<string, ShownUser>;
  /** Name → values of the attributes that people have proficiencies in; absent when they could not be read. */
  readonly predefinedAttributes?: ReadonlyMap<string, readonly string[]>;
  /** Ids of the traffic distribution groups that every user joins. */
  readonly trafficDistributionGroups?: readonly string[];
  /** Ids of security profiles that limit their holder by tag, hierarchy or data table, as far as is known. */
  readonly granularProfiles?: ReadonlySet<string>;
  /** Names that people use for what the instance calls otherwise. */
  readonly aliases?: readonly Alias[];
  /** When absent, files that name a different instance cannot be recognized. */
  readonly instance?: InstanceAmongOthers;
};
