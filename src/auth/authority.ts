/** Collects the facts for a verdict: who the person is in Slack and in Connect, and what they hold there. */

import type { IdentityPolicy } from '../config/config.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { problem } from '../errors/problem.ts';
import type { People } from '../slack/people.ts';
import type { SlackPerson } from '../slack/slack-person.ts';
import type { Named } from '../users/new-user.ts';
import { foldCase, type Identity, identify } from './connect-identity.ts';
import { type Holdings, type RequestedProfile, USERS_CREATE } from './holdings.ts';
import type { CeilingRules } from './permission-ceiling.ts';
import type { StoredLinks } from './stored-links.ts';

export type Authority = {
  readonly person: SlackPerson;
  readonly identity: Identity;
  readonly holdings: Holdings | null;
};

export type AuthorityDeps = {
  readonly people: People;
  readonly policy: IdentityPolicy;
  readonly links: StoredLinks;
};

/**
 * Who this person is and what they hold in this instance. With `fresh`, the person, the Connect user, their profiles
 * and the profiles' permissions are read now, as a decision requires; otherwise short-lived caches are used. Throws
 * `ConnectReadError` when Connect does not answer, because nobody may act without an answer.
 */
export async function readAuthority(
  deps: AuthorityDeps,
  instanceClient: InstanceClient,
  person: SlackPerson,
  options: { fresh: boolean },
): Promise<Authority> {
  const identity = await readConnectUser(deps, instanceClient, person, options);
  if (identity.kind === 'unknown') return { person, identity, holdings: null };
  const user = await instanceClient.permissions.user(identity.userId, options);
  if (!user || foldCase(user.username) !== foldCase(identity.username)) {
    // Deleted or renamed since the list was read: the user with that id can now be a different person.
    return { person, identity: noMatch(instanceClient, person, identity.username), holdings: null };
  }
  const profiles = await readProfiles(instanceClient, user.securityProfileIds, options);
  const permissions = new Set(profiles.flatMap((profile) => profile.permissions));
  const createThrough = profiles
    .filter((profile) => profile.permissions.includes(USERS_CREATE))
    .map((profile) => profile.name);
  const { username } = user;
  return { person, identity, holdings: { username, permissions, profiles, createThrough } };
}

/** The rules with which the permission ceiling of one instance is compared. */
export async function readCeilingRules(instanceClient: InstanceClient): Promise<CeilingRules> {
  const snapshot = await instanceClient.directory.get();
  return {
    neverCount: instanceClient.config.neverCount,
    isWithin: snapshot.isWithinGroup,
    nameOfGroup: (id) => snapshot.hierarchyGroupById(id)?.path.join(' / ') ?? id,
  };
}

/** The security profiles that a request would grant, with everything that they allow and limit. */
export async function readRequestedProfiles(
  instanceClient: InstanceClient,
  profiles: readonly Named[],
  options: { fresh: boolean },
): Promise<RequestedProfile[]> {
  const distinct = new Map(profiles.map((profile) => [profile.id, profile]));
  return Promise.all(
    [...distinct.values()].map(async (profile) => ({
      ...(await instanceClient.permissions.profile(profile.id, options)),
      name: profile.name,
    })),
  );
}

async function readProfiles(
  instanceClient: InstanceClient,
  ids: readonly string[],
  options: { fresh: boolean },
): Promise<RequestedProfile[]> {
  const snapshot = await instanceClient.directory.get();
  const named = ids.map((id) => snapshot.securityProfileById(id) ?? { id, name: id });
  return readRequestedProfiles(instanceClient, named, options);
}

/** Which Connect user this person is, without what they hold. Throws `ConnectReadError`. */
export async function readConnectUser(
  deps: AuthorityDeps,
  instanceClient: InstanceClient,
  person: SlackPerson,
  options: { fresh: boolean },
): Promise<Identity> {
  const { alias } = instanceClient.config;
  const storedLink = deps.policy.ways.includes('link')
    ? await deps.links.of(person.id, alias)
    : null;
  const attempt = async (fresh: boolean): Promise<Identity> => {
    const snapshot = await instanceClient.directory.get({ fresh });
    return identify(person, deps.policy, {
      instance: alias,
      storedLink,
      usersNamed: (username) => snapshot.usersNamed(username),
    });
  };
  const identity = await attempt(false);
  const mayBeNew = identity.kind === 'unknown' && identity.problem.code === 'identity.no-match';
  return options.fresh && mayBeNew ? attempt(true) : identity;
}

function noMatch(instanceClient: InstanceClient, person: SlackPerson, username: string): Identity {
  const params = {
    instance: instanceClient.config.alias,
    tried: `the user “${username}” is not there anymore`,
    person: person.id,
  };
  return { kind: 'unknown', problem: problem('identity.no-match', params) };
}
