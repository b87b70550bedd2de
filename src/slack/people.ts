/** People and user groups as Slack reports them now, cached for a short time. */
import type { WebClient } from '@slack/web-api';
import { setNewest } from '../bounded-map.ts';
import { createFreshReads } from '../pacing/fresh-reads.ts';
import { storableText } from '../text/storable.ts';
import { retryOnRateLimit } from './retry-on-rate-limit.ts';
import { slackErrorCode, slackFailureOf } from './slack-failure.ts';
import type { SlackPerson } from './slack-person.ts';

/** How old an answer may be when no decision depends on it. A decision reads again. */
const maxAgeMs = 60_000;
/** Longest wait when Slack limits the rate. A job that fails is retried, which calls Slack even more often. */
const longestWaitMs = 10_000;
/**
 * Pages of a thousand people per channel: larger channels are for announcements to everybody, and are no requests
 * channels.
 */
const mostMemberPages = 20;
/**
 * One person may cause at most a third of the hundred users.info calls per minute, however often they press or type.
 * Twenty at once are more than anybody presses in a few seconds.
 */
const personBudget = { burst: 20, everyMs: 2_000 };
/**
 * The same for the member list of a channel, which a person who is not a member could otherwise make the bot read
 * repeatedly.
 */
const channelBudget = { burst: 5, everyMs: 5_000 };
/** People remembered at most; the oldest is forgotten first. */
const maxPeople = 2_000;

export type HomeTeam = {
  readonly teamId: string;
  readonly enterpriseId?: string;
  readonly name: string;
  /** The bot's own user id. */
  readonly botUserId: string;
  readonly botId?: string;
  /** Address of the workspace; ends in `/`. */
  readonly url: string;
};

export type People = {
  readonly home: HomeTeam;
  /** Null when Slack has no person with this id. */
  person(id: string, options?: { fresh?: boolean }): Promise<SlackPerson | null>;
  /** The cached person, if the data is recent enough. */
  peek(id: string): SlackPerson | undefined;
  /**
   * The user groups among these of which the person is a member. `since`: from lists that were read at that time or
   * later.
   */
  usergroupsOf(
    id: string,
    usergroups: readonly string[],
    options?: { readonly since?: Date },
  ): Promise<string[]>;
  peekUsergroupsOf(id: string, usergroups: readonly string[]): string[] | undefined;
  /** The user groups among these that Slack refused to list at the last read. */
  unlisted(usergroups: readonly string[]): string[];
  /** The members of a user group; empty when Slack refuses to list them. */
  membersOfGroup(usergroup: string): Promise<readonly string[]>;
  /** People in a channel, at most a page of them. */
  membersOf(channel: string): Promise<string[]>;
  /**
   * Whether the person is in this channel, or was within the last minute; false for a channel that the bot cannot
   * see.
   */
  isMember(channel: string, id: string): Promise<boolean>;
  /** The name of an active person with exactly this email address, or null. */
  whoHasAddress(address: string): Promise<{ id: string; name: string } | null>;
};

type Cached<Value> = { readonly value: Value; readonly at: number };

/** `auth.test`: the user and the workspace of this token. */
export async function readHomeTeam(client: WebClient): Promise<HomeTeam> {
  const answer = await client.auth.test();
  if (!answer.team_id || !answer.user_id) throw new Error('auth.test named no team or user');
  return {
    teamId: answer.team_id,
    ...(answer.enterprise_id ? { enterpriseId: answer.enterprise_id } : {}),
    name: answer.team ?? answer.team_id,
    botUserId: answer.user_id,
    ...(answer.bot_id ? { botId: answer.bot_id } : {}),
    url: answer.url ?? 'https://slack.com/',
  };
}

