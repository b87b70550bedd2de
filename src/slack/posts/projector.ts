/**
 * Makes Slack show what the posts of a request say: posts what is missing, edits what differs, remembers
 * each message's `ts`. The only place that posts about requests, so a crash, a 429 or a restart can delay a
 * message and never repeat one.
 */
import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Post } from '../../messages/post.ts';
import type { PostRecord, Schema } from '../../storage/schema.ts';
import { slackErrorCode } from '../failure.ts';
import { retryOnRateLimit } from '../retry-on-rate-limit.ts';
import { findPosted, postEvent } from './find-posted.ts';
import { markPosting, readPosts, setPosted, unmarkPosting } from './posts-store.ts';

export type Projector = {
  /**
   * Answers the keys that Slack would not take, with Slack's code (`not_in_channel`). Throws when Slack does
   * not answer, to be called again.
   */
  project(
    requestId: number,
    posts: readonly Post[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>>;
};

type Deps = {
  readonly client: WebClient;
  readonly db: Kysely<Schema>;
  readonly now: () => Date;
  readonly log: Logger;
};

/** The message is gone or cannot be edited any more: what stands there stays. */
const uneditable = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** The answer of `filesUploadV2`, which has no type of its own. */
const uploadedId = z.object({
  files: z.array(z.object({ files: z.array(z.object({ id: z.string() })) })),
});

/** The thread that a post stands in: of another post, or of somebody else's message. */
function threadOf(post: Post, parent: PostRecord | undefined): string | undefined {
  return parent?.ts ?? post.inThread;
}

export function createProjector(deps: Deps): Projector {
  const { client, db, now, log } = deps;

  async function project(requestId: number, posts: readonly Post[], signal: AbortSignal) {
    const refused = new Map<string, string>();
    const records = new Map((await readPosts(db, requestId)).map((record) => [record.key, record]));
    for (const post of posts) {
      if (signal.aborted) throw new Error('stopped between two messages');
      const parent = post.inThreadOf ? records.get(post.inThreadOf) : undefined;
      if (post.inThreadOf && !parent?.ts) continue;
      try {
        records.set(post.key, await show(requestId, post, parent, records.get(post.key), signal));
      } catch (error) {
        const code = slackErrorCode(error);
        if (code === null || !permanent.has(code)) throw error;
        log.error({ request: requestId, key: post.key, code }, 'Slack does not take a message');
        refused.set(post.key, code);
      }
    }
    return refused;
  }

  async function show(
    requestId: number,
    post: Post,
    parent: PostRecord | undefined,
    record: PostRecord | undefined,
    signal: AbortSignal,
  ): Promise<PostRecord> {
    const hash = hashOf(post);
    if (!record) return first(requestId, post, parent, signal);
    if (record.ts === null) {
      const place = {
        channel: record.channel,
        threadTs: threadOf(post, parent) ?? null,
        since: record.attempted_at,
      };
      const lost = { requestId, key: post.key, fileName: post.file?.name ?? null };
      const ts = await retryOnRateLimit(() => findPosted(client, lost, place), {
        longestWaitMs,
        signal,
      });
      if (ts === null) {
        await unmarkPosting(db, requestId, post.key);
        return first(requestId, post, parent, signal);
      }
      log.info({ request: requestId, key: post.key }, 'found a message whose answer was lost');
      if (!post.file) return edit(requestId, post, { ...record, ts }, hash, signal);
      await setPosted(db, requestId, post.key, { ts, hash });
      return { ...record, ts, hash };
    }
    return record.hash === hash || post.file
      ? record
      : edit(requestId, post, { ...record, ts: record.ts }, hash, signal);
  }

  async function first(
    requestId: number,
    post: Post,
    parent: PostRecord | undefined,
    signal: AbortSignal,
  ): Promise<PostRecord> {
    const channel = await channelOf(post, signal);
    const at = now();
    const markedFrom = performance.now();
    await markPosting(db, { requestId, key: post.key, channel, at });
    if (performance.now() - markedFrom > markCountsForMs) {
      throw new Error(
        'this process slept after a mark: another bot may have posted the message by now',
      );
    }
    const threadTs = threadOf(post, parent);
    try {
      const ts = post.file
        ? await upload(post, post.file, channel, threadTs, signal)
        : await send(requestId, post, channel, threadTs, signal);
      const hash = hashOf(post);
      await setPosted(db, requestId, post.key, { ts, hash });
      return { request_id: requestId, key: post.key, channel, ts, hash, attempted_at: at };
    } catch (error) {
      // An answer with a code is a refusal: nothing was posted. Anything else leaves the mark.
      if (slackErrorCode(error) !== null) await unmarkPosting(db, requestId, post.key);
      throw error;
    }
  }

  async function send(
    requestId: number,
    post: Post,
    channel: string,
    threadTs: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const message = {
      channel,
      text: post.text,
      blocks: [...post.blocks],
      ...(threadTs ? { thread_ts: threadTs } : {}),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: postEvent, event_payload: { request: requestId, key: post.key } },
    };
    const answer = await retryOnRateLimit(() => client.chat.postMessage(message), {
      longestWaitMs,
      signal,
    });
    return answer.ts ?? '';
  }

  /** Hands a file out; what is remembered of it is the file's id, as Slack does not tell the message's. */
  async function upload(
    post: Post,
    file: NonNullable<Post['file']>,
    channel: string,
    threadTs: string | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const { buffer, byteOffset, byteLength } = await file.bytes();
    const handout = {
      channel_id: channel,
      // Not `initial_comment`, which is mrkdwn: a file's name may come from people (H6).
      blocks: [...post.blocks],
      filename: file.name,
      title: file.name,
      // The same memory: a report may be large.
      file: Buffer.from(buffer, byteOffset, byteLength),
    };
    const answer = await retryOnRateLimit(
      () => client.filesUploadV2(threadTs ? { ...handout, thread_ts: threadTs } : handout),
      { longestWaitMs, signal },
    );
    return uploadedId.parse(answer).files[0]?.files[0]?.id ?? file.name;
  }

  async function edit(
    requestId: number,
    post: Post,
    record: PostRecord & { ts: string },
    hash: string,
    signal: AbortSignal,
  ): Promise<PostRecord> {
    try {
      await retryOnRateLimit(
        () =>
          client.chat.update({
            channel: record.channel,
            ts: record.ts,
            text: post.text,
            blocks: [...post.blocks],
          }),
        { longestWaitMs, signal },
      );
    } catch (error) {
      if (!uneditable.has(slackErrorCode(error) ?? '')) throw error;
      log.warn(
        { request: requestId, key: post.key, code: slackErrorCode(error) },
        'a message cannot be edited',
      );
    }
    await setPosted(db, requestId, post.key, { ts: record.ts, hash });
    return { ...record, hash };
  }

  async function channelOf(post: Post, signal: AbortSignal): Promise<string> {
    if ('channel' in post.to) return post.to.channel;
    const { person } = post.to;
    const opened = await retryOnRateLimit(() => client.conversations.open({ users: person }), {
      longestWaitMs,
      signal,
    });
    return opened.channel?.id ?? person;
  }

  return { project };
}

/** Slack's refusals that trying again does not mend until somebody changes something. */
const permanent = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'user_disabled',
  'user_not_found',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'msg_blocks_too_long',
  'invalid_blocks',
  // Somebody deleted the card: what would stand under it has no place, what goes elsewhere has.
  'thread_not_found',
]);

/** A mark that took longer is not acted on: the message is looked for first. */
const markCountsForMs = 5_000;

/** Longest wait for 429s within one call; a longer one is left to the job's own retry. */
const longestWaitMs = 60_000;

function hashOf(post: Post): string {
  return createHash('sha256')
    .update(JSON.stringify([post.text, post.blocks]))
    .digest('hex');
}
