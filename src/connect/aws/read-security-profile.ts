/** Builds a security profile from five operations, each of which returns a part of it. */
import {
  type ConnectClient,
  DescribeSecurityProfileCommand,
  ListSecurityProfileAIAgentsCommand,
  ListSecurityProfileApplicationsCommand,
  ListSecurityProfileFlowModulesCommand,
  ListSecurityProfilePermissionsCommand,
  type SecurityProfile,
} from '@aws-sdk/client-connect';
import { ConnectReadError } from '../gateway.ts';
import type { AccessRestriction, Grant, SecurityProfileFacts } from '../security-profile.ts';
import { everyPage } from './list-pages.ts';

/** One paced read with its deadline; throws `ConnectReadError`. */
export type Read = <Answer>(
  operation: string,
  send: (client: ConnectClient, options: { abortSignal: AbortSignal }) => Promise<Answer>,
) => Promise<Answer>;

/** Reads all parts at the same time, because AWS limits the rate of each operation separately. */
export async function readSecurityProfile(
  read: Read,
  InstanceId: string,
  id: string,
): Promise<SecurityProfileFacts> {
  const of = { InstanceId, SecurityProfileId: id, MaxResults: 1000 };
  const [described, permissions, ...grants] = await Promise.all([
    read('DescribeSecurityProfile', (client, options) =>
      client.send(
        new DescribeSecurityProfileCommand({ InstanceId, SecurityProfileId: id }),
        options,
      ),
    ),
    readPermissions(read, InstanceId, id),
    everyPage(async (NextToken) => {
      const answer = await read('ListSecurityProfileApplications', (client, options) =>
        client.send(new ListSecurityProfileApplicationsCommand({ ...of, NextToken }), options),
      );
      const items = (answer.Applications ?? []).flatMap(({ Namespace, ApplicationPermissions }) =>
        (ApplicationPermissions ?? []).map((permission) =>
          grant('application', `${Namespace} ${permission}`),
        ),
      );
      return { items, nextToken: answer.NextToken };
    }),
    unlessUnknown(
      everyPage(async (NextToken) => {
        const answer = await read('ListSecurityProfileAIAgents', (client, options) =>
          client.send(new ListSecurityProfileAIAgentsCommand({ ...of, NextToken }), options),
        );
        const items = (answer.AllowedAIAgents ?? []).map(({ Arn }) => grant('ai-agent', Arn ?? ''));
        return { items, nextToken: answer.NextToken };
      }),
    ),
    unlessUnknown(
      everyPage(async (NextToken) => {
        const answer = await read('ListSecurityProfileFlowModules', (client, options) =>
          client.send(new ListSecurityProfileFlowModulesCommand({ ...of, NextToken }), options),
        );
        const items = (answer.AllowedFlowModules ?? []).map(({ FlowModuleId }) =>
          grant('flow-module', FlowModuleId ?? ''),
        );
        return { items, nextToken: answer.NextToken };
      }),
    ),
  ]);
  const profile = described.SecurityProfile ?? {};
  const restriction = restrictionOf(profile);
  return {
    id,
    permissions,
    grants: grants.flat(),
    restriction,
    tags: profile.Tags ?? {},
    isGranular: restriction !== null || profile.GranularAccessControlConfiguration !== undefined,
  };
}

/** Only the permissions of a security profile, in a single call, for callers that need nothing else. */
export function readPermissions(read: Read, InstanceId: string, id: string): Promise<string[]> {
  const of = { InstanceId, SecurityProfileId: id, MaxResults: 1000 };
  return everyPage(async (NextToken) => {
    const answer = await read('ListSecurityProfilePermissions', (client, options) =>
      client.send(new ListSecurityProfilePermissionsCommand({ ...of, NextToken }), options),
    );
    return { items: answer.Permissions ?? [], nextToken: answer.NextToken };
  });
}

const grant = (kind: Grant['kind'], id: string): Grant => ({ kind, id });

function restrictionOf(profile: SecurityProfile): AccessRestriction | null {
  const tags = profile.AllowedAccessControlTags ?? {};
  const hierarchyGroupId = profile.AllowedAccessControlHierarchyGroupId || null;
  if (Object.keys(tags).length === 0 && hierarchyGroupId === null) return null;
  return {
    tags,
    // Tags without resources limit nothing, and neither does a group without resources.
    tagRestricted: Object.keys(tags).length > 0 ? (profile.TagRestrictedResources ?? []) : [],
    hierarchyGroupId,
    hierarchyRestricted:
      hierarchyGroupId === null ? [] : (profile.HierarchyRestrictedResources ?? []),
  };
}

/**
 * A partition whose Connect does not have the operation yet has no such grants either. That it reports this with this
 * error name is a guess.
 */
async function unlessUnknown(reading: Promise<Grant[]>): Promise<Grant[]> {
  try {
    return await reading;
  } catch (error) {
    const cause = error instanceof ConnectReadError ? error.cause : undefined;
    if (cause instanceof Error && cause.name === 'UnknownOperationException') return [];
    throw error;
  }
}
