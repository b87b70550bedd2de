/** The buttons on a card: approve, deny, cancel. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { problem, sentenceOf, todoOf } from '../errors.ts';
import { cardActions, parseButtonValue } from '../messages/card.ts';
import { noticeView } from '../modals/blocks.ts';
import { denyView } from '../modals/deny.ts';
import { updateView } from '../modals/open-form.ts';
import { recordChoice, whyNotDeny } from '../requests/decide-request.ts';
import type { Services } from '../services.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';

type Click = BlockAction<ButtonAction>;

export function registerCardButtons(app: App, services: Services): void {
  app.action<Click>(cardActions.approve, async ({ ack, body, action }) => {
    const value = parseButtonValue(action.value);
    if (!value) return ack();
    await record(services, body, action, ack, {
      requestId: value.requestId,
      what: { kind: 'approve', contentHash: value.contentHash },
    });
  });

  app.action<Click>(cardActions.cancel, async ({ ack, body, action }) => {
    const value = parseButtonValue(action.value);
    if (!value) return ack();
    await record(services, body, action, ack, {
      requestId: value.requestId,
      what: { kind: 'cancel' },
    });
  });

  app.action<Click>(cardActions.deny, async ({ ack, body, action, client }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const title = 'Deny the request';
    // The trigger lives 3 s, and asking Connect whether this person may can take longer.
    const opened = await client.views.open({
      trigger_id: body.trigger_id,
      view: noticeView(title, ['One moment: I am checking that you may …']),
    });
    const why = await whyNotDeny(services, value.requestId, body.user.id);
    const view = why
      ? noticeView(title, [sentenceOf(why), todoOf(why)])
      : denyView({ requestId: value.requestId, channel: channelOf(body) });
    await updateView(client, opened.view?.id ?? '', view);
  });
}

/** Stores the click before it is acknowledged (H5); says so when it could not be stored. */
async function record(
  services: Services,
  body: Click,
  action: ButtonAction,
  ack: () => Promise<void>,
  choice: { requestId: number; what: Parameters<typeof recordChoice>[2]['what'] },
): Promise<void> {
  const personId = body.user.id;
  const channel = channelOf(body);
  // Slack gives a click no id of its own; its moment, the person and the button are one.
  const deliveryId = `block_actions ${action.action_ts} ${personId} ${action.action_id} ${choice.requestId}`;
  try {
    await recordChoice(services, deliveryId, { ...choice, personId, channel });
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    services.log.warn({ err: error }, 'a click could not be stored');
    // Not acknowledged: Slack shows the person that it failed. This says why.
    await services.whisper({ channel, person: personId }, problem('click.not-saved'));
    return;
  }
  await ack();
}

function channelOf(body: Click): string {
  return body.channel?.id ?? body.container?.channel_id ?? body.user.id;
}
