/** Somebody opened the App Home: it shows their requests as they are now. */
import { publishHome } from '../requests/publish/publish-home.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listeners.ts';

export function registerAppHomeOpened(listeners: Listeners, services: Services): void {
  listeners.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    await publishHome(services, client, event.user, { page: 0, waitingPage: 0 });
  });
}
