/** The global shortcut "Add a Connect user": works where slash commands do not, such as in threads. */
import { openForm } from '../modals/add-user/open-form.ts';
import { openingFor } from '../modals/open-view.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { waitingPerson } from '../slack/waiting-person.ts';

export const addUserShortcut = 'add_connect_user';

export function registerAddUserShortcut(listeners: Listeners, services: FormServices): void {
  listeners.globalShortcut(addUserShortcut, async ({ ack, shortcut, client }) => {
    const acknowledged = ack();
    const personId = shortcut.user.id;
    // A global shortcut has no channel, so messages to the person go to their direct messages.
    const place = waitingPerson(shortcut) ?? { channel: personId, person: personId };
    await openForm(services, openingFor(services, client, shortcut.trigger_id, place));
    return acknowledged;
  });
}
