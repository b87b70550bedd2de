/**
 * Makes Slack show the posts of a request: posts missing ones, edits changed ones, stores each message's `ts`. Only
 * this code posts about requests, so a crash, a 429 or a restart can delay a message and never repeat one.
 */
import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Post } from '../../messages/post.ts';
import { startStopwatch } from '../../operations/stopwatch.ts';
import { PostponedError } from '../../storage/jobs.ts';
import type { PostRecord, RefusedPostRecord, Schema } from '../../storage/schema.ts';
import { slackFailureOf } from '../slack-failure.ts';
import { createEdits, editAgainAt, isSurelyNotDone } from './edits.ts';
import { createPacedCalls, type PostingRun } from './paced-calls.ts';
import { markPosting, noteUnsure, readPosts, setPosted, unmarkPosting } from './posts-store.ts';
import { isAboutThePlace, mostUnsureAnswers, refusedForMs, unsureForMs } from './refusals.ts';
import {
  readRefusedPosts,
  readRefusingPlace,
  removeRefused,
  setRefused,
} from './refusals-store.ts';
import type { NewerBlocks } from './send-newer-blocks.ts';

export type Projector = {
  /**
   * Shows every post that Slack accepts. Refused ones and those that have to wait do not prevent the others from
   * being shown. Throws when Slack does not answer at all, in order to be called again.
   */
  project(requestId: number, posts: readonly Post[], signal: AbortSignal): Promise<Projected>;
};

export type Projected = {
  /** Keys of the posts that Slack refuses, with its code (`not_in_channel`); they are retried much later. */
  readonly refused: ReadonlyMap<string, string>;
  /** Keys of the request's posts that Slack shows now, in any version. */
  readonly shown: ReadonlySet<string>;
  /**
   * The error that the caller throws at the end, in order to be called again: a post has to wait, or Slack failed at
   * it.
   */
  readonly later: Error | null;
};

type Deps = {
  readonly client: WebClient;
  readonly newerBlocks: NewerBlocks;
  readonly botUserId: string;
  readonly db: Kysely<Schema>;
  readonly now: () => Date;
  readonly log: Logger;
};

/** The thread of a post: of another post, or of another author's message. */
function threadOf(post: Post, parent: PostRecord | undefined): string | undefined {
  return parent?.ts ?? post.inThread;
}

