/** The state of an instance for display: names instead of ids. */
import type { ConnectInstanceInfo, ConnectState, ConnectUser } from '../api/connect.ts';
import { SandboxProblem } from './problem.ts';
import {
  hierarchyPath,
  type Instance,
  instanceArn,
  resourceArn,
  type User,
  type World,
} from './world.ts';

/** @throws SandboxProblem 404. */
export function instanceNamed(world: World, idOrAlias: string | undefined): Instance {
  for (const instance of world.instances.values()) {
    if (idOrAlias === undefined || instance.id === idOrAlias || instance.alias === idOrAlias) {
      return instance;
    }
  }
  throw new SandboxProblem(404, 'no_such_instance', `There is no instance '${idOrAlias}'`);
}

export const instanceInfo = (instance: Instance): ConnectInstanceInfo => ({
  id: instance.id,
  alias: instance.alias,
  arn: instanceArn(instance),
  account: instance.account,
  region: instance.region,
  identity: instance.identity,
});

export function describeState(
  instance: Instance,
  rest: Pick<ConnectState, 'settings' | 'bucket'>,
): ConnectState {
  const byName = <Item extends { name: string }>(items: Iterable<Item>) =>
    [...items].sort((left, right) => left.name.localeCompare(right.name, 'en'));
  return {
    instance: instanceInfo(instance),
    ...rest,
    users: [...instance.users.values()]
      .map((user) => userState(instance, user))
      .sort((left, right) => left.username.localeCompare(right.username, 'en')),
    routingProfiles: byName(instance.routingProfiles.values()).map(({ id, name }) => ({
      id,
      name,
    })),
    securityProfiles: byName(instance.securityProfiles.values()).map((profile) => ({
      id: profile.id,
      name: profile.name,
      permissions: [...profile.permissions],
    })),
    hierarchyGroups: [...instance.hierarchyGroups.values()].map((group) => ({
      id: group.id,
      path: pathNames(instance, group.id),
    })),
  };
}

function userState(instance: Instance, user: User): ConnectUser {
  const { identityInfo, directoryUserId, hierarchyGroupId } = user;
  const optional = {
    firstName: identityInfo.FirstName,
    lastName: identityInfo.LastName,
    email: identityInfo.Email,
    secondaryEmail: identityInfo.SecondaryEmail,
    mobile: identityInfo.Mobile,
    directoryUserId,
    hierarchyGroup:
      hierarchyGroupId === undefined ? undefined : pathNames(instance, hierarchyGroupId),
  };
  return {
    id: user.id,
    arn: resourceArn(instance, 'agent', user.id),
    username: user.username,
    ...withoutUndefined(optional),
    hasPassword: user.hasPassword,
    // A profile that was deleted is shown by its id.
    routingProfile:
      instance.routingProfiles.get(user.routingProfileId)?.name ?? user.routingProfileId,
    securityProfiles: user.securityProfileIds.map(
      (id) => instance.securityProfiles.get(id)?.name ?? id,
    ),
    settings: withoutUndefined(user.phone),
    tags: { ...user.tags },
    proficiencies: user.proficiencies.map((proficiency) => ({ ...proficiency })),
    createdAt: user.createdAt.toISOString(),
  };
}

const pathNames = (instance: Instance, groupId: string) =>
  hierarchyPath(instance, groupId).map((group) => group.name);

type Present<Value> = { [Name in keyof Value]?: Exclude<Value[Name], undefined> };

const withoutUndefined = <Value extends object>(value: Value): Present<Value> =>
  Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as Present<Value>;
