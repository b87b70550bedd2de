/** The gateway to Amazon Connect through AWS's SDK; only this folder imports the SDK. */
import {
  type ConnectClient,
  CreateUserCommand,
  DescribeInstanceCommand,
  DescribeUserCommand,
  ListRoutingProfilesCommand,
  ListSecurityProfilesCommand,
  ListUsersCommand,
  type HierarchyGroup as SdkHierarchyGroup,
  SearchUserHierarchyGroupsCommand,
  SearchUsersCommand,
  type UserSearchCriteria,
} from '@aws-sdk/client-connect';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { InstanceConfig } from '../../config/config.ts';
import type { ReadTurns } from '../../pacing/read-turns.ts';
import { storableText } from '../../text/storable.ts';
import type { Named } from '../../users/new-user.ts';
import {
  type ConnectGateway,
  ConnectReadError,
  type CreateInput,
  type CreateOutcome,
  type ExistingUser,
  type ListedGroup,
} from '../gateway.ts';
import { createFailure, credentialsFailure, lateReadFailure, readFailure } from './aws-failure.ts';
import { creatingClient, readingClient, standardTimeouts, type Timeouts } from './client.ts';
import { credentialsFor } from './credentials.ts';
import {
  addProficiencies,
  joinTrafficDistributionGroup,
  readPredefinedAttributes,
  readProficiencies,
} from './follow-ups.ts';
import type { ProxyEnvironment } from './http-handler.ts';
import { everyPage } from './list-pages.ts';
import { existingUser, identifiedUser } from './parse-existing-user.ts';
import { type Read, readPermissions, readSecurityProfile } from './read-security-profile.ts';
import { listOf, textOf, textsOf } from './response-members.ts';
import { toCreateUserInput } from './to-create-user.ts';

export type GatewayDeps = {
  /**
   * When absent, the SDK's own chain is used (environment, profile, role). The instance's role is assumed in both
   * cases.
   */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** The environment with the proxy's variables; by default the process's own. */
  readonly env?: ProxyEnvironment;
  readonly timeouts?: Timeouts;
  /** When absent, reads are sent immediately. */
  readonly readTurns?: ReadTurns;
};

/**
 * Opens the gateway to one instance. Reads retry and page automatically and throw `ConnectReadError`; `createUser`
 * sends exactly once and never throws.
 */
