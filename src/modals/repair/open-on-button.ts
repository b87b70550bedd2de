/** The buttons under the answer to a file that open the correction forms. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { parseButtonValue } from '../../messages/card-actions.ts';
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import { openForClick } from '../open-view.ts';

/**
 * Opens a form when its button is pressed.
 *
 * @param form.load builds the view for the person who pressed and the request of the button
 */
export function openOnButton(
  listeners: Listeners,
  services: Services,
  actionId: string,
  form: {
    readonly title: string;
    load(personId: string, requestId: number): Promise<ModalView>;
  },
): void {
  listeners.action<BlockAction<ButtonAction>>(actionId, async ({ ack, body, action, client }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    await openForClick(services, client, body, {
      title: form.title,
      load: () => form.load(body.user.id, value.requestId),
    });
  });
}
