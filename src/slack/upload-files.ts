/** Uploading files that the bot made itself into a conversation with one person. */
import type { WebClient } from '@slack/web-api';

export type NewFile = { readonly filename: string; readonly content: Buffer };

/**
 * Uploads files into the direct message with one person, in one message.
 *
 * @param comment text of the message, already escaped for mrkdwn
 */
export async function uploadToPerson(
  client: WebClient,
  personId: string,
  comment: string,
  files: readonly NewFile[],
): Promise<void> {
  const opened = await client.conversations.open({ users: personId });
  await client.filesUploadV2({
    channel_id: opened.channel?.id ?? personId,
    initial_comment: comment,
    file_uploads: files.map(({ content, filename }) => ({ file: content, filename })),
  });
}
