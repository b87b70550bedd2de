/** auth.test, apps.connections.open, api.test: methods about the app itself. */
import { bot, team } from '../../seed.ts';
import type { Method } from './method.ts';

export const appMethods: Record<string, Method> = {
  'auth.test': {
    token: 'bot',
    scopes: [],
    tier: 'special',
    args: {},
    run: (world) => ({
      url: `${world.address.url}/`,
      team: team.name,
      user: world.roster.get(bot.userId)?.name ?? '',
      team_id: team.id,
      user_id: bot.userId,
      bot_id: bot.botId,
      ...(world.organization ? { enterprise_id: world.organization.id } : {}),
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    scopes: [],
    tier: 'special',
    args: {},
    run: (world) => ({ url: world.delivery.sockets.issueUrl(world.address.url) }),
  },
};
