import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  SearchResourceTagsRequest,
  SearchResourceTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-connect';
import { partitionOf } from '../accounts/accounts.ts';
import { invalidParameter, notFound } from '../protocol/errors.ts';
import type { Instance } from '../world.ts';
import { type Context, findInstance } from './context.ts';
import { findTrafficDistributionGroup } from './traffic-distribution-groups.ts';

/** A resource carries at most 50 tags (AWS's general rule, and the model's limit on one call). */
const MOST_TAGS = 50;

type Tagged = { tags: Record<string, string> };
type Target = { instance: Instance; resource: Tagged };

export function tagResource(request: TagResourceRequest, context: Context): Record<string, never> {
  const { instance, resource } = findTarget(request.resourceArn ?? '', context);
  const reserved = Object.keys(request.tags ?? {}).find((key) => /^aws:/i.test(key));
  if (reserved) throw invalidParameter(`Tag keys may not begin with "aws:": ${reserved}`);
  const tags = { ...resource.tags, ...request.tags };
  if (Object.keys(tags).length > MOST_TAGS) {
    throw invalidParameter(`A resource cannot have more than ${MOST_TAGS} tags`);
  }
  resource.tags = tags;
  context.changed(instance.id);
  return {};
}

export function untagResource(
  request: UntagResourceRequest,
  context: Context,
): Record<string, never> {
  const { instance, resource } = findTarget(request.resourceArn ?? '', context);
  const gone = new Set(request.tagKeys);
  resource.tags = Object.fromEntries(
    Object.entries(resource.tags).filter(([key]) => !gone.has(key)),
  );
  context.changed(instance.id);
  return {};
}

export function listTagsForResource(
  request: ListTagsForResourceRequest,
  context: Context,
): ListTagsForResourceResponse {
  return { tags: findTarget(request.resourceArn ?? '', context).resource.tags };
}

function findTarget(arn: string, context: Context): Target {
  const { account, region } = context.caller;
  const group = /^arn:[a-z-]+:connect:[^:]+:[^:]+:traffic-distribution-group\/(.+)$/.exec(arn)?.[1];
  const parts =
    /^arn:([a-z-]+):connect:([^:]+):([^:]+):instance\/([^/]+)(?:\/([^/]+)\/([^/]+))?$/.exec(arn);
  if (group !== undefined) return findTrafficDistributionGroup(context, arn);
  if (!parts) throw invalidParameter('The resource ARN is not valid');
  const [, partition, arnRegion, arnAccount, instanceId, kind, id = ''] = parts;
  if (partition !== partitionOf(region) || arnRegion !== region || arnAccount !== account) {
    throw notFound(`Resource ${arn} not found`);
  }
  const instance = findInstance(context, instanceId);
  const resource = kind === undefined ? instance : resourcesOf(instance, kind)?.get(id);
  if (!resource) throw notFound(`Resource ${arn} not found`);
  return { instance, resource };
}

function resourcesOf(instance: Instance, kind: string): ReadonlyMap<string, Tagged> | undefined {
  switch (kind) {
    case 'agent':
      return instance.users;
    case 'routing-profile':
      return instance.routingProfiles;
    case 'security-profile':
      return instance.securityProfiles;
    case 'agent-group':
      return instance.hierarchyGroups;
    default:
      return undefined;
  }
}

/** The kind of ARN for each resource type of SearchResourceTags; the names of the types are documented. */
const kindsOfTypes: Readonly<Record<string, string>> = {
  AGENT: 'agent',
  USER: 'agent',
  ROUTING_PROFILE: 'routing-profile',
  SECURITY_PROFILE: 'security-profile',
  USER_HIERARCHY_GROUP: 'agent-group',
};

/** Every distinct tag in use. An unknown resource type finds nothing (a guess). */
export function searchResourceTags(
  request: SearchResourceTagsRequest,
  context: Context,
): SearchResourceTagsResponse {
  const instance = findInstance(context, request.InstanceId);
  const { ResourceTypes, SearchCriteria } = request;
  const kinds = new Set(
    (ResourceTypes ?? Object.keys(kindsOfTypes)).map((type) => kindsOfTypes[type]),
  );
  const condition = SearchCriteria?.TagSearchCondition ?? {};
  const keyMatches = compile(condition.tagKey, condition.tagKeyComparisonType);
  const valueMatches = compile(condition.tagValue, condition.tagValueComparisonType);
  const all = new Map<string, { key: string; value: string }>();
  for (const kind of kinds) {
    const resources = kind === undefined ? undefined : resourcesOf(instance, kind);
    for (const { tags } of resources?.values() ?? []) {
      for (const [key, value] of Object.entries(tags)) {
        if (keyMatches(key) && valueMatches(value))
          all.set(JSON.stringify([key, value]), { key, value });
      }
    }
  }
  const page = context.pages.cut([...all], ([id]) => id, {
    operation: 'SearchResourceTags',
    question: [instance.id, ResourceTypes ?? null, SearchCriteria ?? null],
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return { Tags: page.items.map(([, tag]) => tag), NextToken: page.nextToken };
}

function compile(wanted: string | undefined, comparison = 'EXACT'): (text: string) => boolean {
  if (wanted === undefined) return () => true;
  const sought = wanted.toLowerCase();
  return (text) => {
    const value = text.toLowerCase();
    if (comparison === 'STARTS_WITH') return value.startsWith(sought);
    return comparison === 'CONTAINS' ? value.includes(sought) : value === sought;
  };
}
