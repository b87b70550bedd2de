/** Renders a request's card, thread and direct messages out of the database and makes Slack match. */
import { problem } from '../errors.ts';
import { card } from '../messages/card.ts';
import { directMessages, undeliverable } from '../messages/direct.ts';
import { thread } from '../messages/thread.ts';
import type { Services } from '../services.ts';
import type { Projector } from '../slack/projector.ts';
import { picture } from './picture.ts';
import { readRequest, readRows } from './store.ts';

/**
 * Throws when something could not be shown, so that the job is tried again. When the channel does not take
 * the card, the requester is told at once.
 */
export async function publishRequest(
  services: Services,
  projector: Projector,
  requestId: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await readRequest(services.db, requestId);
  if (!request) return;
  const rows = await readRows(services.db, requestId);
  const room = services.rooms.get(request.instance);
  const facts = room?.directory.peek()?.facts ?? null;
  const it = picture(request, rows, room?.config, facts);

  const inChannel = await projector.project(requestId, [card(it), ...thread(it)], signal);
  const cardRefused = inChannel.get('card');
  if (cardRefused) {
    const why = problem('card.refused', { code: cardRefused, channel: it.requestsChannel });
    await projector.project(requestId, [undeliverable(it, why)], signal);
    throw new Error(`the card of ${it.number} was refused: ${cardRefused}`);
  }
  await projector.project(requestId, directMessages(it), signal);
}
