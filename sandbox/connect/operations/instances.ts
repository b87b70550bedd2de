import type {
  DescribeInstanceRequest,
  DescribeInstanceResponse,
  InstanceSummary,
  ListInstancesRequest,
  ListInstancesResponse,
} from '@aws-sdk/client-connect';
import { accountId } from '../../seed.ts';
import { type Instance, instanceArn } from '../world.ts';
import { type Context, findInstance } from './context.ts';

export function describeInstance(
  request: DescribeInstanceRequest,
  context: Context,
): DescribeInstanceResponse {
  const instance = findInstance(context.world, request.InstanceId);
  return { Instance: { ...summaryOf(instance), Tags: instance.tags } };
}

export function listInstances(
  request: ListInstancesRequest,
  context: Context,
): ListInstancesResponse {
  const page = context.pages.cut([...context.world.instances.values()], (item) => item.id, {
    operation: 'ListInstances',
    question: null,
    nextToken: request.NextToken,
    // Pages of ListInstances are at most 10 (model), so the general default cannot hold here.
    maxResults: request.MaxResults ?? 10,
  });
  return { InstanceSummaryList: page.items.map(summaryOf), NextToken: page.nextToken };
}

function summaryOf(instance: Instance): InstanceSummary {
  const alias = `harbour-${instance.alias}`;
  return {
    Id: instance.id,
    Arn: instanceArn(instance.id),
    IdentityManagementType: instance.identity,
    InstanceAlias: alias,
    CreatedTime: instance.createdAt,
    ServiceRole: `arn:aws:iam::${accountId}:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect`,
    InstanceStatus: 'ACTIVE',
    InboundCallsEnabled: true,
    OutboundCallsEnabled: true,
    InstanceAccessUrl: `https://${alias}.my.connect.aws`,
  };
}
