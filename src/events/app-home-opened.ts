/** A person opened the App Home: it shows their requests in the current state. */
import type { ShowHome } from '../requests/publish/publish-home.ts';
import type { Listeners } from '../slack/listener-table.ts';

export function registerAppHomeOpened(listeners: Listeners, showHome: ShowHome): void {
  listeners.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    await showHome(client, event.user, { page: 0, waitingPage: 0 });
  });
}
