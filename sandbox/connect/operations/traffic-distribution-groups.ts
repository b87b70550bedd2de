/** Traffic distribution groups: where the agents of an instance with global resiliency are signed in. */
import type {
  AssociateTrafficDistributionGroupUserRequest,
  DescribeTrafficDistributionGroupRequest,
  DescribeTrafficDistributionGroupResponse,
  DisassociateTrafficDistributionGroupUserRequest,
  ListTrafficDistributionGroupsRequest,
  ListTrafficDistributionGroupsResponse,
  ListTrafficDistributionGroupUsersRequest,
  ListTrafficDistributionGroupUsersResponse,
} from '@aws-sdk/client-connect';
import { notFound } from '../protocol/errors.ts';
import {
  type Instance,
  instanceArn,
  type TrafficDistributionGroup,
  trafficDistributionGroupArn,
} from '../world.ts';
import { type Context, findIn, findInstance, instancesOf } from './context.ts';

type Found = { instance: Instance; resource: TrafficDistributionGroup };

/** @throws ServiceError ResourceNotFoundException; its text is a guess. */
export function findTrafficDistributionGroup(context: Context, idOrArn: string): Found {
  for (const instance of instancesOf(context)) {
    for (const resource of instance.trafficDistributionGroups.values()) {
      const arn = trafficDistributionGroupArn(instance, resource.id);
      if (idOrArn === resource.id || idOrArn === arn) return { instance, resource };
    }
  }
  throw notFound(`Traffic distribution group ${idOrArn} not found`);
}

export function listTrafficDistributionGroups(
  request: ListTrafficDistributionGroupsRequest,
  context: Context,
): ListTrafficDistributionGroupsResponse {
  const instances =
    request.InstanceId === undefined
      ? instancesOf(context)
      : [findInstance(context, request.InstanceId)];
  const all = instances.flatMap((instance) =>
    [...instance.trafficDistributionGroups.values()].map((group) => ({ instance, group })),
  );
  const page = context.pages.cut(all, ({ group }) => group.id, {
    operation: 'ListTrafficDistributionGroups',
    question: instances.map(({ id }) => id),
    nextToken: request.NextToken,
    // At most 10 items per page (model).
    maxResults: request.MaxResults ?? 10,
  });
  return {
    TrafficDistributionGroupSummaryList: page.items.map(({ instance, group }) =>
      summaryOf(instance, group),
    ),
    NextToken: page.nextToken,
  };
}

const summaryOf = (instance: Instance, group: TrafficDistributionGroup) => ({
  Id: group.id,
  Arn: trafficDistributionGroupArn(instance, group.id),
  Name: group.name,
  InstanceArn: instanceArn(instance),
  Status: 'ACTIVE' as const,
  IsDefault: group.isDefault,
});

export function describeTrafficDistributionGroup(
  request: DescribeTrafficDistributionGroupRequest,
  context: Context,
): DescribeTrafficDistributionGroupResponse {
  const id = request.TrafficDistributionGroupId ?? '';
  const { instance, resource } = findTrafficDistributionGroup(context, id);
  return {
    TrafficDistributionGroup: {
      ...summaryOf(instance, resource),
      Description: resource.description,
      Tags: resource.tags,
    },
  };
}

export function listTrafficDistributionGroupUsers(
  request: ListTrafficDistributionGroupUsersRequest,
  context: Context,
): ListTrafficDistributionGroupUsersResponse {
  const id = request.TrafficDistributionGroupId ?? '';
  const { resource } = findTrafficDistributionGroup(context, id);
  const page = context.pages.cut([...resource.userIds], (userId) => userId, {
    operation: 'ListTrafficDistributionGroupUsers',
    question: resource.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults ?? 10,
  });
  return {
    TrafficDistributionGroupUserSummaryList: page.items.map((UserId) => ({ UserId })),
    NextToken: page.nextToken,
  };
}

/** That a user can be associated again with the same group is a guess. */
export function associateTrafficDistributionGroupUser(
  request: AssociateTrafficDistributionGroupUserRequest,
  context: Context,
): Record<string, never> {
  const { resource, userId, instance } = findMember(request, context);
  resource.userIds.add(userId);
  context.changed(instance.id);
  return {};
}

export function disassociateTrafficDistributionGroupUser(
  request: DisassociateTrafficDistributionGroupUserRequest,
  context: Context,
): Record<string, never> {
  const { resource, userId, instance } = findMember(request, context);
  resource.userIds.delete(userId);
  context.changed(instance.id);
  return {};
}

function findMember(
  request: AssociateTrafficDistributionGroupUserRequest,
  context: Context,
): Found & { userId: string } {
  const instance = findInstance(context, request.InstanceId);
  const id = request.TrafficDistributionGroupId ?? '';
  const found = findTrafficDistributionGroup(context, id);
  if (found.instance !== instance) throw notFound(`Traffic distribution group ${id} not found`);
  const user = findIn(instance.users, request.UserId ?? '', 'User');
  return { ...found, userId: user.id };
}
