import type {
  DescribeSecurityProfileRequest,
  DescribeSecurityProfileResponse,
  ListRoutingProfilesRequest,
  ListRoutingProfilesResponse,
  ListSecurityProfilePermissionsRequest,
  ListSecurityProfilePermissionsResponse,
  ListSecurityProfilesRequest,
  ListSecurityProfilesResponse,
} from '@aws-sdk/client-connect';
import { region } from '../../seed.ts';
import { resourceArn } from '../world.ts';
import { type Context, findIn, findInstance } from './context.ts';

export function listRoutingProfiles(
  request: ListRoutingProfilesRequest,
  context: Context,
): ListRoutingProfilesResponse {
  const instance = findInstance(context.world, request.InstanceId);
  const page = context.pages.cut([...instance.routingProfiles.values()], (item) => item.id, {
    operation: 'ListRoutingProfiles',
    question: instance.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    RoutingProfileSummaryList: page.items.map((profile) => ({
      Id: profile.id,
      Arn: resourceArn(instance.id, 'routing-profile', profile.id),
      Name: profile.name,
      LastModifiedTime: profile.modifiedAt,
      LastModifiedRegion: region,
    })),
    NextToken: page.nextToken,
  };
}

export function listSecurityProfiles(
  request: ListSecurityProfilesRequest,
  context: Context,
): ListSecurityProfilesResponse {
  const instance = findInstance(context.world, request.InstanceId);
  const page = context.pages.cut([...instance.securityProfiles.values()], (item) => item.id, {
    operation: 'ListSecurityProfiles',
    question: instance.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    SecurityProfileSummaryList: page.items.map((profile) => ({
      Id: profile.id,
      Arn: resourceArn(instance.id, 'security-profile', profile.id),
      Name: profile.name,
      LastModifiedTime: profile.modifiedAt,
      LastModifiedRegion: region,
    })),
    NextToken: page.nextToken,
  };
}

export function describeSecurityProfile(
  request: DescribeSecurityProfileRequest,
  context: Context,
): DescribeSecurityProfileResponse {
  const instance = findInstance(context.world, request.InstanceId);
  const id = request.SecurityProfileId ?? '';
  const profile = findIn(instance.securityProfiles, id, 'Security profile');
  return {
    SecurityProfile: {
      Id: profile.id,
      OrganizationResourceId: instance.id,
      Arn: resourceArn(instance.id, 'security-profile', profile.id),
      SecurityProfileName: profile.name,
      Description: profile.description,
      Tags: profile.tags,
      AllowedAccessControlTags: profile.restriction?.tags,
      TagRestrictedResources: profile.restriction?.tagRestrictedResources,
      AllowedAccessControlHierarchyGroupId: profile.restriction?.hierarchyGroupId,
      HierarchyRestrictedResources: profile.restriction?.hierarchyRestrictedResources,
      LastModifiedTime: profile.modifiedAt,
      LastModifiedRegion: region,
    },
  };
}

export function listSecurityProfilePermissions(
  request: ListSecurityProfilePermissionsRequest,
  context: Context,
): ListSecurityProfilePermissionsResponse {
  const instance = findInstance(context.world, request.InstanceId);
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
    LastModifiedRegion: region,
  };
}
