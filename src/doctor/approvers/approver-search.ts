/** Searches for people who can approve: who holds Users – Create, and which of them are in Slack. */

import { whyNotActive } from '../../auth/active-person.ts';
import type { AuthorityDeps } from '../../auth/authority.ts';
import { USERS_CREATE } from '../../auth/holdings.ts';
import { readSlackPeopleOf } from '../../auth/same-person.ts';
import type { ExistingUser } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { rulesOf } from '../../policy/read-rules.ts';
import type { Approval, Rule, Stage } from '../../policy/rule.ts';

/** Members of a user group in Slack; rejects when Slack refuses to list them. */
export type ListGroup = (usergroup: string) => Promise<readonly string[]>;

export type ApproverDeps = AuthorityDeps & {
  readonly listGroup: ListGroup;
  /** Whether links that admins confirmed could be read. */
  readonly linksAreKnown: boolean;
};

type Holders = {
  readonly users: readonly ExistingUser[];
  /** Names of the security profiles that include it, of those that were read. */
  readonly profiles: readonly string[];
  /** When false, there can be more. */
  readonly isWhole: boolean;
};

/** A person who can approve, as far as this is known without a request. */
export type PossibleApprovers = { readonly ids: readonly string[]; readonly isWhole: boolean };

export type ApproverSearch = {
  holders(): Promise<Holders>;
  /** Active people in Slack who hold Users – Create, up to this number. */
  inSlack(most: number): Promise<PossibleApprovers>;
};

/** How long profiles are read when there are many; the most likely ones are read first. */
const profilesWithinMs = 8_000;
/** How many profiles are read at the same time, because AWS limits the rate of reads. */
const mostTogether = 4;
/** The most people of a stage, or holders, who are checked individually. */
export const mostLookedAt = 25;

/** How many approvers the instance's rules require when they name nobody; this number is searched for. */
export function approversWanted(instance: Parameters<typeof rulesOf>[0]): number {
  const wanted = approvalsIn(instance).map(({ rule, approval }) =>
    approval.stages.some(isOpen) ? peopleWanted(rule, approval) : 1,
  );
  return Math.max(1, ...wanted);
}

/** One more is searched for when the requester may be among them, because the requester does not count. */
export function peopleWanted({ requesters }: Rule, { stages, allowOwn }: Approval): number {
  const isOneOfThem = !allowOwn && !requesters.anyone && !requesters.creators;
  return stages.reduce((sum, stage) => sum + stage.count, isOneOfThem ? 1 : 0);
}

/**
 * Searches for users who hold Users – Create, and which of them are in Slack. Security profiles are read in small
 * groups until there are enough, because AWS allows two reads per second.
 *
 * @param deps null when Slack is not available
 */
export function createSearch(
  instanceClient: InstanceClient,
  deps: ApproverDeps | null,
): ApproverSearch {
  const { gateway, config } = instanceClient;
  const inSlack = deps && createSlackSearch(instanceClient, deps);
  const wanted = approversWanted(config);
  async function isEnough(holders: Holders): Promise<boolean> {
    if (holders.users.length < wanted) return false;
    return !inSlack || (await inSlack(holders, wanted)).ids.length >= wanted;
  }
  const holders = readHolders(gateway, isEnough);
  return {
    holders: () => holders,
    inSlack: async (most) => inSlack?.(await holders, most) ?? { ids: [], isWhole: false },
  };
}

async function readHolders(
  gateway: InstanceClient['gateway'],
  isEnough: (holders: Holders) => Promise<boolean>,
): Promise<Holders> {
  const until = Date.now() + profilesWithinMs;
  const waiting = likelyFirst(await gateway.securityProfiles());
  const profiles: string[] = [];
  const users = new Map<string, ExistingUser>();
  for (let read = 0, together = 1; ; together = Math.min(mostTogether, together * 2)) {
    const isWhole = read >= waiting.length;
    const found: Holders = { users: [...users.values()], profiles, isWhole };
    if (isWhole || Date.now() > until || (await isEnough(found))) return found;
    const some = waiting.slice(read, read + together);
    read += some.length;
    await Promise.all(
      some.map(async ({ id, name }) => {
        if (!(await gateway.permissionsOf(id)).includes(USERS_CREATE)) return;
        profiles.push(name);
        for (const user of await gateway.usersWithProfile(id)) users.set(user.id, user);
      }),
    );
  }
}

/** Profiles sorted by how likely it is from their names that they include Users – Create. */
export function likelyFirst<Profile extends { readonly name: string }>(
  profiles: readonly Profile[],
): Profile[] {
  const rank = ({ name }: Profile) => (/admin/i.test(name) ? 0 : /manage/i.test(name) ? 1 : 2);
  return profiles.toSorted((left, right) => rank(left) - rank(right));
}

/** Active people in Slack who hold Users – Create, until there are enough; each is searched for once. */
function createSlackSearch(
  instanceClient: InstanceClient,
  deps: ApproverDeps,
): (holders: Holders, wanted: number) => Promise<PossibleApprovers> {
  const searches = new Map<string, Promise<string | undefined>>();
  async function search(holder: ExistingUser): Promise<string | undefined> {
    const { id: userId, username } = holder;
    const people = await readSlackPeopleOf(deps, instanceClient, { userId, username });
    return people.find((person) => !whyNotActive(person, deps.people.home.name))?.id;
  }
  return async ({ users, isWhole }, wanted) => {
    const ids = new Set<string>();
    let looked = 0;
    for (const holder of users.slice(0, mostLookedAt)) {
      if (ids.size >= wanted) break;
      looked += 1;
      const searching = searches.get(holder.id) ?? search(holder);
      searches.set(holder.id, searching);
      const found = await searching;
      if (found !== undefined) ids.add(found);
    }
    return { ids: [...ids], isWhole: isWhole && looked === users.length };
  };
}

export function isOpen({ people, usergroups }: Stage): boolean {
  return people.length === 0 && usergroups.length === 0;
}

export function approvalsIn(instance: Parameters<typeof rulesOf>[0]) {
  return rulesOf(instance).flatMap((rule) =>
    rule.outcome.kind === 'ask' ? [{ rule, approval: rule.outcome.approval }] : [],
  );
}
