/** The profiles, groups and usernames of an instance, read from its lists, cached, and renewed in the background. */

import { withTimeout } from '../operations/with-timeout.ts';
import { createSearch } from '../text/option-search.ts';
import type { DirectoryView } from '../users/context.ts';
import { createUsernames, type DirectoryLists } from '../users/directory-view.ts';
import { createGroupIndex } from '../users/hierarchy.ts';
import { createNameIndex, groupBy } from '../users/name-index.ts';
import type { HierarchyGroup, Named } from '../users/new-user.ts';
import { createCachedRead, type Kept } from './cached-read.ts';
import {
  type ConnectGateway,
  ConnectReadError,
  type ExistingUser,
  type InstanceFacts,
  type UserSummary,
} from './gateway.ts';

/**
 * The directory at the time when its lists were read; only usernames that the bot has created since then are added.
 */
export type DirectorySnapshot = DirectoryView & {
  readonly facts: InstanceFacts;
  /** When reading the profiles and groups began. */
  readonly readAt: Date;
  routingProfileById(id: string): Named | undefined;
  securityProfileById(id: string): Named | undefined;
  hierarchyGroupById(id: string): HierarchyGroup | undefined;
  /** All of it as plain lists, for another thread. */
  lists(): DirectoryLists;
  /** Whether a hierarchy group is the same as the other, or is below it. */
  isWithinGroup(groupId: string, otherId: string): boolean;
  /** Name → values of the attributes for proficiencies; absent when the bot may not read them. */
  readonly predefinedAttributes?: ReadonlyMap<string, readonly string[]>;
  /** The number of users in the instance, including those created since the read, for comparison with its quota. */
  readonly userCount: number;
  /** Users whose username is this one, ignoring case. */
  usersNamed(username: string): readonly UserSummary[];
  /** For external selects: the best `limit` matches; all in alphabetical order when `text` is empty. */
  searchRoutingProfiles(text: string, limit: number): Named[];
  searchSecurityProfiles(text: string, limit: number): Named[];
  /** Matches anywhere in the path. */
  searchHierarchyGroups(text: string, limit: number): HierarchyGroup[];
};

/** An existing user in the form that a new one is compared with: name and access. */
export type Colleague = Pick<
  ExistingUser,
  | 'id'
  | 'username'
  | 'firstName'
  | 'lastName'
  | 'securityProfileIds'
  | 'routingProfileId'
  | 'hierarchyGroupId'
>;

export type Directory = {
  /** The cached snapshot of any age, without waiting; undefined before the first read has ended. */
  peek(): DirectorySnapshot | undefined;
  /** A snapshot. Simultaneous callers share one reading of each kind. Throws `ConnectReadError`. */
  get(options?: DirectoryFreshness): Promise<DirectorySnapshot>;
  /**
   * All users with their access, up to an hour old, for comparison with new ones; null when Connect does not answer
   * within that time. No decision depends on them.
   */
  colleagues(options: { readonly withinMs: number }): Promise<readonly Colleague[] | null>;
  /** Adds a user that was just created, because lists may not show the user yet. */
  noteCreated(username: string): void;
};

/**
 * How old a snapshot may be. Without options, an old one is returned immediately and renewed in the background.
 * `fresh`: its reading begins now. `since`: its reading began at that time or later.
 */
export type DirectoryFreshness = {
  readonly fresh?: boolean;
  readonly since?: Date;
  /**
   * `as-known`: only profiles and groups have to be that recent. An instance has a few hundred of those and up to
   * many thousand users; a caller that needs one user reads that user.
   */
  readonly users?: 'as-known';
};

export type DirectoryDeps = {
  readonly now: () => Date;
  /** An older snapshot is renewed in the background at the next call. */
  readonly maxAgeMs?: number;
  /** A snapshot older than this is not returned before a new one is read. */
  readonly uselessAfterMs?: number;
  /** Called with the reason when a reading in the background failed, for which no caller waits. */
  readonly onStale?: (error: unknown) => void;
};

const standardMaxAgeMs = 60_000;
const standardUselessAfterMs = 15 * 60_000;
/** The users for comparisons may be older, because no decision depends on them. */
const colleaguesMaxAgeMs = 10 * 60_000;
const colleaguesUselessAfterMs = 60 * 60_000;
/** A guess: how long Connect's lists may omit an existing user. */
const listLagMs = 60_000;

