/** Searches for a message of ours whose answer was lost, by the metadata that it carries. */
import type { WebClient } from '@slack/web-api';

/** Event type of the metadata on every post about a request. */
export const postEvent = 'connect_add_user_post';

/** A file carries no metadata; its name, which contains the request's number, identifies it. */
export type Lost = {
  readonly requestId: number;
  readonly key: string;
  readonly fileName: string | null;
};
export type LostPlace = {
  /** The bot's own user: messages of others are not ours, even with the same name. */
  readonly botUserId: string;
  readonly channel: string;
  readonly threadTs: string | null;
  readonly since: Date;
};

/** Slack's clock and ours may differ. */
const slackMs = 120_000;

/** The message's `ts`, or null when Slack certainly does not have it. */
export async function findPosted(
  client: WebClient,
  lost: Lost,
  place: LostPlace,
): Promise<string | null> {
  const oldest = String((place.since.getTime() - slackMs) / 1000);
  let cursor: string | undefined;
  do {
    const page = {
      channel: place.channel,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor ? { cursor } : {}),
    };
    const answer = place.threadTs
      ? await client.conversations.replies({ ...page, ts: place.threadTs })
      : await client.conversations.history(page);
    for (const message of answer.messages ?? []) {
      if (message.user !== place.botUserId) continue;
      const file = message.files?.find((file) => file.name === lost.fileName);
      if (lost.fileName !== null && file?.id) return file.id;
      const payload: unknown = message.metadata?.event_payload;
      if (message.metadata?.event_type === postEvent && isOf(payload, lost))
        return message.ts ?? null;
    }
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return null;
}

function isOf(payload: unknown, lost: Lost): boolean {
  if (typeof payload !== 'object' || payload === null) return false;
  const { request, key } = payload as { request?: unknown; key?: unknown };
  return request === lost.requestId && key === lost.key;
}
