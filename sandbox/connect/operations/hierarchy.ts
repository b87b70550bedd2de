import type {
  DescribeUserHierarchyGroupRequest,
  DescribeUserHierarchyGroupResponse,
  DescribeUserHierarchyStructureRequest,
  DescribeUserHierarchyStructureResponse,
  HierarchyGroup as HierarchyGroupOnTheWire,
  HierarchyGroupSummary,
  ListUserHierarchyGroupsRequest,
  ListUserHierarchyGroupsResponse,
} from '@aws-sdk/client-connect';
import { type HierarchyGroup, hierarchyPath, type Instance, resourceArn } from '../world.ts';
import { type Context, findIn, findInstance } from './context.ts';

const levelNames = ['LevelOne', 'LevelTwo', 'LevelThree', 'LevelFour', 'LevelFive'] as const;

export function listUserHierarchyGroups(
  request: ListUserHierarchyGroupsRequest,
  context: Context,
): ListUserHierarchyGroupsResponse {
  const instance = findInstance(context, request.InstanceId);
  const page = context.pages.cut([...instance.hierarchyGroups.values()], (group) => group.id, {
    operation: 'ListUserHierarchyGroups',
    question: instance.id,
    nextToken: request.NextToken,
    maxResults: request.MaxResults,
  });
  return {
    UserHierarchyGroupSummaryList: page.items.map((group) => summaryOf(instance, group)),
    NextToken: page.nextToken,
  };
}

export function describeUserHierarchyGroup(
  request: DescribeUserHierarchyGroupRequest,
  context: Context,
): DescribeUserHierarchyGroupResponse {
  const instance = findInstance(context, request.InstanceId);
  const group = findIn(instance.hierarchyGroups, request.HierarchyGroupId ?? '', 'Hierarchy group');
  return { HierarchyGroup: groupOnTheWire(instance, group) };
}

export function describeUserHierarchyStructure(
  request: DescribeUserHierarchyStructureRequest,
  context: Context,
): DescribeUserHierarchyStructureResponse {
  const instance = findInstance(context, request.InstanceId);
  const levels = instance.hierarchyLevels.map((name, index) => [
    levelNames[index],
    {
      // That the id of a level is its number is a guess.
      Id: String(index + 1),
      Arn: resourceArn(instance, 'agent-group-level', String(index + 1)),
      Name: name,
      LastModifiedTime: instance.createdAt,
      LastModifiedRegion: instance.region,
    },
  ]);
  return { HierarchyStructure: Object.fromEntries(levels) };
}

export function groupOnTheWire(instance: Instance, group: HierarchyGroup): HierarchyGroupOnTheWire {
  const path = hierarchyPath(instance, group.id).map((step, index) => [
    levelNames[index],
    summaryOf(instance, step),
  ]);
  return {
    ...summaryOf(instance, group),
    LevelId: String(group.level),
    HierarchyPath: Object.fromEntries(path),
    Tags: group.tags,
  };
}

function summaryOf(instance: Instance, group: HierarchyGroup): HierarchyGroupSummary {
  return {
    Id: group.id,
    Arn: resourceArn(instance, 'agent-group', group.id),
    Name: group.name,
    LastModifiedTime: group.modifiedAt,
    LastModifiedRegion: instance.region,
  };
}
