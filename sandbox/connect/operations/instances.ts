import type {
  AgentStatus,
  DescribeAgentStatusRequest,
  DescribeAgentStatusResponse,
  DescribeInstanceAttributeRequest,
  DescribeInstanceAttributeResponse,
  DescribeInstanceRequest,
  DescribeInstanceResponse,
  InstanceAttributeType,
  InstanceSummary,
  ListAgentStatusRequest,
  ListAgentStatusResponse,
  ListInstanceAttributesRequest,
  ListInstanceAttributesResponse,
  ListInstancesRequest,
  ListInstancesResponse,
  ReplicationConfiguration,
} from '@aws-sdk/client-connect';
import { partitionOf } from '../accounts/accounts.ts';
import { type Instance, instanceArn, resourceArn, stableId } from '../world.ts';
import { type Context, findIn, findInstance, instancesOf } from './context.ts';

export function describeInstance(
  request: DescribeInstanceRequest,
  context: Context,
): DescribeInstanceResponse {
  const instance = findInstance(context, request.InstanceId);
  const { replicaRegion } = instance;
  return {
    Instance: { ...summaryOf(instance), Tags: instance.tags },
    ...(replicaRegion === undefined
      ? {}
      : { ReplicationConfiguration: replicationOf(instance, replicaRegion) }),
  };
}

export function listInstances(
  request: ListInstancesRequest,
  context: Context,
): ListInstancesResponse {
  const page = context.pages.cut(instancesOf(context), (item) => item.id, {
    operation: 'ListInstances',
    question: [context.caller.account, context.caller.region],
    nextToken: request.NextToken,
    // ListInstances returns at most 10 items per page (model), so the general default does not apply.
    maxResults: request.MaxResults ?? 10,
  });
  return { InstanceSummaryList: page.items.map(summaryOf), NextToken: page.nextToken };
}

/** Documented for global resiliency; the form of the sign-in address is a guess. */
const replicationOf = (instance: Instance, replicaRegion: string): ReplicationConfiguration => ({
  SourceRegion: instance.region,
  GlobalSignInEndpoint: `https://${aliasOf(instance)}.awsapps.com/connect/global`,
  ReplicationStatusSummaryList: [instance.region, replicaRegion].map((region) => ({
    Region: region,
    ReplicationStatus: 'INSTANCE_REPLICATION_COMPLETE' as const,
  })),
});

const aliasOf = (instance: Instance) => `harbour-${instance.alias}`;

function summaryOf(instance: Instance): InstanceSummary {
  const alias = aliasOf(instance);
  const partition = partitionOf(instance.region);
  return {
    Id: instance.id,
    Arn: instanceArn(instance),
    IdentityManagementType: instance.identity,
    InstanceAlias: alias,
    CreatedTime: instance.createdAt,
    ServiceRole: `arn:${partition}:iam::${instance.account}:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect`,
    InstanceStatus: 'ACTIVE',
    InboundCallsEnabled: true,
    OutboundCallsEnabled: true,
    InstanceAccessUrl: `https://${alias}.my.connect.aws`,
  };
}

/** Settings of an instance with the values of a new one (guesses except for inbound and outbound calls). */
const attributes: Readonly<Partial<Record<InstanceAttributeType, string>>> = {
  INBOUND_CALLS: 'true',
  OUTBOUND_CALLS: 'true',
  CONTACTFLOW_LOGS: 'false',
  CONTACT_LENS: 'true',
  AUTO_RESOLVE_BEST_VOICES: 'true',
  EARLY_MEDIA: 'true',
  MULTI_PARTY_CONFERENCE: 'true',
  ENHANCED_CONTACT_MONITORING: 'true',
};

export function listInstanceAttributes(
  request: ListInstanceAttributesRequest,
  context: Context,
): ListInstanceAttributesResponse {
  const instance = findInstance(context, request.InstanceId);
  const page = context.pages.cut(Object.entries(attributes), ([type]) => type, {
    operation: 'ListInstanceAttributes',
    question: instance.id,
    nextToken: request.NextToken,
    // At most 7 items per page (model).
    maxResults: request.MaxResults ?? 7,
  });
  return {
    Attributes: page.items.map(([type, Value]) => ({
      AttributeType: type as InstanceAttributeType,
      Value,
    })),
    NextToken: page.nextToken,
  };
}

export function describeInstanceAttribute(
  request: DescribeInstanceAttributeRequest,
  context: Context,
): DescribeInstanceAttributeResponse {
  findInstance(context, request.InstanceId);
  const { AttributeType } = request;
  return AttributeType === undefined
    ? {}
    : { Attribute: { AttributeType, Value: attributes[AttributeType] ?? 'false' } };
}

/** The three that each instance has. */
function statusesOf(instance: Instance): Map<string, AgentStatus> {
  const kinds = [
    ['Available', 'ROUTABLE'],
    ['Offline', 'OFFLINE'],
    ['Break', 'CUSTOM'],
  ] as const;
  return new Map(
    kinds.map(([Name, Type], index) => {
      const id = stableId(instance.id, 'agent-state', Name);
      const status: AgentStatus = {
        AgentStatusId: id,
        AgentStatusARN: resourceArn(instance, 'agent-state', id),
        Name,
        Type,
        DisplayOrder: index + 1,
        State: 'ENABLED',
        Tags: {},
        LastModifiedTime: instance.createdAt,
        LastModifiedRegion: instance.region,
      };
      return [id, status];
    }),
  );
}

export function listAgentStatuses(
  request: ListAgentStatusRequest,
  context: Context,
): ListAgentStatusResponse {
  const instance = findInstance(context, request.InstanceId);
  const types = request.AgentStatusTypes ?? [];
  const all = [...statusesOf(instance).values()].filter(
    ({ Type }) => types.length === 0 || (Type !== undefined && types.includes(Type)),
  );
  const page = context.pages.cut(all, (status) => status.AgentStatusId ?? '', {
    operation: 'ListAgentStatuses',
    question: [instance.id, types],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    AgentStatusSummaryList: page.items.map((status) => ({
      Id: status.AgentStatusId,
      Arn: status.AgentStatusARN,
      Name: status.Name,
      Type: status.Type,
      LastModifiedTime: status.LastModifiedTime,
      LastModifiedRegion: status.LastModifiedRegion,
    })),
    NextToken: page.nextToken,
  };
}

export function describeAgentStatus(
  request: DescribeAgentStatusRequest,
  context: Context,
): DescribeAgentStatusResponse {
  const instance = findInstance(context, request.InstanceId);
  const id = request.AgentStatusId ?? '';
  return { AgentStatus: findIn(statusesOf(instance), id, 'Agent status') };
}
