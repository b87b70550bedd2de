/** Buttons that open the form: on the App Home, and "Edit and resend" in a direct message. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { problem } from '../errors/problem.ts';
import { editAction } from '../messages/direct-messages.ts';
import { openFormAction, parsePreset, presetActions } from '../messages/home/home.ts';
import { type OpenForm, openForm, type Prefill } from '../modals/add-user/open-form.ts';
import { openingFor } from '../modals/open-view.ts';
import { readRequest, readRows } from '../requests/store/requests-store.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { placeOfClick } from './record-click.ts';

export function registerFormButtons(listeners: Listeners, services: FormServices): void {
  const open = async (
    body: BlockAction<ButtonAction>,
    client: Parameters<typeof openForm>[1]['client'],
    begin: Pick<OpenForm, 'prefill' | 'preset'> = {},
  ) => {
    const opening = openingFor(services, client, body.trigger_id, placeOfClick(body));
    await openForm(services, { ...opening, ...begin });
  };

  listeners.action<BlockAction<ButtonAction>>(openFormAction, async ({ ack, body, client }) => {
    await ack();
    await open(body, client);
  });

  listeners.action<BlockAction<ButtonAction>>(
    presetActions,
    async ({ ack, body, action, client }) => {
      await ack();
      const preset = parsePreset(action.value);
      if (preset) await open(body, client, { preset });
    },
  );

  listeners.action<BlockAction<ButtonAction>>(editAction, async ({ ack, body, action, client }) => {
    await ack();
    const prefill = await readPrefill(services, Number(action.value), body.user.id);
    if (!prefill) {
      await services.sendEphemeral(placeOfClick(body), problem('request.unknown'));
      return;
    }
    await open(body, client, { prefill });
  });
}

/** The requested values, only for the person who made the request. */
async function readPrefill(
  services: FormServices,
  requestId: number,
  personId: string,
): Promise<Prefill | null> {
  if (!Number.isSafeInteger(requestId)) return null;
  const request = await readRequest(services.db, requestId);
  if (request?.requester_id !== personId) return null;
  const [row] = await readRows(services.db, requestId);
  if (!row) return null;
  const { instance, reason, not_before: at } = request;
  // A time that is already in the past is not filled in again.
  const notBefore = at && at > services.now() ? at : null;
  const isInItsPlace = ['rejected', 'denied', 'expired', 'cancelled'].includes(request.state);
  const replaces = isInItsPlace ? { replaces: requestId } : {};
  return { instance, draft: row.draft, reason, notBefore, ...replaces };
}
