/** Uploading files that the bot made itself. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { collectGarbage } from '../operations/collect-garbage.ts';
import { createFetchWithin } from './fetch-within.ts';
import { SlackUnavailableError } from './slack-failure.ts';

export type NewFile = { readonly filename: string; readonly content: Buffer };

/**
 * Uploads files into the direct message with one person, in one message.
 *
 * @param comment the text of the message with the files
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

export type LargeFile = {
  readonly filename: string;
  /** In parts that follow each other; they are sent as they are. */
  readonly bytes: readonly Uint8Array[];
  /** The text of the message with its file. */
  readonly blocks: readonly KnownBlock[];
};

/** An upload that takes longer is given up and tried again. */
const uploadTimeoutMs = 60_000;
/** Ten thousand users are two megabytes: only the report of a deliberately large file is larger than this. */
const largeBytes = 4 * 1024 * 1024;

/**
 * Uploads one file into a channel or a thread; returns its id. It does the same three steps as the SDK's
 * `filesUploadV2` (https://docs.slack.dev/messaging/working-with-files), but that one copies the bytes three times,
 * and a report can have 20 MB; here its parts are neither joined nor copied. Throws the SDK's errors, and `SlackUnavailableError` when the bytes did not arrive.
 */
export async function uploadLarge(
  client: WebClient,
  { channel, threadTs }: { readonly channel: string; readonly threadTs: string | undefined },
  { filename, bytes, blocks }: LargeFile,
): Promise<string> {
  // The source data of the file must not stay in memory as well.
  const length = bytes.reduce((sum, part) => sum + part.byteLength, 0);
  if (length > largeBytes) collectGarbage();
  const place = await client.files.getUploadURLExternal({ filename, length });
  const { upload_url: address, file_id: id } = place;
  if (!address || !id) throw new SlackUnavailableError('Slack gave no address to upload a file to');
  await send(address, bytes, length);
  const target = { channel_id: channel, ...(threadTs !== undefined && { thread_ts: threadTs }) };
  await client.files.completeUploadExternal({
    ...target,
    // Not `initial_comment`, which is mrkdwn: a file's name can come from people (H6).
    blocks: [...blocks],
    files: [{ id, title: filename }],
  });
  return id;
}

async function send(address: string, bytes: readonly Uint8Array[], length: number): Promise<void> {
  const post = createFetchWithin(uploadTimeoutMs);
  const request: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    // With its length the body of a stream is sent as a whole and not in chunks.
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(length) },
    // `fetch` copies a body of bytes, but not the parts of a stream.
    body: streamOf(bytes),
    duplex: 'half',
    redirect: 'error',
  };
  const answer = await post(address, request).catch((cause: unknown) => {
    throw new SlackUnavailableError('a file could not be uploaded', { cause });
  });
  if (!answer.ok) throw new SlackUnavailableError(`an upload was answered by ${answer.status}`);
}

function streamOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const rest = parts.values();
  return new ReadableStream({
    pull: (controller) => {
      const { value, done } = rest.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
