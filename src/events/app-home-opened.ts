/** Somebody opened the App Home: it shows their requests as they are now. */
import type { App } from '@slack/bolt';
import { publishHome } from '../requests/publish/publish-home.ts';
import type { Services } from '../services.ts';

export function registerAppHomeOpened(app: App, services: Services): void {
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    await publishHome(services, client, event.user, 0);
  });
}
