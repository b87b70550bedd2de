import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-connect';
import { accountId, region } from '../../seed.ts';
import { invalidParameter, notFound } from '../protocol/errors.ts';
import type { Instance } from '../world.ts';
import { type Context, findInstance } from './context.ts';

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
  const parts = /^arn:aws:connect:([^:]+):([^:]+):instance\/([^/]+)(?:\/([^/]+)\/([^/]+))?$/.exec(
    arn,
  );
  if (!parts) throw invalidParameter('The resource ARN is not valid');
  const [, arnRegion, account, instanceId, kind, id = ''] = parts;
  if (arnRegion !== region || account !== accountId) throw notFound(`Resource ${arn} not found`);
  const instance = findInstance(context.world, instanceId);
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
