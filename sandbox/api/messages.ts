/** Messages and files as a person sees, writes and reads them. */
import type { KnownBlock } from '@slack/types';

/** Any Block Kit block as the bot sent it, after the strict check. */
export type Block = KnownBlock | { type: string; block_id?: string; [member: string]: unknown };

export type FileInfo = {
  id: string;
  name: string;
  mimetype: string;
  size: number;
  user: string;
  /** Path on this server that shows the file to a person. */
  url: string;
};

export type Message = {
  ts: string;
  channel: string;
  user: string;
  /** The app that posted it, when a bot did. */
  botId?: string;
  text: string;
  blocks: Block[];
  files: FileInfo[];
  threadTs?: string;
  replyCount: number;
  replyUsers: string[];
  latestReply?: string;
  edited: boolean;
  /** Only `user` sees it; gone when the page is loaded again, as in Slack. */
  ephemeral: boolean;
  /** What a person receives who does not see the rendered message. */
  heard: {
    /** Screen reader: the top-level text if there is one, otherwise the blocks. */
    screenReader: string;
    /** Notification on a phone: only the top-level text, truncated. */
    notification: string;
  };
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
};

/** `GET /sandbox/messages?user=U…&channel=C…[&thread_ts=…][&limit=200][&before=ts]`, oldest first. */
export type Messages = { messages: Message[]; hasMore: boolean };

/** `POST /sandbox/messages`: write in a channel, a thread or a direct message; `channel` may be a user id. */
export type PostMessage = {
  user: string;
  channel: string;
  text: string;
  threadTs?: string;
  /** The reply is "also sent to the channel". */
  broadcast?: boolean;
  files?: { name: string; contentBase64: string; mimetype?: string }[];
  /** Ids of files of this person that are shared here too. */
  shareFiles?: string[];
};

/**
 * `POST /sandbox/messages/edit` changes a person's own message; `POST /sandbox/messages/delete` takes the same body
 * without `text`.
 */
export type EditMessage = {
  user: string;
  channel: string;
  ts: string;
  text: string;
  /** Files that the edit adds. */
  files?: { name: string; contentBase64: string; mimetype?: string }[];
};

/** `POST /sandbox/read` with `{ user, channel, ts }`: mark as read up to `ts`. */
export type MarkRead = { user: string; channel: string; ts: string };

/** `POST /sandbox/files` with `{ user, name, contentBase64 }` → `{ file: FileInfo }`: for a file_input. */
export type UploadFile = { user: string; name: string; contentBase64: string; mimetype?: string };
