import { randomUUID } from 'node:crypto';
import type {
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserRequest,
  DescribeUserRequest,
  DescribeUserResponse,
  ListUsersRequest,
  ListUsersResponse,
} from '@aws-sdk/client-connect';
import { ServiceError } from '../protocol/errors.ts';
import { resourceArn, type User, userNamed } from '../world.ts';
import { type Context, findIn, findInstance } from './context.ts';
import { checkCreateUser } from './create-user-rules.ts';

/**
 * Not idempotent: there is no client token, so a second call with the same username is a duplicate even when the same
 * caller sent both. The order of the checks is a guess.
 */
export function createUser(request: CreateUserRequest, context: Context): CreateUserResponse {
  const instance = findInstance(context, request.InstanceId);
  checkCreateUser(request, instance.identity, context.settings);
  const routingProfileId = request.RoutingProfileId ?? '';
  findIn(instance.routingProfiles, routingProfileId, 'Routing profile');
  const securityProfileIds = request.SecurityProfileIds ?? [];
  for (const id of securityProfileIds) findIn(instance.securityProfiles, id, 'Security profile');
  if (request.HierarchyGroupId !== undefined) {
    findIn(instance.hierarchyGroups, request.HierarchyGroupId, 'Hierarchy group');
  }
  const username = request.Username ?? '';
  if (userNamed(instance, username)) {
    throw new ServiceError(
      'DuplicateResourceException',
      `A user with the username ${username} already exists`,
    );
  }
  if (instance.users.size >= context.settings.usersQuota) {
    throw new ServiceError(
      'LimitExceededException',
      `The quota of ${context.settings.usersQuota} users per instance is reached`,
    );
  }
  const now = context.now();
  const user: User = {
    id: randomUUID(),
    username,
    identityInfo: { ...request.IdentityInfo },
    ...(request.DirectoryUserId === undefined ? {} : { directoryUserId: request.DirectoryUserId }),
    hasPassword: request.Password !== undefined,
    routingProfileId,
    securityProfileIds: [...securityProfileIds],
    ...(request.HierarchyGroupId === undefined
      ? {}
      : { hierarchyGroupId: request.HierarchyGroupId }),
    phone: {
      PhoneConfig: request.PhoneConfig,
      AutoAcceptConfigs: request.AutoAcceptConfigs,
      AfterContactWorkConfigs: request.AfterContactWorkConfigs,
      PhoneNumberConfigs: request.PhoneNumberConfigs,
      PersistentConnectionConfigs: request.PersistentConnectionConfigs,
      VoiceEnhancementConfigs: request.VoiceEnhancementConfigs,
    },
    tags: { ...request.Tags },
    proficiencies: [],
    createdAt: now,
    modifiedAt: now,
  };
  instance.users.set(user.id, user);
  context.changed(instance.id);
  return { UserId: user.id, UserArn: resourceArn(instance, 'agent', user.id) };
}

export function describeUser(request: DescribeUserRequest, context: Context): DescribeUserResponse {
  const instance = findInstance(context, request.InstanceId);
  const user = findIn(instance.users, request.UserId ?? '', 'User');
  return {
    User: {
      Id: user.id,
      Arn: resourceArn(instance, 'agent', user.id),
      Username: user.username,
      IdentityInfo: user.identityInfo,
      DirectoryUserId: user.directoryUserId,
      SecurityProfileIds: user.securityProfileIds,
      RoutingProfileId: user.routingProfileId,
      HierarchyGroupId: user.hierarchyGroupId,
      Tags: user.tags,
      ...user.phone,
      LastModifiedTime: user.modifiedAt,
      LastModifiedRegion: instance.region,
    },
  };
}

export function deleteUser(request: DeleteUserRequest, context: Context): Record<string, never> {
  const instance = findInstance(context, request.InstanceId);
  const user = findIn(instance.users, request.UserId ?? '', 'User');
  instance.users.delete(user.id);
  for (const group of instance.trafficDistributionGroups.values()) group.userIds.delete(user.id);
  context.changed(instance.id);
  return {};
}

export function listUsers(request: ListUsersRequest, context: Context): ListUsersResponse {
  const instance = findInstance(context, request.InstanceId);
  const page = context.pages.cut([...instance.users.values()], (user) => user.id, {
    operation: 'ListUsers',
    question: instance.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    UserSummaryList: page.items.map((user) => ({
      Id: user.id,
      Arn: resourceArn(instance, 'agent', user.id),
      Username: user.username,
      LastModifiedTime: user.modifiedAt,
      LastModifiedRegion: instance.region,
    })),
    NextToken: page.nextToken,
  };
}