/** The cache of one instance's directory. Reading 5,000 users and 500 groups costs 14 calls. */
export function createDirectory(
  gateway: Pick<
    ConnectGateway,
    | 'instance'
    | 'routingProfiles'
    | 'securityProfiles'
    | 'hierarchyGroups'
    | 'users'
    | 'predefinedAttributes'
    | 'searchUsers'
  >,
  deps: DirectoryDeps,
): Directory {
  const { now, maxAgeMs = standardMaxAgeMs, uselessAfterMs = standardUselessAfterMs } = deps;
  const onStale = (error: unknown) => deps.onStale?.(error);
  const created = new Map<string, Date>();
  const kept = { now, maxAgeMs, uselessAfterMs, onStale };
  const offers = createCachedRead(() => readOffered(gateway), kept);
  const users = createCachedRead(async (startedAt) => {
    const all = await gateway.users();
    forgetListed(created, startedAt);
    return indexed(all);
  }, kept);
  const colleagues = createCachedRead(async () => (await gateway.searchUsers()).map(colleagueOf), {
    ...kept,
    maxAgeMs: colleaguesMaxAgeMs,
    uselessAfterMs: colleaguesUselessAfterMs,
  });
  let latest: { readonly of: readonly unknown[]; readonly snapshot: DirectorySnapshot } | undefined;

  /** The same two readings give the same snapshot, so its indexes are built once. */
  function snapshotOf(offered: Kept<Offered>, listed: Kept<ListedUsers>): DirectorySnapshot {
    const of = [offered, listed] as const;
    if (latest?.of.every((part, at) => part === of[at])) return latest.snapshot;
    latest = { of, snapshot: createSnapshot(offered, listed.value, created) };
    return latest.snapshot;
  }

  return {
    peek() {
      const [offered, listed] = [offers.peek(), users.peek()];
      return offered && listed && snapshotOf(offered, listed);
    },
    async get(options = {}) {
      const freshness = options.fresh ? 'now' : (options.since ?? 'kept');
      const [offered, listed] = await Promise.all([
        offers.get(freshness),
        users.get(options.users === 'as-known' ? 'kept' : freshness),
      ]);
      return snapshotOf(offered, listed);
    },
    async colleagues({ withinMs }) {
      const reading = colleagues.get('kept').catch((error: unknown) => {
        if (!(error instanceof ConnectReadError)) throw error;
        return undefined;
      });
      return (await withTimeout(reading, withinMs))?.value ?? null;
    },
    noteCreated: (username) => created.set(username, now()),
  };
}

function forgetListed(created: Map<string, Date>, listedAt: Date): void {
  for (const [username, at] of created) {
    if (listedAt.getTime() - at.getTime() > listLagMs) created.delete(username);
  }
}

type ListedUsers = ReturnType<typeof indexed>;

function indexed(all: readonly UserSummary[]) {
  const byName = groupBy(all, (user) => user.username.toLowerCase());
  return { all, byName, usernames: createUsernames(all.map(({ username }) => username)) };
}

type Offered = Awaited<ReturnType<typeof readOffered>>;

/** Everything but the users. */
async function readOffered(gateway: Parameters<typeof createDirectory>[0]) {
  const [facts, routingProfiles, securityProfiles, groups, attributes] = await Promise.all([
    gateway.instance(),
    gateway.routingProfiles(),
    gateway.securityProfiles(),
    gateway.hierarchyGroups(),
    // Few instances have any, and an older role of the bot may lack the permission to read them; then nobody can
    // choose them.
    gateway.predefinedAttributes().catch(unknownIfDenied),
  ]);
  return { facts, routingProfiles, securityProfiles, groups, attributes };
}

function createSnapshot(
  {
    value: { facts, routingProfiles, securityProfiles, groups, attributes },
    readAt,
  }: Kept<Offered>,
  { all: users, byName, usernames: listed }: ListedUsers,
  created: ReadonlyMap<string, Date>,
): DirectorySnapshot {
  const usersNamed = (username: string) => byName.get(username.toLowerCase()) ?? [];
  const routing = createNameIndex(routingProfiles, (profile) => profile.name);
  const security = createNameIndex(securityProfiles, (profile) => profile.name);
  const hierarchyGroups = groups.map(({ id, path }) => ({ id, path }));
  const hierarchy = createGroupIndex(hierarchyGroups);
  const pathIds = new Map(groups.map((group) => [group.id, new Set(group.pathIds)]));
  return {
    facts,
    readAt,
    routingProfiles: routing,
    securityProfiles: security,
    hierarchyGroups: hierarchy,
    routingProfileById: routing.byId,
    securityProfileById: security.byId,
    hierarchyGroupById: hierarchy.byId,
    lists: () => ({
      routingProfiles,
      securityProfiles,
      hierarchyGroups,
      usernames: [...users.map(({ username }) => username), ...created.keys()],
    }),
    isWithinGroup: (groupId, otherId) =>
      groupId === otherId || Boolean(pathIds.get(groupId)?.has(otherId)),
    usersNamed,
    hasUsername: (username) => listed.hasUsername(username) || created.has(username),
    similarUsername: (username) =>
      created.has(username)
        ? undefined
        : (listed.similarUsername(username) ??
          (created.size === 0
            ? undefined
            : createUsernames(created.keys()).similarUsername(username))),
    get userCount() {
      let count = users.length;
      for (const username of created.keys()) if (!listed.hasUsername(username)) count += 1;
      return count;
    },
    ...(attributes && { predefinedAttributes: attributes }),
    searchRoutingProfiles: createSearch(routingProfiles, (profile) => profile.name),
    searchSecurityProfiles: createSearch(securityProfiles, (profile) => profile.name),
    searchHierarchyGroups: createSearch(groups, (group) => group.path.join(' / ')),
  };
}

/** Without the members that are not compared, because an instance can have many thousand users. */
function colleagueOf({
  arn: _arn,
  tags: _tags,
  contact: _contact,
  ...user
}: ExistingUser): Colleague {
  return user;
}

function unknownIfDenied(error: unknown): undefined {
  if (error instanceof ConnectReadError && (error.kind === 'denied' || error.kind === 'invalid')) {
    return undefined;
  }
  throw error;
}
