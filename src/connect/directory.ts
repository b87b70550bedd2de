/** What an instance offers by name, read by lists, kept, and renewed in the background. */

import { createSearch } from '../text/option-search.ts';
import type { DirectoryView } from '../users/context.ts';
import { createUsernames, type DirectoryLists } from '../users/directory-view.ts';
import { createGroupIndex } from '../users/hierarchy.ts';
import { createNameIndex, groupBy } from '../users/name-index.ts';
import type { HierarchyGroup, Named } from '../users/new-user.ts';
import type { ConnectGateway, InstanceFacts, UserSummary } from './gateway.ts';

/** The directory as it was at one moment; only usernames created since through us are added to it. */
export type DirectorySnapshot = DirectoryView & {
  readonly facts: InstanceFacts;
  /** When reading it began. */
  readonly readAt: Date;
  routingProfileById(id: string): Named | undefined;
  securityProfileById(id: string): Named | undefined;
  hierarchyGroupById(id: string): HierarchyGroup | undefined;
  /** All of it as plain lists, for another thread. */
  lists(): DirectoryLists;
  /** Whether a hierarchy group is another, or is below it. */
  isWithinGroup(groupId: string, otherId: string): boolean;
  /** Users in the instance when it was read; its quota counts them. */
  readonly userCount: number;
  /** Users whose username is this one, ignoring case. */
  usersNamed(username: string): readonly UserSummary[];
  /** For external selects: the best `limit` matches, all in the alphabet's order when `text` is empty. */
  searchRoutingProfiles(text: string, limit: number): Named[];
  searchSecurityProfiles(text: string, limit: number): Named[];
  /** Matches anywhere in the path. */
  searchHierarchyGroups(text: string, limit: number): HierarchyGroup[];
};

export type Directory = {
  /** What is known, however old, without waiting; undefined before the first read has ended. */
  peek(): DirectorySnapshot | undefined;
  /**
   * A snapshot. One that is too old is still given at once, and renewed in the background; `fresh` waits
   * for one whose reading begins now. However many ask, one reading runs. Throws `ConnectReadError`.
   */
  get(options?: { readonly fresh?: boolean }): Promise<DirectorySnapshot>;
  /** Tells of a user that was created just now, whom lists may not show yet. */
  noteCreated(username: string): void;
};

export type DirectoryDeps = {
  readonly now: () => Date;
  /** Older than this, a snapshot is renewed in the background when somebody asks. */
  readonly maxAgeMs?: number;
  /** Older than this, a snapshot is not given any more unless a new one was read. */
  readonly uselessAfterMs?: number;
  /** Hears why a reading in the background failed; nobody else waits for it. */
  readonly onStale?: (error: unknown) => void;
};

const standardMaxAgeMs = 60_000;
const standardUselessAfterMs = 15 * 60_000;
/** A guess: how long Connect's lists may miss a user that exists. */
const listLagMs = 60_000;

/** The cache of one instance's directory. Reading 5,000 users and 500 groups costs 13 calls. */
export function createDirectory(
  gateway: Pick<
    ConnectGateway,
    'instance' | 'routingProfiles' | 'securityProfiles' | 'hierarchyGroups' | 'users'
  >,
  deps: DirectoryDeps,
): Directory {
  const { now, maxAgeMs = standardMaxAgeMs, uselessAfterMs = standardUselessAfterMs } = deps;
  const created = new Map<string, Date>();
  let latest: DirectorySnapshot | undefined;
  let running: Promise<DirectorySnapshot> | undefined;
  let next: Promise<DirectorySnapshot> | undefined;

  const read = (): Promise<DirectorySnapshot> => {
    const startedAt = now();
    const reading = readDirectory(gateway, startedAt, created).then((snapshot) => {
      latest = snapshot;
      forgetListed(created, startedAt);
      return snapshot;
    });
    const over = () => {
      running = undefined;
    };
    running = reading;
    reading.then(over, over);
    return reading;
  };

  /** A reading under way may have passed the very list that has changed, so it is not fresh enough. */
  const readAfter = (current: Promise<unknown>): Promise<DirectorySnapshot> => {
    const begin = () => {
      next = undefined;
      return read();
    };
    next ??= current.then(begin, begin);
    return next;
  };

  const ageOf = (snapshot: DirectorySnapshot) => now().getTime() - snapshot.readAt.getTime();

  return {
    peek: () => latest,
    get: (options = {}) => {
      if (options.fresh) return running ? readAfter(running) : read();
      if (!latest || ageOf(latest) > uselessAfterMs) return running ?? read();
      if (ageOf(latest) > maxAgeMs && !running) {
        read().catch((error: unknown) => deps.onStale?.(error));
      }
      return Promise.resolve(latest);
    },
    noteCreated: (username) => created.set(username, now()),
  };
}

function forgetListed(created: Map<string, Date>, listedAt: Date): void {
  for (const [username, at] of created) {
    if (listedAt.getTime() - at.getTime() > listLagMs) created.delete(username);
  }
}

async function readDirectory(
  gateway: Parameters<typeof createDirectory>[0],
  readAt: Date,
  created: ReadonlyMap<string, Date>,
): Promise<DirectorySnapshot> {
  const [facts, routingProfiles, securityProfiles, groups, users] = await Promise.all([
    gateway.instance(),
    gateway.routingProfiles(),
    gateway.securityProfiles(),
    gateway.hierarchyGroups(),
    gateway.users(),
  ]);
  const usersByName = groupBy(users, (user) => user.username.toLowerCase());
  const usersNamed = (username: string) => usersByName.get(username.toLowerCase()) ?? [];
  const listed = createUsernames(users.map(({ username }) => username));
  const routing = createNameIndex(routingProfiles, (it) => it.name);
  const security = createNameIndex(securityProfiles, (it) => it.name);
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
          createUsernames(created.keys()).similarUsername(username)),
    userCount: users.length,
    searchRoutingProfiles: createSearch(routingProfiles, (it) => it.name),
    searchSecurityProfiles: createSearch(securityProfiles, (it) => it.name),
    searchHierarchyGroups: createSearch(groups, (it) => it.path.join(' / ')),
  };
}
