/** What a security profile gives its holder, and what it keeps them from, as Amazon Connect holds it. */

/** Something that a profile lets its holder use in addition to permissions. */
export type Grant = {
  readonly kind: 'application' | 'ai-agent' | 'flow-module';
  /** Namespace and permission of an application, ARN of an AI agent, id of a flow module. */
  readonly id: string;
};

/**
 * Which resources its holder may see and change. Tags and group must both fit, each for the kinds of resource
 * that it restricts (DescribeSecurityProfile).
 */
export type AccessRestriction = {
  /** `AllowedAccessControlTags`: a resource must carry all of them. */
  readonly tags: Readonly<Record<string, string>>;
  /** `TagRestrictedResources`: the kinds of resource that the tags are for, such as `User`. */
  readonly tagRestricted: readonly string[];
  /** `AllowedAccessControlHierarchyGroupId`: the group that a user must be in, or below. */
  readonly hierarchyGroupId: string | null;
  /** `HierarchyRestrictedResources`. */
  readonly hierarchyRestricted: readonly string[];
};

export type SecurityProfileFacts = {
  readonly id: string;
  /** Such as `Users.Create` (ListSecurityProfilePermissions). */
  readonly permissions: readonly string[];
  readonly grants: readonly Grant[];
  readonly restriction: AccessRestriction | null;
  /** The profile's own tags: who is restricted to them cannot see it without. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Whether it limits its holder by tag, by hierarchy or by rows of data tables. At most two such profiles a
   * user: https://docs.aws.amazon.com/connect/latest/adminguide/tag-based-access-control.html
   */
  readonly isGranular: boolean;
};