export function createAwsGateway(
  instance: Pick<InstanceConfig, 'alias' | 'instanceId' | 'region' | 'endpoint' | 'role'>,
  deps: GatewayDeps = {},
): ConnectGateway {
  const timeouts = deps.timeouts ?? standardTimeouts;
  const credentials = credentialsFor(instance, deps.credentials, deps.env);
  const throttledAt = new Map<string, number>();
  const reader = readingClient(instance, credentials, timeouts, deps.env, (operation) =>
    throttledAt.set(operation, Date.now()),
  );
  const creator = creatingClient(instance, credentials, timeouts, deps.env);
  const InstanceId = instance.instanceId;

  const read: Read = async (operation, send) => {
    // The deadline begins after the turn, because waiting for the turn is not a failure of Connect.
    const throttled = await deps.readTurns?.(operation);
    const startedAt = Date.now();
    const { readDeadlineMs: deadlineMs } = timeouts;
    const abortSignal = AbortSignal.timeout(deadlineMs);
    try {
      return await send(reader, { abortSignal });
    } catch (error) {
      await renewIfEnded(reader, error);
      const wasThrottled = (throttledAt.get(operation) ?? 0) >= startedAt;
      const failure = abortSignal.aborted
        ? lateReadFailure(operation, error, { deadlineMs, wasThrottled })
        : readFailure(operation, error);
      if (failure.kind === 'throttled') await throttled?.();
      throw failure;
    }
  };

  return {
    alias: instance.alias,

    instance: async () => {
      const operation = 'DescribeInstance';
      const { Instance, ReplicationConfiguration } = await read(operation, (client, options) =>
        client.send(new DescribeInstanceCommand({ InstanceId }), options),
      );
      const { Id, Arn, IdentityManagementType, InstanceAccessUrl } = Instance ?? {};
      if (!Id || !Arn || !IdentityManagementType) throw incompleteAnswerError(operation);
      return {
        id: Id,
        arn: Arn,
        identityMode: IdentityManagementType,
        ...(InstanceAccessUrl && { accessUrl: InstanceAccessUrl }),
        ...(ReplicationConfiguration?.GlobalSignInEndpoint && {
          globalSignInUrl: ReplicationConfiguration.GlobalSignInEndpoint,
        }),
      };
    },

    routingProfiles: () =>
      everyPage(async (NextToken) => {
        const page = { InstanceId, NextToken, MaxResults: 1000 };
        const answer = await read('ListRoutingProfiles', (client, options) =>
          client.send(new ListRoutingProfilesCommand(page), options),
        );
        const items = listOf('ListRoutingProfiles', answer.RoutingProfileSummaryList).flatMap(
          named,
        );
        return { items, nextToken: answer.NextToken };
      }),

    securityProfiles: () =>
      everyPage(async (NextToken) => {
        const page = { InstanceId, NextToken, MaxResults: 1000 };
        const answer = await read('ListSecurityProfiles', (client, options) =>
          client.send(new ListSecurityProfilesCommand(page), options),
        );
        const items = listOf('ListSecurityProfiles', answer.SecurityProfileSummaryList).flatMap(
          named,
        );
        return { items, nextToken: answer.NextToken };
      }),

    // The list operation returns names without their place in the tree and would require a describe call for each
    // group; the search returns whole paths, a hundred per page.
    hierarchyGroups: () =>
      everyPage(async (NextToken) => {
        const page = { InstanceId, NextToken, MaxResults: 100 };
        const answer = await read('SearchUserHierarchyGroups', (client, options) =>
          client.send(new SearchUserHierarchyGroupsCommand(page), options),
        );
        const items = listOf('SearchUserHierarchyGroups', answer.UserHierarchyGroups).flatMap(
          hierarchyGroup,
        );
        return { items, nextToken: answer.NextToken };
      }),

    users: () =>
      everyPage(async (NextToken) => {
        const page = { InstanceId, NextToken, MaxResults: 1000 };
        const answer = await read('ListUsers', (client, options) =>
          client.send(new ListUsersCommand(page), options),
        );
        const items = listOf('ListUsers', answer.UserSummaryList).flatMap(
          (user) => identifiedUser(user) ?? [],
        );
        return { items, nextToken: answer.NextToken };
      }),

    describeUser: async (userId) => {
      try {
        const { User: user } = await read('DescribeUser', (client, options) =>
          client.send(new DescribeUserCommand({ InstanceId, UserId: userId }), options),
        );
        return (user && existingUser(user)) ?? null;
      } catch (error) {
        if (error instanceof ConnectReadError && error.kind === 'not-found') return null;
        throw error;
      }
    },

    searchUsers: () => searchUsers(read, InstanceId),
    usersWithProfile: (id) =>
      searchUsers(read, InstanceId, usersWithField('SecurityProfileId', id)),

    findUser: async (username) => {
      const { Users = [] } = await read('SearchUsers', (client, options) =>
        client.send(
          new SearchUsersCommand({
            InstanceId,
            MaxResults: 100,
            SearchCriteria: usersWithField('Username', username),
          }),
          options,
        ),
      );
      // The documentation does not say whether EXACT ignores case, and a search for `Mary` must not return `mary`.
      const user = Users.find((found) => found.Username === username);
      return (user && existingUser(user)) ?? null;
    },

    securityProfile: (id) => readSecurityProfile(read, InstanceId, id),
    permissionsOf: (id) => readPermissions(read, InstanceId, id),

    predefinedAttributes: () => readPredefinedAttributes(read, InstanceId),
    proficienciesOf: (userId) => readProficiencies(read, InstanceId, userId),
    addProficiencies: (userId, proficiencies) =>
      addProficiencies(read, InstanceId, userId, proficiencies),
    joinTrafficDistributionGroup: (userId, groupId) =>
      joinTrafficDistributionGroup(read, InstanceId, userId, groupId),

    createUser: (input) => createUser(creator, InstanceId, input, timeouts),

    close: () => {
      reader.destroy();
      creator.destroy();
    },
  };
}

