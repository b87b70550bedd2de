/** Searches for routing profiles, security profiles and hierarchy groups. */
import type {
  SearchRoutingProfilesRequest,
  SearchRoutingProfilesResponse,
  SearchSecurityProfilesRequest,
  SearchSecurityProfilesResponse,
  SearchUserHierarchyGroupsRequest,
  SearchUserHierarchyGroupsResponse,
} from '@aws-sdk/client-connect';
import {
  type HierarchyGroup,
  type Instance,
  type RoutingProfile,
  resourceArn,
  type SecurityProfile,
  stableId,
} from '../world.ts';
import {
  compileAttributeFilter,
  compileCriteria,
  compileTagFilter,
  type Searchable,
} from './conditions.ts';
import { type Context, findInstance } from './context.ts';
import { groupOnTheWire } from './hierarchy.ts';
import { routingProfileOnTheWire } from './profiles.ts';

/** Fields: documentation of RoutingProfileSearchCriteria. */
const routingProfiles: Searchable<RoutingProfile> = {
  fields: {
    name: (profile) => [profile.name],
    description: (profile) => [profile.description],
    associatedQueueIds: (profile) => profile.queueIds,
    resourceID: (profile) => [profile.id],
  },
  tags: (profile) => profile.tags,
  shortContains: ['name', 'description'],
};

/** Fields: named in AWS's announcement; `resourceID` is a guess by analogy. */
const securityProfiles: Searchable<SecurityProfile> = {
  fields: {
    name: (profile) => [profile.name],
    description: (profile) => [profile.description],
    permissions: (profile) => profile.permissions,
    resourceID: (profile) => [profile.id],
  },
  tags: (profile) => profile.tags,
  shortContains: ['name'],
};

/** Fields: documentation of UserHierarchyGroupSearchCriteria. */
const hierarchyGroups: Searchable<HierarchyGroup> = {
  fields: {
    name: (group) => [group.name],
    parentId: (group) => (group.parentId === undefined ? [] : [group.parentId]),
    levelId: (group) => [String(group.level)],
    resourceID: (group) => [group.id],
  },
  tags: (group) => group.tags,
};

export function searchRoutingProfiles(
  request: SearchRoutingProfilesRequest,
  context: Context,
): SearchRoutingProfilesResponse {
  const instance = findInstance(context, request.InstanceId);
  const meets = compileCriteria(request.SearchCriteria, routingProfiles);
  const tagged = compileTagFilter(request.SearchFilter?.TagFilter, routingProfiles);
  const found = [...instance.routingProfiles.values()].filter(
    (item) => meets(item) && tagged(item),
  );
  const page = context.pages.cut(found, (item) => item.id, {
    operation: 'SearchRoutingProfiles',
    question: [instance.id, request.SearchCriteria ?? null, request.SearchFilter ?? null],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    // Documented: no LastModifiedTime, LastModifiedRegion, or AgentAvailabilityTimer in a search.
    RoutingProfiles: page.items.map((item) => routingProfileOnTheWire(instance, item)),
    NextToken: page.nextToken,
    ApproximateTotalCount: found.length,
  };
}

export function searchSecurityProfiles(
  request: SearchSecurityProfilesRequest,
  context: Context,
): SearchSecurityProfilesResponse {
  const instance = findInstance(context, request.InstanceId);
  const meets = compileCriteria(request.SearchCriteria, securityProfiles);
  const tagged = compileTagFilter(request.SearchFilter?.TagFilter, securityProfiles);
  const found = [...instance.securityProfiles.values()].filter(
    (item) => meets(item) && tagged(item),
  );
  const page = context.pages.cut(found, (item) => item.id, {
    operation: 'SearchSecurityProfiles',
    question: [instance.id, request.SearchCriteria ?? null, request.SearchFilter ?? null],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    SecurityProfiles: page.items.map((profile) => ({
      Id: profile.id,
      OrganizationResourceId: instance.id,
      Arn: resourceArn(instance, 'security-profile', profile.id),
      SecurityProfileName: profile.name,
      Description: profile.description,
      Tags: profile.tags,
    })),
    NextToken: page.nextToken,
    ApproximateTotalCount: found.length,
  };
}

export function searchUserHierarchyGroups(
  request: SearchUserHierarchyGroupsRequest,
  context: Context,
): SearchUserHierarchyGroupsResponse {
  const instance = findInstance(context, request.InstanceId);
  const meets = compileCriteria(request.SearchCriteria, hierarchyGroups);
  const filtered = compileAttributeFilter(request.SearchFilter?.AttributeFilter, hierarchyGroups);
  const found = [rootOf(instance), ...instance.hierarchyGroups.values()].filter(
    (item) => meets(item) && filtered(item),
  );
  const page = context.pages.cut(found, (item) => item.id, {
    operation: 'SearchUserHierarchyGroups',
    question: [instance.id, request.SearchCriteria ?? null, request.SearchFilter ?? null],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    UserHierarchyGroups: page.items.map((group) => groupOnTheWire(instance, group)),
    NextToken: page.nextToken,
    ApproximateTotalCount: found.length,
  };
}

/**
 * Documented: a search also returns the group with LevelId "0", which is the root and cannot be assigned to a user.
 * Its name is a guess.
 */
const rootOf = (instance: Instance): HierarchyGroup => ({
  id: stableId(instance.id, 'agent-group', 'root'),
  name: 'ROOT',
  level: 0,
  tags: {},
  modifiedAt: instance.createdAt,
});
