/** Uploading files that the bot made itself into a conversation with one person. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';

export type NewFile = { readonly filename: string; readonly content: Buffer };

/**
 * Uploads files into the direct message with one person, in one message.
 *
 * @param comment what the message says beside its files
 */
export async function uploadToPerson(
  client: WebClient,
  personId: string,
  comment: readonly KnownBlock[],
  files: readonly NewFile[],
): Promise<void> {
  const opened = await client.conversations.open({ users: personId });
  await client.filesUploadV2({
    channel_id: opened.channel?.id ?? personId,
    blocks: [...comment],
    file_uploads: files.map(({ content, filename }) => ({ file: content, filename })),
  });
}
