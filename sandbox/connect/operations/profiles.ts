import type {
  DescribeQueueRequest,
  DescribeQueueResponse,
  DescribeRoutingProfileRequest,
  DescribeRoutingProfileResponse,
  DescribeSecurityProfileRequest,
  DescribeSecurityProfileResponse,
  ListQueuesRequest,
  ListQueuesResponse,
  ListRoutingProfileQueuesRequest,
  ListRoutingProfileQueuesResponse,
  ListRoutingProfilesRequest,
  ListRoutingProfilesResponse,
  ListSecurityProfilePermissionsRequest,
  ListSecurityProfilePermissionsResponse,
  ListSecurityProfilesRequest,
  ListSecurityProfilesResponse,
} from '@aws-sdk/client-connect';
import { type Instance, type RoutingProfile, resourceArn } from '../world.ts';
import { type Context, findIn, findInstance } from './context.ts';

export function listRoutingProfiles(
  request: ListRoutingProfilesRequest,
  context: Context,
): ListRoutingProfilesResponse {
  const instance = findInstance(context, request.InstanceId);
  const page = context.pages.cut([...instance.routingProfiles.values()], (item) => item.id, {
    operation: 'ListRoutingProfiles',
    question: instance.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    RoutingProfileSummaryList: page.items.map((profile) => ({
      Id: profile.id,
      Arn: resourceArn(instance, 'routing-profile', profile.id),
      Name: profile.name,
      LastModifiedTime: profile.modifiedAt,
      LastModifiedRegion: instance.region,
    })),
    NextToken: page.nextToken,
  };
}

export function listSecurityProfiles(
  request: ListSecurityProfilesRequest,
  context: Context,
): ListSecurityProfilesResponse {
  const instance = findInstance(context, request.InstanceId);
  const page = context.pages.cut([...instance.securityProfiles.values()], (item) => item.id, {
    operation: 'ListSecurityProfiles',
    question: instance.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    SecurityProfileSummaryList: page.items.map((profile) => ({
      Id: profile.id,
      Arn: resourceArn(instance, 'security-profile', profile.id),
      Name: profile.name,
      LastModifiedTime: profile.modifiedAt,
      LastModifiedRegion: instance.region,
    })),
    NextToken: page.nextToken,
  };
}

export function describeSecurityProfile(
  request: DescribeSecurityProfileRequest,
  context: Context,
): DescribeSecurityProfileResponse {
  const instance = findInstance(context, request.InstanceId);
  const id = request.SecurityProfileId ?? '';
  const profile = findIn(instance.securityProfiles, id, 'Security profile');
  return {
    SecurityProfile: {
      Id: profile.id,
      OrganizationResourceId: instance.id,
      Arn: resourceArn(instance, 'security-profile', profile.id),
      SecurityProfileName: profile.name,
      Description: profile.description,
      Tags: profile.tags,
      AllowedAccessControlTags: profile.restriction?.tags,
      TagRestrictedResources: profile.restriction?.tagRestrictedResources,
      AllowedAccessControlHierarchyGroupId: profile.restriction?.hierarchyGroupId,
      HierarchyRestrictedResources: profile.restriction?.hierarchyRestrictedResources,
      LastModifiedTime: profile.modifiedAt,
      LastModifiedRegion: instance.region,
    },
  };
}

export function listSecurityProfilePermissions(
  request: ListSecurityProfilePermissionsRequest,
  context: Context,
): ListSecurityProfilePermissionsResponse {
  const instance = findInstance(context, request.InstanceId);
  const id = request.SecurityProfileId ?? '';
  const profile = findIn(instance.securityProfiles, id, 'Security profile');
  const page = context.pages.cut(profile.permissions, (permission) => permission, {
    operation: 'ListSecurityProfilePermissions',
    question: [instance.id, profile.id],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    Permissions: page.items,
    NextToken: page.nextToken,
    LastModifiedTime: profile.modifiedAt,
    LastModifiedRegion: instance.region,
  };
}

/** The same for a search, whose answer has fewer members. */
export const routingProfileOnTheWire = (instance: Instance, profile: RoutingProfile) => ({
  InstanceId: instance.id,
  Name: profile.name,
  RoutingProfileArn: resourceArn(instance, 'routing-profile', profile.id),
  RoutingProfileId: profile.id,
  Description: profile.description,
  MediaConcurrencies: [{ Channel: 'VOICE' as const, Concurrency: 1 }],
  DefaultOutboundQueueId: profile.queueIds[0],
  Tags: profile.tags,
  NumberOfAssociatedQueues: profile.queueIds.length,
  NumberOfAssociatedManualAssignmentQueues: 0,
  NumberOfAssociatedUsers: [...instance.users.values()].filter(
    (user) => user.routingProfileId === profile.id,
  ).length,
  IsDefault: profile.isDefault,
  AssociatedQueueIds: profile.queueIds,
  AssociatedManualAssignmentQueueIds: [],
});

export function describeRoutingProfile(
  request: DescribeRoutingProfileRequest,
  context: Context,
): DescribeRoutingProfileResponse {
  const instance = findInstance(context, request.InstanceId);
  const id = request.RoutingProfileId ?? '';
  const profile = findIn(instance.routingProfiles, id, 'Routing profile');
  return {
    RoutingProfile: {
      ...routingProfileOnTheWire(instance, profile),
      AgentAvailabilityTimer: 'TIME_SINCE_LAST_ACTIVITY',
      LastModifiedTime: profile.modifiedAt,
      LastModifiedRegion: instance.region,
    },
  };
}

export function listRoutingProfileQueues(
  request: ListRoutingProfileQueuesRequest,
  context: Context,
): ListRoutingProfileQueuesResponse {
  const instance = findInstance(context, request.InstanceId);
  const id = request.RoutingProfileId ?? '';
  const profile = findIn(instance.routingProfiles, id, 'Routing profile');
  const page = context.pages.cut(profile.queueIds, (queueId) => queueId, {
    operation: 'ListRoutingProfileQueues',
    question: [instance.id, profile.id],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    RoutingProfileQueueConfigSummaryList: page.items.map((QueueId) => ({
      QueueId,
      QueueArn: resourceArn(instance, 'queue', QueueId),
      QueueName: profile.name,
      Priority: 1,
      Delay: 0,
      Channel: 'VOICE',
    })),
    NextToken: page.nextToken,
    LastModifiedTime: profile.modifiedAt,
    LastModifiedRegion: instance.region,
  };
}

type Queue = { id: string; name: string; modifiedAt: Date };

/** Each routing profile has one queue with its own name. */
const queuesOf = (instance: Instance): Map<string, Queue> =>
  new Map(
    [...instance.routingProfiles.values()].flatMap(({ name, queueIds, modifiedAt }) =>
      queueIds.map((id) => [id, { id, name, modifiedAt }] as const),
    ),
  );

export function listQueues(request: ListQueuesRequest, context: Context): ListQueuesResponse {
  const instance = findInstance(context, request.InstanceId);
  const types = request.QueueTypes ?? [];
  const standard = types.length === 0 || types.includes('STANDARD');
  const all = standard ? [...queuesOf(instance).values()] : [];
  const page = context.pages.cut(all, (queue) => queue.id, {
    operation: 'ListQueues',
    question: [instance.id, types],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    QueueSummaryList: page.items.map((queue) => ({
      Id: queue.id,
      Arn: resourceArn(instance, 'queue', queue.id),
      Name: queue.name,
      QueueType: 'STANDARD',
      LastModifiedTime: queue.modifiedAt,
      LastModifiedRegion: instance.region,
    })),
    NextToken: page.nextToken,
  };
}

export function describeQueue(
  request: DescribeQueueRequest,
  context: Context,
): DescribeQueueResponse {
  const instance = findInstance(context, request.InstanceId);
  const queue = findIn(queuesOf(instance), request.QueueId ?? '', 'Queue');
  return {
    Queue: {
      QueueId: queue.id,
      QueueArn: resourceArn(instance, 'queue', queue.id),
      Name: queue.name,
      Status: 'ENABLED',
      LastModifiedTime: queue.modifiedAt,
      LastModifiedRegion: instance.region,
    },
  };
}
