/** A click on a button of a message is stored and then acknowledged. */
import type { BlockAction, ButtonAction, OverflowAction } from '@slack/bolt';
import { problem } from '../errors/problem.ts';
import { recordChoice } from '../requests/decide/decide-request.ts';
import type { Services } from '../services.ts';
import type { Place } from '../slack/ephemeral.ts';
import { waitingPerson } from '../slack/waiting-person.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';

type Click = BlockAction<ButtonAction | OverflowAction>;

/** A click on the button of a request. */
export async function recordClick(
  services: Services,
  body: Click,
  action: Pick<ButtonAction, 'action_id' | 'action_ts'>,
  ack: () => Promise<void>,
  choice: { requestId: number; what: Parameters<typeof recordChoice>[2]['what'] },
): Promise<void> {
  const personId = body.user.id;
  // Slack gives a click no id of its own, but the combination of its time, the person and the button is unique.
  const deliveryId = `block_actions ${action.action_ts} ${personId} ${action.action_id} ${choice.requestId}`;
  await storeThenAcknowledge(services, body, ack, { request: choice.requestId }, (where) =>
    recordChoice(services, deliveryId, { ...choice, ...where, personId }),
  );
}

/**
 * Stores the click and then acknowledges it (H5); sends a message when it could not be stored.
 *
 * @param about the subject of the click, for the log
 * @param store gets the place where the person is to be informed of the result
 */
export async function storeThenAcknowledge(
  services: Services,
  body: Click,
  ack: () => Promise<void>,
  about: Readonly<Record<string, number>>,
  store: (where: { readonly channel: string; readonly threadTs?: string }) => Promise<unknown>,
): Promise<void> {
  const place = placeOfClick(body);
  try {
    const { channel, threadTs } = place;
    await store({ channel, ...(threadTs ? { threadTs } : {}) });
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    services.log.warn({ err: error, ...about }, 'a click could not be stored');
    // The click is not acknowledged, so Slack shows the person that it failed. This message explains why.
    await services.sendEphemeral(place, problem('click.not-saved'));
    return;
  }
  await ack();
}

/** The place that the person who clicked is looking at: the channel, or the thread of the message. */
export function placeOfClick(body: Click): Place {
  return waitingPerson(body) ?? { channel: body.user.id, person: body.user.id };
}
