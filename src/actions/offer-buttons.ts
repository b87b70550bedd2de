/** The button with which an uploader asks for the good rows of a file. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { parseButtonValue } from '../messages/card.ts';
import { offerActions } from '../messages/file-offer.ts';
import type { Services } from '../services.ts';
import { recordClick } from './record-click.ts';

export function registerOfferButtons(app: App, services: Services): void {
  app.action<BlockAction<ButtonAction>>(offerActions.ask, async ({ ack, body, action }) => {
    const value = parseButtonValue(action.value);
    if (!value) return ack();
    await recordClick(services, body, action, ack, {
      requestId: value.requestId,
      what: { kind: 'ask' },
    });
  });
}
