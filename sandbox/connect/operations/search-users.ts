import type {
  SearchUsersRequest,
  SearchUsersResponse,
  UserSearchSummary,
} from '@aws-sdk/client-connect';
import { ServiceError } from '../protocol/errors.ts';
import {
  hierarchyPath,
  type Instance,
  type PhoneSettings,
  resourceArn,
  type User,
} from '../world.ts';
import {
  compileAttributeFilter,
  compileCriteria,
  compileTagFilter,
  type Searchable,
} from './conditions.ts';
import { type Context, findInstance } from './context.ts';

/**
 * The index lags behind creation (a setting), as search services do. The answer contains no email and cannot be
 * filtered by it; after-contact work is in milliseconds.
 */
export function searchUsers(request: SearchUsersRequest, context: Context): SearchUsersResponse {
  const instance = findInstance(context, request.InstanceId);
  const { SearchFilter = {}, SearchCriteria } = request;
  // Documented for UserAttributeFilter: "This object can't be used along with TagFilter. Request will either
  // contain TagFilter or UserAttributeFilter if SearchFilter is specified, combination of both is not
  // supported and such request will throw AccessDeniedException."
  if (SearchFilter.TagFilter && SearchFilter.UserAttributeFilter) {
    throw new ServiceError(
      'AccessDeniedException',
      'TagFilter and UserAttributeFilter cannot be used together',
    );
  }
  const about = searchableUsers(instance);
  const meets = compileCriteria(SearchCriteria, about);
  const tagged = compileTagFilter(SearchFilter.TagFilter, about);
  const attributed = compileAttributeFilter(SearchFilter.UserAttributeFilter, about);
  const indexedUntil = context.now().getTime() - context.settings.searchLagMs;
  const found = [...instance.users.values()].filter(
    (user) =>
      user.createdAt.getTime() <= indexedUntil && meets(user) && tagged(user) && attributed(user),
  );
  const page = context.pages.cut(found, (user) => user.id, {
    operation: 'SearchUsers',
    question: [instance.id, SearchCriteria ?? null, SearchFilter],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    Users: page.items.map((user) => summaryOf(instance, user)),
    NextToken: page.nextToken,
    ApproximateTotalCount: found.length,
  };
}

/** Field names as the documentation of UserSearchCriteria lists them. */
const searchableUsers = (instance: Instance): Searchable<User> => ({
  fields: {
    Username: (user) => [user.username],
    FirstName: (user) => listOf(user.identityInfo.FirstName),
    LastName: (user) => listOf(user.identityInfo.LastName),
    RoutingProfileId: (user) => [user.routingProfileId],
    SecurityProfileId: (user) => user.securityProfileIds,
    resourceId: (user) => [user.id],
  },
  tags: (user) => user.tags,
  proficiencies: (user) => user.proficiencies,
  groupPath: (user) =>
    user.hierarchyGroupId === undefined
      ? []
      : hierarchyPath(instance, user.hierarchyGroupId).map((group) => group.id),
});

function summaryOf(instance: Instance, user: User): UserSearchSummary {
  return {
    Arn: resourceArn(instance, 'agent', user.id),
    Id: user.id,
    Username: user.username,
    DirectoryUserId: user.directoryUserId,
    HierarchyGroupId: user.hierarchyGroupId,
    IdentityInfo: {
      FirstName: user.identityInfo.FirstName,
      LastName: user.identityInfo.LastName,
    },
    RoutingProfileId: user.routingProfileId,
    SecurityProfileIds: user.securityProfileIds,
    Tags: user.tags,
    ...inMilliseconds(user.phone),
  };
}

/** Documented for PhoneConfig; that the per-channel limits change their unit too is a guess. */
function inMilliseconds(phone: PhoneSettings): PhoneSettings {
  return {
    ...phone,
    PhoneConfig: phone.PhoneConfig && limitInMilliseconds(phone.PhoneConfig),
    AfterContactWorkConfigs: phone.AfterContactWorkConfigs?.map((config) => ({
      ...config,
      AfterContactWorkConfig:
        config.AfterContactWorkConfig && limitInMilliseconds(config.AfterContactWorkConfig),
      AgentFirstCallbackAfterContactWorkConfig:
        config.AgentFirstCallbackAfterContactWorkConfig &&
        limitInMilliseconds(config.AgentFirstCallbackAfterContactWorkConfig),
    })),
  };
}

const limitInMilliseconds = <Config extends { AfterContactWorkTimeLimit?: number | undefined }>(
  config: Config,
): Config => ({
  ...config,
  AfterContactWorkTimeLimit:
    config.AfterContactWorkTimeLimit == null ? undefined : config.AfterContactWorkTimeLimit * 1000,
});

const listOf = (value: string | undefined): string[] => (value === undefined ? [] : [value]);
