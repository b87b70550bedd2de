/** What a security profile grants besides permissions: applications, AI agents, and flow modules as tools. */
import type {
  ListSecurityProfileAIAgentsRequest,
  ListSecurityProfileAIAgentsResponse,
  ListSecurityProfileApplicationsRequest,
  ListSecurityProfileApplicationsResponse,
  ListSecurityProfileFlowModulesRequest,
  ListSecurityProfileFlowModulesResponse,
} from '@aws-sdk/client-connect';
import { type Context, findIn, findInstance } from './context.ts';

type Request = {
  InstanceId: string | undefined;
  SecurityProfileId: string | undefined;
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
};

function readPage<Item>(
  operation: string,
  request: Request,
  context: Context,
  grants: 'applications' | 'aiAgents' | 'flowModules',
  keyOf: (item: Item) => string,
) {
  const instance = findInstance(context, request.InstanceId);
  const id = request.SecurityProfileId ?? '';
  const profile = findIn(instance.securityProfiles, id, 'Security profile');
  const page = context.pages.cut(profile[grants] as Item[], keyOf, {
    operation,
    question: [instance.id, profile.id],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  const modified = {
    LastModifiedTime: profile.modifiedAt,
    LastModifiedRegion: instance.region,
  };
  return { items: page.items, rest: { NextToken: page.nextToken, ...modified } };
}

export function listSecurityProfileApplications(
  request: ListSecurityProfileApplicationsRequest,
  context: Context,
): ListSecurityProfileApplicationsResponse {
  const name = 'ListSecurityProfileApplications';
  const { items, rest } = readPage<{ Namespace?: string }>(
    name,
    request,
    context,
    'applications',
    (application) => application.Namespace ?? '',
  );
  return { Applications: items, ...rest };
}

export function listSecurityProfileAIAgents(
  request: ListSecurityProfileAIAgentsRequest,
  context: Context,
): ListSecurityProfileAIAgentsResponse {
  const name = 'ListSecurityProfileAIAgents';
  const { items, rest } = readPage<{ Arn?: string }>(
    name,
    request,
    context,
    'aiAgents',
    (agent) => agent.Arn ?? '',
  );
  return { AllowedAIAgents: items, ...rest };
}

export function listSecurityProfileFlowModules(
  request: ListSecurityProfileFlowModulesRequest,
  context: Context,
): ListSecurityProfileFlowModulesResponse {
  const name = 'ListSecurityProfileFlowModules';
  const { items, rest } = readPage<{ FlowModuleId?: string }>(
    name,
    request,
    context,
    'flowModules',
    (flowModule) => flowModule.FlowModuleId ?? '',
  );
  return { AllowedFlowModules: items, ...rest };
}
