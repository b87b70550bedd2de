/** Somebody invited the bot to a channel: what could not be posted there is posted now. */
import type { App } from '@slack/bolt';
import { retryRefusals } from '../requests/publish/retry-refused.ts';
import type { Services } from '../services.ts';

export function registerMemberJoinedChannel(app: App, services: Services): void {
  app.event('member_joined_channel', async ({ event }) => {
    if (event.user !== services.people.home.botUserId) return;
    await retryRefusals(services, event.channel);
  });
}
