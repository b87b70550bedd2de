/**
 * The projector's calls to Slack. A call that would have to wait long for a rate limit is postponed, so that a busy
 * channel does not delay messages to other channels.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Post } from '../../messages/post.ts';
import { PostponedError } from '../../storage/jobs.ts';
import { rateLimitedForMs } from '../slack-failure.ts';
import { uploadLarge } from '../upload-files.ts';
import { findPosted, type Lost, type LostPlace, postEvent } from './find-posted.ts';
import { createRateGates } from './rate-gates.ts';
import type { NewerBlocks } from './send-newer-blocks.ts';

/** One run over a request's posts. */
export type PostingRun = {
  readonly requestId: number;
  readonly signal: AbortSignal;
  /** The places for which this run was already postponed. */
  readonly busy: Map<string, PostponedError>;
};

export type PostPlace = { readonly channel: string; readonly threadTs: string | undefined };

/** Each throws `PostponedError` when Slack limits the place for longer than a moment, otherwise the SDK's errors. */
export type PacedCalls = {
  /** The channel of a post, as far as it is known without a call to Slack; otherwise the person. */
  placeOf(post: Post): string;
  channelOf(run: PostingRun, post: Post): Promise<string>;
  /** Posts it; returns the message's `ts`, or a file's id. `mark` is called directly before each call. */
  post(run: PostingRun, post: Post, place: PostPlace, mark: () => Promise<void>): Promise<string>;
  update(
    run: PostingRun,
    post: Post,
    at: { channel: string; ts: string },
    mark: () => Promise<void>,
  ): Promise<void>;
  find(run: PostingRun, lost: Lost, place: LostPlace): Promise<string | null>;
};

/** The number of people whose direct channel is cached, to avoid a call. */
const mostDirectChannels = 2_000;

/** Consecutive calls that Slack answers with 429, before the job is postponed. */
const mostTries = 5;

export function createPacedCalls(
  client: WebClient,
  newerBlocks: NewerBlocks,
  now: () => Date,
): PacedCalls {
  const gates = createRateGates(now);
  const directChannels = new Map<string, string>();

  async function send(
    requestId: number,
    post: Post,
    blocks: KnownBlock[],
    { channel, threadTs }: PostPlace,
  ) {
    const message = {
      channel,
      text: post.text,
      blocks,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: postEvent, event_payload: { request: requestId, key: post.key } },
    };
    const answer = await client.chat.postMessage(message);
    return answer.ts ?? '';
  }

  /** Uploads a file and records the file's id, because Slack does not return the message's. */
  async function upload(
    post: Post,
    file: NonNullable<Post['file']>,
    { channel, threadTs }: PostPlace,
  ): Promise<string> {
    const { blocks } = post;
    const bytes = await file.bytes();
    return uploadLarge(client, { channel, threadTs }, { filename: file.name, bytes, blocks });
  }

  async function channelOf(run: PostingRun, post: Post): Promise<string> {
    if ('channel' in post.to) return post.to.channel;
    const { person } = post.to;
    const known = directChannels.get(person);
    if (known) return known;
    const opened = await paced(run, 'conversations.open', () =>
      client.conversations.open({ users: person }),
    );
    const channel = opened.channel?.id ?? person;
    directChannels.set(person, channel);
    const [oldest] = directChannels.keys();
    if (directChannels.size > mostDirectChannels && oldest) directChannels.delete(oldest);
    return channel;
  }

  /** A call that respects a limit that Slack has just reported. Throws `PostponedError` for a longer wait. */
  async function paced<Answer>(
    { busy, signal }: PostingRun,
    place: string,
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const putOff = (until: Date) => {
      const error = busy.get(place) ?? new PostponedError(until, `Slack limits ${place}`);
      busy.set(place, error);
      return error;
    };
    if (busy.has(place)) throw putOff(now());
    for (let tries = 1; ; tries++) {
      const turn = gates.enter(place);
      if ('until' in turn) throw putOff(turn.until);
      try {
        if (turn.waitMs > 0) await sleep(turn.waitMs, undefined, { signal });
        return await call();
      } catch (error) {
        const waitMs = rateLimitedForMs(error);
        if (waitMs === null) throw error;
        gates.limited(place, waitMs);
        if (tries >= mostTries) throw putOff(new Date(now().getTime() + waitMs + 1_000));
      } finally {
        turn.leave();
      }
    }
  }

  return {
    placeOf: ({ to }) =>
      'channel' in to ? to.channel : (directChannels.get(to.person) ?? to.person),
    channelOf,
    post: (run, post, place, mark) =>
      paced(run, place.channel, () =>
        newerBlocks.send(post.blocks, async (blocks) => {
          await mark();
          return post.file
            ? upload(post, post.file, place)
            : send(run.requestId, post, blocks, place);
        }),
      ),
    async update(run, post, { channel, ts }, mark) {
      await paced(run, 'chat.update', () =>
        newerBlocks.send(post.blocks, async (blocks) => {
          await mark();
          await client.chat.update({ channel, ts, text: post.text, blocks });
        }),
      );
    },
    find: (run, lost, place) =>
      paced(run, 'conversations.history', () => findPosted(client, lost, place)),
  };
}
