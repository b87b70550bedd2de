/** A click on a button of a message: stored, then acknowledged. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { problem } from '../errors/problem.ts';
import { recordChoice } from '../requests/decide/decide-request.ts';
import type { Services } from '../services.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';

type Click = BlockAction<ButtonAction>;

/** Stores the click before it is acknowledged (H5); says so when it could not be stored. */
export async function recordClick(
  services: Services,
  body: Click,
  action: ButtonAction,
  ack: () => Promise<void>,
  choice: { requestId: number; what: Parameters<typeof recordChoice>[2]['what'] },
): Promise<void> {
  const personId = body.user.id;
  const channel = channelOfClick(body);
  // Slack gives a click no id of its own; its moment, the person and the button are one.
  const deliveryId = `block_actions ${action.action_ts} ${personId} ${action.action_id} ${choice.requestId}`;
  try {
    await recordChoice(services, deliveryId, { ...choice, personId, channel });
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    services.log.warn({ err: error }, 'a click could not be stored');
    // Not acknowledged: Slack shows the person that it failed. This says why.
    await services.sendEphemeral({ channel, person: personId }, problem('click.not-saved'));
    return;
  }
  await ack();
}

export function channelOfClick(body: Click): string {
  return body.channel?.id ?? body.container?.channel_id ?? body.user.id;
}
