/** The members of the workspace: people, the app's own bot user, and user groups. */
import type { ChangePerson, Person } from '../api/workspace.ts';
import {
  bot,
  people as cast,
  colleagues,
  organization,
  type SeedPerson,
  team,
  usergroups,
} from '../seed.ts';
import type { JsonObject } from './json.ts';

export type Member = Person & {
  tzOffset: number;
  updated: number;
  /** Whether they belong to an organization that contains the workspace. */
  inOrganization: boolean;
  /** False when they do not accept direct messages from the app. */
  takesMessages?: boolean;
};
export type UserGroup = { id: string; handle: string; name: string; members: string[] };

export type Roster = {
  get(id: string): Member | undefined;
  all(): Member[];
  byEmail(email: string): Member | undefined;
  usergroups(): UserGroup[];
  /** Applies a change by a workspace admin; returns `false` for an unknown id. */
  change(change: ChangePerson): boolean;
};

const colors = [
  '#4a5fc1',
  '#b4532a',
  '#2c7a4b',
  '#8b3a8f',
  '#a8322f',
  '#1f7a8c',
  '#7a6a1f',
  '#555d6e',
];

export function createRoster(options: {
  botName: string;
  now: () => Date;
  /** Whether the workspace is one of two in an organization. */
  organization: boolean;
}): Roster {
  const seconds = () => Math.floor(options.now().getTime() / 1000);
  const members = new Map<string, Member>(
    [...cast, ...(options.organization ? colleagues : [])].map((seed, at) => [
      seed.id,
      memberOf(seed, options.organization, colors[at % colors.length] ?? '#555', seconds()),
    ]),
  );
  members.set(bot.userId, {
    id: bot.userId,
    name: options.botName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_'),
    realName: options.botName,
    email: '',
    teamId: team.id,
    role: 'the app',
    guest: 'no',
    stranger: false,
    inOrganization: options.organization,
    deleted: false,
    isBot: true,
    color: '#3b3f46',
    tzOffset: 0,
    updated: seconds(),
  });
  const groups: UserGroup[] = usergroups.map((group) => ({
    ...group,
    members: [...group.members],
  }));

  return {
    get: (id) => members.get(id),
    all: () => [...members.values()],
    byEmail(email) {
      const wanted = email.toLowerCase();
      return [...members.values()].find(
        (person) => !person.isBot && person.email.toLowerCase() === wanted,
      );
    },
    usergroups: () => groups,
    change({ id, deleted, guest, email, takesMessages }) {
      const person = members.get(id);
      if (!person || person.isBot) return false;
      if (deleted !== undefined) person.deleted = deleted;
      if (guest !== undefined) person.guest = guest;
      if (email !== undefined) person.email = email;
      if (takesMessages !== undefined) person.takesMessages = takesMessages;
      person.updated = seconds();
      return true;
    },
  };
}

function memberOf(
  seed: SeedPerson,
  inOrganization: boolean,
  color: string,
  updated: number,
): Member {
  const teamId = seed.teamId ?? team.id;
  return {
    id: seed.id,
    name: seed.name,
    realName: seed.realName,
    email: seed.email,
    teamId,
    role: seed.role,
    guest: seed.guest ?? 'no',
    stranger: teamId !== team.id && !colleagues.includes(seed),
    inOrganization: inOrganization && (teamId === team.id || colleagues.includes(seed)),
    deleted: seed.deleted ?? false,
    isBot: false,
    color,
    tzOffset: seed.tzOffset ?? 0,
    updated,
  };
}

/** An additional member for everybody in an organization (docs: user object, `enterprise_user`). */
function enterpriseUser({ id, teamId }: Member): JsonObject {
  return {
    id,
    enterprise_id: organization.id,
    enterprise_name: organization.name,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    teams: [teamId],
  };
}

/**
 * The user object of users.info (docs: user object). The profile has `email` only when the app has
 * `users:read.email`, and never for a person of another workspace.
 */
export function userObject(person: Member, withEmail: boolean): JsonObject {
  const [firstName = '', ...rest] = person.realName.split(' ');
  const base = {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deleted,
    is_bot: person.isBot,
    is_app_user: false,
    updated: person.updated,
    ...(person.stranger ? { is_stranger: true } : {}),
    ...(person.inOrganization ? { enterprise_user: enterpriseUser(person) } : {}),
    profile: {
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.isBot ? '' : person.name,
      display_name_normalized: person.isBot ? '' : person.name,
      first_name: firstName,
      last_name: rest.join(' '),
      team: person.teamId,
      ...(withEmail && !person.isBot && !person.stranger ? { email: person.email } : {}),
      ...(person.isBot ? { api_app_id: bot.appId, bot_id: bot.botId } : {}),
    },
  };
  // A deactivated person's object has none of the following members (docs: user object, `deleted`).
  if (person.deleted) return base;
  return {
    ...base,
    color: person.color.slice(1),
    real_name: person.realName,
    tz: person.tzOffset === 3600 ? 'Europe/Berlin' : 'Etc/UTC',
    tz_label: person.tzOffset === 3600 ? 'Central European Time' : 'Coordinated Universal Time',
    tz_offset: person.tzOffset,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.guest !== 'no',
    is_ultra_restricted: person.guest === 'single-channel',
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
}