export function createPeople(client: WebClient, home: HomeTeam, now: () => number): People {
  const people = new Map<string, Cached<SlackPerson>>();
  const members = new Map<string, Cached<ReadonlySet<string>>>();
  const inChannels = new Map<string, Cached<ReadonlySet<string>>>();
  const groupReadings = new Map<string, Cached<Promise<ReadonlySet<string>>>>();
  const unlisted = new Set<string>();

  const fresh = <Value>(cached: Cached<Value> | undefined): Value | undefined =>
    cached && now() - cached.at < maxAgeMs ? cached.value : undefined;

  async function person(
    id: string,
    options: { fresh?: boolean } = {},
  ): Promise<SlackPerson | null> {
    const known = options.fresh ? undefined : fresh(people.get(id));
    return known ?? readPerson(id);
  }

  const readPerson = createFreshReads(async (id): Promise<SlackPerson | null> => {
    try {
      const answer = await retryOnRateLimit(() => client.users.info({ user: id }), {
        longestWaitMs,
      });
      if (!answer.user) return null;
      const value = describe(answer.user, home);
      setNewest(people, id, { value, at: now() }, maxPeople);
      return value;
    } catch (error) {
      if (['user_not_found', 'user_not_visible'].includes(slackErrorCode(error) ?? '')) return null;
      throw error;
    }
  }, personBudget);

  /**
   * A group that Slack refuses to list counts as empty: one wrong id, or a plan without user groups, must not prevent
   * everybody's requests. The start warns of it (conversations/check-usergroups.ts), and a rule that excludes the
   * members of such a group refuses everybody then (policy/match.ts).
   */
  async function listMembers(usergroup: string): Promise<string[]> {
    try {
      const answer = await retryOnRateLimit(() => client.usergroups.users.list({ usergroup }), {
        longestWaitMs,
      });
      unlisted.delete(usergroup);
      return Array.isArray(answer.users) ? answer.users : [];
    } catch (error) {
      if (slackFailureOf(error)?.kind !== 'refused') throw error;
      unlisted.add(usergroup);
      return [];
    }
  }

  async function membersOfGroup(usergroup: string, since?: Date): Promise<ReadonlySet<string>> {
    const cached = members.get(usergroup);
    const known = fresh(cached);
    if (known && cached && cached.at >= (since?.getTime() ?? 0)) return known;
    // Simultaneous callers share one reading, if it began late enough.
    const reading = groupReadings.get(usergroup);
    if (reading && reading.at >= (since?.getTime() ?? 0)) return reading.value;
    const at = now();
    const value = listMembers(usergroup).then((ids) => new Set(ids));
    const entry = { value, at };
    groupReadings.set(usergroup, entry);
    try {
      members.set(usergroup, { value: await value, at });
      return await value;
    } finally {
      if (groupReadings.get(usergroup) === entry) groupReadings.delete(usergroup);
    }
  }

  async function listChannel(channel: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    let cursor: string | undefined;
    for (let page = 0; page < mostMemberPages; page += 1) {
      try {
        const asked = { channel, limit: 1_000, ...(cursor ? { cursor } : {}) };
        const answer = await retryOnRateLimit(() => client.conversations.members(asked), {
          longestWaitMs,
        });
        for (const id of Array.isArray(answer.members) ? answer.members : []) found.add(id);
        cursor = answer.response_metadata?.next_cursor;
      } catch (error) {
        if (slackFailureOf(error)?.kind !== 'refused') throw error;
        return found;
      }
      if (!cursor) return found;
    }
    return found;
  }
  const readChannel = createFreshReads(listChannel, channelBudget);

  return {
    home,
    person,
    peek: (id) => fresh(people.get(id)),
    async usergroupsOf(id, usergroups, { since } = {}) {
      const lists = await Promise.all(usergroups.map((group) => membersOfGroup(group, since)));
      return usergroups.filter((_, index) => lists[index]?.has(id));
    },
    peekUsergroupsOf(id, usergroups) {
      const lists = usergroups.map((usergroup) => fresh(members.get(usergroup)));
      if (lists.some((list) => list === undefined)) return undefined;
      return usergroups.filter((_, index) => lists[index]?.has(id));
    },
    unlisted: (usergroups) => usergroups.filter((usergroup) => unlisted.has(usergroup)),
    membersOfGroup: async (usergroup) => [...(await membersOfGroup(usergroup))],
    async membersOf(channel) {
      const answer = await client.conversations.members({ channel, limit: 200 });
      return Array.isArray(answer.members) ? answer.members : [];
    },
    async isMember(channel, id) {
      const known = fresh(inChannels.get(channel));
      if (known?.has(id)) return true;
      const at = now();
      const value = await readChannel(channel);
      inChannels.set(channel, { value, at });
      return value.has(id);
    },
    async whoHasAddress(email) {
      try {
        const answer = await client.users.lookupByEmail({ email });
        if (!answer.user?.id || answer.user.deleted) return null;
        return { id: answer.user.id, name: describe(answer.user, home).name };
      } catch (error) {
        if (slackErrorCode(error) === 'users_not_found') return null;
        throw error;
      }
    },
  };
}

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

/** A member of an answer that is not text counts as missing. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Time zones by their main names; others, such as `Asia/Kolkata` in some versions, are detected by using them. */
const mainTimeZones: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'));

/** Whether the runtime supports this time zone, because Slack has some that no other system has. */
function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string' || name === '') return false;
  // Creating a format takes a millisecond, and everybody in the workspace is read.
  if (mainTimeZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function describe(user: SlackUser, home: HomeTeam): SlackPerson {
  const email = textOf(user.profile?.email);
  const sameTeam = user.team_id === home.teamId;
  const sameEnterprise =
    home.enterpriseId !== undefined && user.enterprise_user?.enterprise_id === home.enterpriseId;
  const firstName = storableText(textOf(user.profile?.first_name)).trim();
  const lastName = storableText(textOf(user.profile?.last_name)).trim();
  return {
    id: textOf(user.id),
    ...(firstName ? { firstName } : {}),
    ...(lastName ? { lastName } : {}),
    name: storableText(
      textOf(user.profile?.real_name) ||
        textOf(user.real_name) ||
        textOf(user.name) ||
        textOf(user.id),
    ),
    ...(email ? { email } : {}),
    ...(isTimeZone(user.tz) ? { timeZone: user.tz } : {}),
    deleted: user.deleted ?? false,
    bot: (user.is_bot ?? false) || user.id === 'USLACKBOT',
    guest: (user.is_restricted ?? false) || (user.is_ultra_restricted ?? false),
    // Slack marks people from other workspaces, but only the team id is always present.
    stranger: (user.is_stranger ?? false) || !(sameTeam || sameEnterprise),
  };
}
