/**
 * The buttons that only the App Home has: adding a file, and turning pages. Buttons that the card also has are in
 * card-buttons.ts.
 */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { problem } from '../errors/problem.ts';
import { parseButtonValue } from '../messages/card-actions.ts';
import { offerActions } from '../messages/files/file-offer.ts';
import { homeActions, parsePages } from '../messages/home/home.ts';
import { openFileForm } from '../modals/add-file.ts';
import { openingFor } from '../modals/open-view.ts';
import type { ShowHome } from '../requests/publish/publish-home.ts';
import { whyNotUploader } from '../requests/repair/correct-file.ts';
import { readRequest } from '../requests/store/requests-store.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { placeOfClick } from './record-click.ts';

export function registerHomeButtons(
  listeners: Listeners,
  services: FormServices,
  showHome: ShowHome,
): void {
  listeners.action<BlockAction<ButtonAction>>(homeActions.file, async ({ ack, body, client }) => {
    await ack();
    const personId = body.user.id;
    const place = { channel: personId, person: personId };
    await openFileForm(services, openingFor(services, client, body.trigger_id, place));
  });

  listeners.action<BlockAction<ButtonAction>>(
    offerActions.upload,
    async ({ ack, body, action, client }) => {
      await ack();
      const value = parseButtonValue(action.value);
      if (!value) return;
      const personId = body.user.id;
      const place = placeOfClick(body);
      const request = await readRequest(services.db, value.requestId);
      if (!request) return services.sendEphemeral(place, problem('request.unknown'));
      if (request.requester_id !== personId) {
        return services.sendEphemeral(place, await whyNotUploader(services, request, personId));
      }
      await openFileForm(services, {
        ...openingFor(services, client, body.trigger_id, place),
        replaced: { requestId: request.id, instance: request.instance },
      });
    },
  );

  const pages = [
    homeActions.previous,
    homeActions.next,
    homeActions.waitingPrevious,
    homeActions.waitingNext,
  ];
  listeners.action<BlockAction<ButtonAction>>(pages, async ({ ack, body, action, client }) => {
    await ack();
    const pages = parsePages(action.value);
    if (pages) await showHome(client, body.user.id, pages);
  });
}
