/**
 * Files that were posted in a requests channel while the bot was down, or that were acknowledged by Bolt
 * just before a crash: looked for at every start, and taken once, like any other delivery (H5).
 */
import type { WebClient } from '@slack/web-api';
import { watchChannel } from '../requests/store/files-store.ts';
import type { Services } from '../services.ts';
import { isForBot, parseFileMessage, takeFiles } from './file-message.ts';

/** How far back a start looks. */
const lookBackMs = 7 * 24 * 60 * 60 * 1000;

/** Never throws: what could not be looked for now is looked for at the next start. */
export async function catchUp(services: Services, client: WebClient): Promise<void> {
  const channels = new Set(services.config.instances.map((instance) => instance.requestsChannel));
  for (const channel of channels) {
    const now = services.now();
    try {
      const since = await watchChannel(services.db, channel, now);
      const from = Math.max(since.getTime(), now.getTime() - lookBackMs);
      await readChannel(services, client, channel, from);
    } catch (error) {
      services.log.warn({ err: error, channel }, 'could not look for files posted meanwhile');
    }
  }
}

async function readChannel(
  services: Services,
  client: WebClient,
  channel: string,
  fromMs: number,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = {
      channel,
      oldest: String(fromMs / 1000),
      limit: 200,
      ...(cursor ? { cursor } : {}),
    };
    const answer = await client.conversations.history(page);
    for (const candidate of answer.messages ?? []) {
      const message = parseFileMessage(candidate);
      if (message && isForBot(services, message, 'channel'))
        await takeFiles(services, message, channel, { personId: message.user });
    }
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor);
}
