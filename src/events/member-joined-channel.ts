/** The bot was invited to a channel, so messages that could not be posted there are posted now. */
import { retryRefusals } from '../requests/publish/retry-refused.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';

export function registerMemberJoinedChannel(listeners: Listeners, services: Services): void {
  listeners.event('member_joined_channel', async ({ event }) => {
    if (event.user !== services.people.home.botUserId) return;
    await retryRefusals(services, event.channel);
  });
}
