/** The grants and limits of a security profile in Amazon Connect. */

/** A resource that a profile's holder may use in addition to permissions. */
export type Grant = {
  readonly kind: 'application' | 'ai-agent' | 'flow-module';
  /** Namespace and permission of an application, ARN of an AI agent, id of a flow module. */
  readonly id: string;
};

/**
 * The resources that its holder may see and change. Tags and group must both match, each for the kinds of resource
 * that it restricts (DescribeSecurityProfile).
 */
export type AccessRestriction = {
  /** `AllowedAccessControlTags`: a resource must have all of them. */
  readonly tags: Readonly<Record<string, string>>;
  /** `TagRestrictedResources`: the kinds of resource to which the tags apply, such as `User`. */
  readonly tagRestricted: readonly string[];
  /** `AllowedAccessControlHierarchyGroupId`: the group in or below which a user must be. */
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
  /** The profile's own tags: a person who is restricted to tags cannot see the profile without them. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Whether it limits its holder by tag, by hierarchy or by rows of data tables. A user can have at most two such
   * profiles: https://docs.aws.amazon.com/connect/latest/adminguide/tag-based-access-control.html
   */
  readonly isGranular: boolean;
};
