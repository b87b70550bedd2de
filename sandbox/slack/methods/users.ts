/** users.*, usergroups.*, bots.info: information about people, user groups and bots. */
import { bot, team } from '../../seed.ts';
import { Refusal } from '../refusal.ts';
import { userObject } from '../roster.ts';
import type { World } from '../world.ts';
import { type Method, page } from './method.ts';

function showsEmail(world: World): boolean {
  return world.app.scopes.has('users:read.email');
}

export const peopleMethods: Record<string, Method> = {
  'users.info': {
    token: 'bot',
    scopes: ['users:read'],
    tier: 'tier4',
    args: { user: 'text!' },
    run(world, args) {
      const person = world.roster.get(args.need('user'));
      if (!person) throw new Refusal('user_not_found');
      return { user: userObject(person, showsEmail(world)) };
    },
  },
  'users.list': {
    token: 'bot',
    scopes: ['users:read'],
    tier: 'tier2',
    args: { cursor: 'text', limit: 'integer' },
    run(world, args) {
      const { items, next } = page(world.roster.all(), args, 1000);
      return {
        members: items.map((person) => userObject(person, showsEmail(world))),
        cache_ts: Math.floor(world.now().getTime() / 1000),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.lookupByEmail': {
    token: 'bot',
    scopes: ['users:read.email'],
    tier: 'tier3',
    args: { email: 'text!' },
    run(world, args) {
      const person = world.roster.byEmail(args.need('email'));
      if (!person || person.deleted || person.stranger) throw new Refusal('users_not_found');
      return { user: userObject(person, true) };
    },
  },
  'usergroups.list': {
    token: 'bot',
    scopes: ['usergroups:read'],
    tier: 'tier2',
    args: { include_users: 'boolean', include_count: 'boolean', include_disabled: 'boolean' },
    run(world, args) {
      const groups = world.roster.usergroups().map((group) => ({
        id: group.id,
        team_id: team.id,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        description: '',
        is_external: false,
        date_delete: 0,
        auto_type: null,
        ...(args.flag('include_users') ? { users: group.members } : {}),
        ...(args.flag('include_count') ? { user_count: String(group.members.length) } : {}),
      }));
      return { usergroups: groups };
    },
  },
  'usergroups.users.list': {
    token: 'bot',
    scopes: ['usergroups:read'],
    tier: 'tier2',
    args: { usergroup: 'text!', include_disabled: 'boolean' },
    run(world, args) {
      const id = args.need('usergroup');
      const group = world.roster.usergroups().find((candidate) => candidate.id === id);
      if (!group) throw new Refusal('no_such_subteam');
      return { users: group.members };
    },
  },
  'bots.info': {
    token: 'bot',
    scopes: ['users:read'],
    tier: 'tier3',
    args: { bot: 'text' },
    run(world, args) {
      if ((args.text('bot') ?? bot.botId) !== bot.botId) throw new Refusal('bot_not_found');
      return {
        bot: {
          id: bot.botId,
          deleted: false,
          name: world.app.name,
          updated: 0,
          app_id: bot.appId,
          user_id: bot.userId,
          icons: {},
        },
      };
    },
  },
};