export function createProjector(deps: Deps): Projector {
  const { client, newerBlocks, botUserId, db, now, log } = deps;
  const calls = createPacedCalls(client, newerBlocks, now);
  const edits = createEdits({ db, now, log });

  async function project(requestId: number, posts: readonly Post[], signal: AbortSignal) {
    const run: PostingRun = { requestId, signal, busy: new Map() };
    const refused = new Map<string, string>();
    const records = new Map((await readPosts(db, requestId)).map((record) => [record.key, record]));
    const refusals = new Map(
      (await readRefusedPosts(db, requestId)).map((refusal) => [refusal.key, refusal]),
    );
    let later: Error | null = null;
    for (const post of posts) {
      // Another process's job continues with the rest, or has already done so.
      if (signal.aborted) throw later ?? new Error('stopped between two messages');
      const parent = post.inThreadOf ? records.get(post.inThreadOf) : undefined;
      if (post.inThreadOf && !parent?.ts) continue;
      const record = records.get(post.key);
      const refusal = refusals.get(post.key);
      const againAt = editAgainAt(record);
      if (record?.ts && (record.hash === hashOf(post) || post.file)) {
        if (refusal) await removeRefused(db, requestId, post.key);
        if (!againAt) continue;
        if (againAt > now()) {
          later = sooner(later, editAgain(againAt));
          continue;
        }
      }
      try {
        const resting = await whyResting(post, record, refusal);
        if (resting) {
          await rest(requestId, post, refusal, resting);
          refused.set(post.key, resting.code);
          continue;
        }
        const shown = await show(run, post, parent, record);
        records.set(post.key, shown);
        const unsureUntil = editAgainAt(shown);
        if (unsureUntil) later = sooner(later, editAgain(unsureUntil));
        if (refusal) await removeRefused(db, requestId, post.key);
      } catch (error) {
        if (error instanceof PostponedError) {
          later = sooner(later, error);
          continue;
        }
        const failure = slackFailureOf(error);
        if (failure?.kind === 'refused') {
          refused.set(post.key, failure.code);
          await refuse(requestId, post, record, failure.code, refusedForMs);
        } else if (failure?.kind === 'unsure') {
          const times = await noteUnsure(db, requestId, post.key);
          if (times < mostUnsureAnswers) later ??= error instanceof Error ? error : null;
          else {
            refused.set(post.key, failure.code);
            await refuse(requestId, post, record, failure.code, unsureForMs(times));
          }
        } else throw error;
      }
    }
    const shown = [...records.values()].filter(({ ts }) => ts !== null).map(({ key }) => key);
    return { refused, shown: new Set(shown), later };
  }

  type Resting = { readonly place: string; readonly code: string; readonly until: Date };

  /** Why this post is not tried now: it was refused recently, or its place accepts no messages. */
  async function whyResting(
    post: Post,
    record: PostRecord | undefined,
    refusal: RefusedPostRecord | undefined,
  ): Promise<Resting | null> {
    const place = record?.channel ?? calls.placeOf(post);
    const isSame = refusal?.whole_place || refusal?.hash === hashOf(post);
    if (refusal && isSame && refusal.retry_at > now()) {
      return { place: refusal.place, code: refusal.code, until: refusal.retry_at };
    }
    const refusing = await readRefusingPlace(db, place, now());
    return refusing ? { place, code: refusing.code, until: refusing.retryAt } : null;
  }

  /** Another message to the same place was refused: this one waits for the same time, without being tried. */
  async function rest(
    requestId: number,
    post: Post,
    refusal: RefusedPostRecord | undefined,
    { place, code, until }: Resting,
  ): Promise<void> {
    if (refusal?.retry_at.getTime() === until.getTime()) return;
    const about = { requestId, key: post.key, hash: hashOf(post) };
    await setRefused(db, { ...about, place, code, wholePlace: true, retryAt: until });
  }

  async function refuse(
    requestId: number,
    post: Post,
    record: PostRecord | undefined,
    code: string,
    restMs: number,
  ): Promise<void> {
    const retryAt = new Date(now().getTime() + restMs);
    log.error({ request: requestId, key: post.key, code, retryAt }, 'Slack refuses a message');
    const wholePlace = isAboutThePlace(code);
    const place = record?.channel ?? calls.placeOf(post);
    const about = { requestId, key: post.key, hash: hashOf(post) };
    await setRefused(db, { ...about, place, code, wholePlace, retryAt });
  }

  async function show(
    run: PostingRun,
    post: Post,
    parent: PostRecord | undefined,
    record: PostRecord | undefined,
  ): Promise<PostRecord> {
    const { requestId } = run;
    const hash = hashOf(post);
    if (!record) return first(run, post, parent);
    if (record.ts === null) {
      const place = {
        botUserId,
        channel: record.channel,
        threadTs: threadOf(post, parent) ?? null,
        since: record.attempted_at,
      };
      const lost = { requestId, key: post.key, fileName: post.file?.name ?? null };
      const ts = await calls.find(run, lost, place);
      if (ts === null) return first(run, post, parent, record);
      log.info({ request: requestId, key: post.key }, 'found a message whose answer was lost');
      if (!post.file) return edit(run, post, { ...record, ts }, hash);
      await setPosted(db, requestId, post.key, { ts, hash });
      return { ...record, ts, hash };
    }
    return edit(run, post, { ...record, ts: record.ts }, hash);
  }

  /** @param former the mark of a try whose message certainly does not exist */
  async function first(
    run: PostingRun,
    post: Post,
    parent: PostRecord | undefined,
    former?: PostRecord,
  ): Promise<PostRecord> {
    const { requestId } = run;
    const channel = former?.channel ?? (await calls.channelOf(run, post));
    const at = former?.attempted_at ?? now();
    const threadTs = threadOf(post, parent);
    const mark = async () => {
      const sinceMark = startStopwatch();
      await markPosting(db, { requestId, key: post.key, channel, at });
      // The message is searched for first, so that it is not posted twice, even when only the wall clock shows that
      // time has passed.
      if (sinceMark.elapsedMs() > markCountsForMs || sinceMark.isInDoubt()) {
        throw new Error(
          'this process slept after a mark: another bot may have posted the message by now',
        );
      }
    };
    try {
      const ts = await calls.post(run, post, { channel, threadTs }, mark);
      const hash = hashOf(post);
      await setPosted(db, requestId, post.key, { ts, hash });
      return {
        request_id: requestId,
        key: post.key,
        channel,
        ts,
        hash,
        attempted_at: at,
        edit_mark: null,
        edit_sent_at: null,
        unsettled_at: null,
        edited_again: 0,
        unsure_answers: 0,
      };
    } catch (error) {
      if (isSurelyNotDone(error)) await unmarkPosting(db, requestId, post.key);
      throw error;
    }
  }

  function edit(
    run: PostingRun,
    post: Post,
    record: PostRecord & { ts: string },
    hash: string,
  ): Promise<PostRecord> {
    return edits.edit(record, hash, (mark) => calls.update(run, post, record, mark));
  }

  return { project };
}

/** After a mark that is older than this, the message is searched for first. */
const markCountsForMs = 5_000;

function editAgain(at: Date): PostponedError {
  return new PostponedError(at, 'an edit that nobody heard of may still take effect');
}

/** The earlier of two retry times. After a failure the job is retried soon anyway. */
function sooner(later: Error | null, postponed: PostponedError): Error {
  if (!later) return postponed;
  return later instanceof PostponedError && later.until > postponed.until ? postponed : later;
}

function hashOf(post: Post): string {
  return createHash('sha256')
    .update(JSON.stringify([post.text, post.blocks]))
    .digest('hex');
}
