/**
 * The anomalies of a request in comparison with the instance's existing users: the first thing that approvers read.
 * Pure.
 */
import type { Colleague } from '../../connect/directory.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { count } from '../../text/durations.ts';
import { listed } from '../../text/lists.ts';
import { fullName } from '../../users/full-name.ts';
import { lookalikes } from '../../users/lookalikes.ts';
import type { NewUser } from '../../users/new-user.ts';

/** The data with which a request is compared. */
export type Baseline = {
  /** The instance's users; null while they are not known. */
  readonly colleagues: readonly Colleague[] | null;
  /** Domains of the company's email addresses; empty while they are not known. */
  readonly domains: ReadonlySet<string>;
  /** Users in the largest of the requester's recent requests that were created; null where there is none. */
  readonly largest: number | null;
  readonly requesterName: string;
  /** Profiles with more permissions than the profile Agent, and how many more. */
  readonly aboveAgent: readonly { readonly name: string; readonly more: number }[];
  /** The profiles among the risky ones that this bot has not granted for a while. */
  readonly firsts: readonly string[];
  /** The time that this covers, such as "this year". */
  readonly within: string;
};

export type AnomalySearch = {
  /** Adds a page of requested users. */
  add(users: readonly NewUser[]): void;
  /** All anomalies, most important first; at the end, how common the access is. */
  notices(): Problem[];
};

/** With fewer users in a group or on a routing profile, their access is not meaningful. */
const fewestCompared = 3;
/** Fewer users than this are never an unusual number. */
const fewestThatAreMany = 10;
/** Names and usernames of one kind that are listed; the rest is a number. */
const namesShown = 3;

export function findAnomalies(baseline: Baseline): AnomalySearch {
  const { colleagues } = baseline;
  const access = accessOf(colleagues ?? []);
  const foreign = new Map<string, number>();
  const newToGroup = new Map<string, Problem>();
  const alike: { readonly username: string; readonly other: string }[] = [];
  let users = 0;
  let likeMost = 0;
  let compared = 0;
  let only: NewUser | undefined;
  return {
    add(page) {
      for (const user of page) {
        users += 1;
        only = users === 1 ? user : undefined;
        const domain = user.email?.split('@').at(-1)?.toLowerCase();
        if (domain && baseline.domains.size > 0 && !baseline.domains.has(domain)) {
          foreign.set(domain, (foreign.get(domain) ?? 0) + 1);
        }
        for (const { key, notice } of access.newToGroup(user)) newToGroup.set(key, notice);
        const common = access.mostCommon(user.routingProfile.id);
        if (common === null) continue;
        compared += 1;
        if (common === accessKey(user.securityProfiles.map(({ id }) => id))) likeMost += 1;
      }
      for (const { added, existing } of lookalikes(page, colleagues ?? [])) {
        const called = fullName(existing);
        const existingUser = `“${existing.username}”${called === existing.username ? '' : ` (${called})`}`;
        alike.push({ username: added.username, other: existingUser });
      }
    },
    notices: () => [
      ...baseline.aboveAgent.map(({ name, more }) => problem('notice.above-agent', { name, more })),
      ...firstsNotice(baseline),
      ...few([...newToGroup.values()]),
      ...foreignNotice(foreign, users),
      ...few(alike.map((names) => problem('notice.username-alike', names))),
      ...manyNotice(users, baseline),
      // If a profile is new to the group or to everybody, nobody has this combination either.
      ...(only ? access.sameAccess(only, baseline.firsts.length + newToGroup.size > 0) : []),
      ...(users > 1 && compared > 0
        ? [
            problem('notice.usual-access', {
              usual: likeMost === 0 ? 'None' : likeMost,
              all: users,
            }),
          ]
        : []),
    ],
  };
}

/** All of them in one line, because a card is read on a phone. */
function firstsNotice({ firsts, within }: Baseline): Problem[] {
  if (firsts.length === 0) return [];
  const others = firsts.length - namesShown;
  const shown = [
    ...firsts.slice(0, namesShown),
    ...(others > 0 ? [others === 1 ? '1 other' : `${others} others`] : []),
  ];
  return [problem('notice.first-of-profile', { name: listed(shown), within })];
}

