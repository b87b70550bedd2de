/** Messages in a card's thread while the request is open are stored with it, for the evidence. */
import { parseThreadMessage } from '../evidence/thread-message.ts';
import { keepThreadMessage } from '../evidence/thread-messages-store.ts';
import type { Services } from '../services.ts';

/** Only messages in requests channels are considered; messages of other threads are not stored. */
export async function storeMessageOfThread(services: Services, event: unknown): Promise<void> {
  const message = parseThreadMessage(event);
  if (!message || message.person === services.people.home.botUserId) return;
  const isRequestsChannel = services.config.instances.some(
    ({ requestsChannel }) => requestsChannel === message.channel,
  );
  if (!isRequestsChannel) return;
  const name = services.people.peek(message.person)?.name ?? message.person;
  await keepThreadMessage(services.intake, message, name, services.now());
}