/** Every user, or the users that match the criteria. */
function searchUsers(
  read: Read,
  InstanceId: string,
  SearchCriteria?: UserSearchCriteria,
): Promise<ExistingUser[]> {
  return everyPage(async (NextToken) => {
    const page = {
      InstanceId,
      NextToken,
      MaxResults: 500,
      ...(SearchCriteria && { SearchCriteria }),
    };
    const answer = await read('SearchUsers', (client, options) =>
      client.send(new SearchUsersCommand(page), options),
    );
    const items = (answer.Users ?? []).flatMap((user) => existingUser(user) ?? []);
    return { items, nextToken: answer.NextToken };
  });
}

/** Fields that can be searched: https://docs.aws.amazon.com/connect/latest/APIReference/API_UserSearchCriteria.html */
function usersWithField(
  FieldName: 'Username' | 'SecurityProfileId',
  Value: string,
): UserSearchCriteria {
  return { StringCondition: { FieldName, Value, ComparisonType: 'EXACT' } };
}

async function createUser(
  client: ConnectClient,
  instanceId: string,
  { user, password, tags }: CreateInput,
  timeouts: Timeouts,
): Promise<CreateOutcome> {
  try {
    // Loaded here, so that a failure to load them is known to have sent nothing.
    await client.config.credentials();
  } catch (error) {
    return credentialsFailure(error);
  }
  try {
    const command = new CreateUserCommand(toCreateUserInput(instanceId, user, password, tags));
    const answer = await client.send(command, {
      // For an answer that begins in time and never ends.
      abortSignal: AbortSignal.timeout(timeouts.connectMs + timeouts.createMs),
    });
    const { UserId, UserArn } = answer;
    const { requestId: awsRequestId } = answer.$metadata;
    const known = awsRequestId === undefined ? {} : { awsRequestId };
    if (UserId && UserArn) return { kind: 'created', userId: UserId, userArn: UserArn, ...known };
    return { kind: 'unclear', detail: 'Connect said yes without a user id', ...known };
  } catch (error) {
    await renewIfEnded(client, error);
    return createFailure(error, password);
  }
}

/** Credentials that AWS reports as expired are not used again, whatever lifetime they were issued with. */
async function renewIfEnded(client: ConnectClient, error: unknown): Promise<void> {
  if (!(error instanceof Error) || !/^ExpiredToken/.test(error.name)) return;
  // An error of this call is reported by the next call.
  await client.config.credentials({ forceRefresh: true }).catch(() => {});
}

function named({ Id, Name }: { Id?: string | undefined; Name?: string | undefined }): Named[] {
  const [id, name] = [textOf(Id), textOf(Name)];
  return id && name ? [{ id, name: storableText(name) }] : [];
}

function hierarchyGroup({ Id, Name, LevelId, HierarchyPath }: SdkHierarchyGroup): ListedGroup[] {
  // SearchUserHierarchyGroups docs: the group of level 0 is the root of the instance and cannot be assigned to users.
  const [id, name] = [textOf(Id), textOf(Name)];
  if (!id || !name || LevelId === '0') return [];
  const { LevelOne, LevelTwo, LevelThree, LevelFour, LevelFive } = HierarchyPath ?? {};
  const levels = [LevelOne, LevelTwo, LevelThree, LevelFour, LevelFive];
  const path = textsOf(levels.map((level) => level?.Name)).map(storableText);
  const pathIds = textsOf(levels.map((level) => level?.Id));
  return [{ id, path: path.length > 0 ? path : [storableText(name)], pathIds }];
}

function incompleteAnswerError(operation: string): ConnectReadError {
  const detail = 'the answer lacks what the operation promises';
  return new ConnectReadError('unavailable', operation, { cause: undefined, detail });
}
