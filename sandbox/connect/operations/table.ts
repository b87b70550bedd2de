/** Every operation of the model with the function that implements it. */

import type { Context } from './context.ts';
import {
  describeUserHierarchyGroup,
  describeUserHierarchyStructure,
  listUserHierarchyGroups,
} from './hierarchy.ts';
import {
  describeAgentStatus,
  describeInstance,
  describeInstanceAttribute,
  listAgentStatuses,
  listInstanceAttributes,
  listInstances,
} from './instances.ts';
import {
  associateUserProficiencies,
  describePredefinedAttribute,
  disassociateUserProficiencies,
  listPredefinedAttributes,
  listUserProficiencies,
  searchPredefinedAttributes,
  updateUserProficiencies,
} from './proficiencies.ts';
import {
  describeQueue,
  describeRoutingProfile,
  describeSecurityProfile,
  listQueues,
  listRoutingProfileQueues,
  listRoutingProfiles,
  listSecurityProfilePermissions,
  listSecurityProfiles,
} from './profiles.ts';
import {
  searchRoutingProfiles,
  searchSecurityProfiles,
  searchUserHierarchyGroups,
} from './search-directory.ts';
import { searchUsers } from './search-users.ts';
import {
  listSecurityProfileAIAgents,
  listSecurityProfileApplications,
  listSecurityProfileFlowModules,
} from './security-profile-grants.ts';
import { listTagsForResource, searchResourceTags, tagResource, untagResource } from './tags.ts';
import {
  associateTrafficDistributionGroupUser,
  describeTrafficDistributionGroup,
  disassociateTrafficDistributionGroupUser,
  listTrafficDistributionGroups,
  listTrafficDistributionGroupUsers,
} from './traffic-distribution-groups.ts';
import { createUser, deleteUser, describeUser, listUsers } from './users.ts';

/** Receives an input that has passed the validation against the model. */
export type Operation = (input: Record<string, unknown>, context: Context) => object;

/**
 * The request types are the SDK's. Each input is validated against the same model before this point, so this is the
 * only place where an unknown input becomes a typed one.
 */
const typed = <Input>(operation: (input: Input, context: Context) => object): Operation =>
  operation as unknown as Operation;

export const operations: Readonly<Record<string, Operation>> = {
  CreateUser: typed(createUser),
  DescribeUser: typed(describeUser),
  DeleteUser: typed(deleteUser),
  ListUsers: typed(listUsers),
  SearchUsers: typed(searchUsers),
  ListRoutingProfiles: typed(listRoutingProfiles),
  SearchRoutingProfiles: typed(searchRoutingProfiles),
  ListSecurityProfiles: typed(listSecurityProfiles),
  SearchSecurityProfiles: typed(searchSecurityProfiles),
  DescribeSecurityProfile: typed(describeSecurityProfile),
  ListSecurityProfilePermissions: typed(listSecurityProfilePermissions),
  ListUserHierarchyGroups: typed(listUserHierarchyGroups),
  SearchUserHierarchyGroups: typed(searchUserHierarchyGroups),
  DescribeUserHierarchyGroup: typed(describeUserHierarchyGroup),
  DescribeUserHierarchyStructure: typed(describeUserHierarchyStructure),
  DescribeInstance: typed(describeInstance),
  ListInstances: typed(listInstances),
  TagResource: typed(tagResource),
  UntagResource: typed(untagResource),
  ListTagsForResource: typed(listTagsForResource),
  ListSecurityProfileApplications: typed(listSecurityProfileApplications),
  ListSecurityProfileAIAgents: typed(listSecurityProfileAIAgents),
  ListSecurityProfileFlowModules: typed(listSecurityProfileFlowModules),
  DescribeRoutingProfile: typed(describeRoutingProfile),
  ListRoutingProfileQueues: typed(listRoutingProfileQueues),
  ListQueues: typed(listQueues),
  DescribeQueue: typed(describeQueue),
  ListPredefinedAttributes: typed(listPredefinedAttributes),
  DescribePredefinedAttribute: typed(describePredefinedAttribute),
  SearchPredefinedAttributes: typed(searchPredefinedAttributes),
  ListUserProficiencies: typed(listUserProficiencies),
  AssociateUserProficiencies: typed(associateUserProficiencies),
  UpdateUserProficiencies: typed(updateUserProficiencies),
  DisassociateUserProficiencies: typed(disassociateUserProficiencies),
  ListTrafficDistributionGroups: typed(listTrafficDistributionGroups),
  DescribeTrafficDistributionGroup: typed(describeTrafficDistributionGroup),
  ListTrafficDistributionGroupUsers: typed(listTrafficDistributionGroupUsers),
  AssociateTrafficDistributionGroupUser: typed(associateTrafficDistributionGroupUser),
  DisassociateTrafficDistributionGroupUser: typed(disassociateTrafficDistributionGroupUser),
  SearchResourceTags: typed(searchResourceTags),
  ListInstanceAttributes: typed(listInstanceAttributes),
  DescribeInstanceAttribute: typed(describeInstanceAttribute),
  ListAgentStatuses: typed(listAgentStatuses),
  DescribeAgentStatus: typed(describeAgentStatus),
};