function few(notices: readonly Problem[]): Problem[] {
  const rest = notices.length - namesShown;
  if (rest <= 0) return [...notices];
  return [...notices.slice(0, namesShown), problem('notice.more-alike', { rest })];
}

function foreignNotice(foreign: ReadonlyMap<string, number>, users: number): Problem[] {
  const count = [...foreign.values()].reduce((sum, users) => sum + users, 0);
  if (count === 0) return [];
  const names = [...foreign.keys()];
  const others = names.length - namesShown;
  const shown = listed([
    ...names.slice(0, namesShown),
    ...(others > 0 ? [`${others} other domains`] : []),
  ]);
  return users === 1
    ? [problem('notice.foreign-address', { shown })]
    : [problem('notice.foreign-addresses', { count, users, shown })];
}

function manyNotice(users: number, { largest, requesterName: name }: Baseline): Problem[] {
  if (users < fewestThatAreMany) return [];
  if (largest === null) return [problem('notice.first-request', { name, users })];
  return users > 2 * largest
    ? [problem('notice.many-users', { name, largest: count(largest, 'user') })]
    : [];
}

/** The access of an instance's users, by routing profile and by hierarchy group. */
function accessOf(colleagues: readonly Colleague[]) {
  const byRouting = new Map<string, Map<string, number>>();
  const byGroup = new Map<string, { users: number; readonly profiles: Set<string> }>();
  for (const { routingProfileId, hierarchyGroupId, securityProfileIds } of colleagues) {
    if (routingProfileId) {
      const counts = byRouting.get(routingProfileId) ?? new Map<string, number>();
      if (counts.size === 0) byRouting.set(routingProfileId, counts);
      const key = accessKey(securityProfileIds);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (hierarchyGroupId) {
      const group = byGroup.get(hierarchyGroupId) ?? { users: 0, profiles: new Set<string>() };
      byGroup.set(hierarchyGroupId, group);
      group.users += 1;
      for (const id of securityProfileIds) group.profiles.add(id);
    }
  }
  const mostCommon = new Map<string, string>();
  for (const [id, counts] of byRouting) {
    const [most] = [...counts].sort(([, left], [, right]) => right - left);
    const all = [...counts.values()].reduce((sum, users) => sum + users, 0);
    if (most && all >= fewestCompared) mostCommon.set(id, most[0]);
  }
  return {
    /** The most common access of the users on this routing profile; null when it has too few users. */
    mostCommon: (routingProfileId: string) => mostCommon.get(routingProfileId) ?? null,
    /** Profiles that nobody in the user's group has. */
    newToGroup({ hierarchyGroup, securityProfiles }: NewUser) {
      const group = hierarchyGroup && byGroup.get(hierarchyGroup.id);
      if (!group || group.users < fewestCompared) return [];
      return securityProfiles
        .filter(({ id }) => !group.profiles.has(id))
        .map(({ id, name }) => ({
          key: `${hierarchyGroup.id} ${id}`,
          notice: problem('notice.new-to-group', {
            group: hierarchyGroup.path.join(' / '),
            name,
            users: group.users,
          }),
        }));
    },
    /** How many users on the same routing profile have the same security profiles. */
    sameAccess({ routingProfile, securityProfiles }: NewUser, isToldNew: boolean): Problem[] {
      const counts = byRouting.get(routingProfile.id);
      if (!counts) return [];
      const all = [...counts.values()].reduce((sum, users) => sum + users, 0);
      if (all < fewestCompared) return [];
      const same = counts.get(accessKey(securityProfiles.map(({ id }) => id))) ?? 0;
      const { name } = routingProfile;
      if (same > 0) return [problem('notice.same-access', { same, all, name })];
      return isToldNew ? [] : [problem('notice.other-access', { all, name })];
    },
  };
}

function accessKey(profileIds: readonly string[]): string {
  return profileIds.toSorted().join(' ');
}
