/** The buttons of the App Home, beside those that the card has too: a file, and the pages. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { homeActions, parsePages } from '../messages/home.ts';
import { openFileForm } from '../modals/add-file.ts';
import { publishHome } from '../requests/publish/publish-home.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Listeners } from '../slack/listeners.ts';

export function registerHomeButtons(listeners: Listeners, services: FormServices): void {
  listeners.action<BlockAction<ButtonAction>>(homeActions.file, async ({ ack, body, client }) => {
    await ack();
    const personId = body.user.id;
    await openFileForm(services, {
      client,
      log: services.log,
      triggerId: body.trigger_id,
      personId,
      tooLate: (problem) =>
        services.sendEphemeral({ channel: personId, person: personId }, problem),
    });
  });

  const pages = [
    homeActions.previous,
    homeActions.next,
    homeActions.waitingPrevious,
    homeActions.waitingNext,
  ];
  listeners.action<BlockAction<ButtonAction>>(pages, async ({ ack, body, action, client }) => {
    await ack();
    const pages = parsePages(action.value);
    if (pages) await publishHome(services, client, body.user.id, pages);
  });
}
