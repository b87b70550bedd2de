/** Somebody opened the App Home: it shows their requests as they are now. */
import type { App } from '@slack/bolt';
import { homeView } from '../messages/home.ts';
import { readRequestsOf } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';

const shown = 10;

export function registerAppHomeOpened(app: App, services: Services): void {
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    const requests = await readRequestsOf(services.db, event.user, shown);
    const view = homeView(
      requests.map((it) => ({
        id: it.id,
        instance: it.instance,
        state: it.state,
        createdAt: it.created_at,
      })),
    );
    await client.views.publish({ user_id: event.user, view });
  });
}
