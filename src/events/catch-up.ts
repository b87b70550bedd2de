/**
 * Searches for files that were posted while the bot could not accept them: while it was down, or while the database
 * or Slack was unavailable for longer than Slack retries a delivery. The search runs at the start, after an outage
 * and periodically, in requests channels, direct messages and threads. Each file is taken once, like any other
 * delivery (H5).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import { watchChannel } from '../requests/store/files-store.ts';
import type { Services } from '../services.ts';
import { retryOnRateLimit } from '../slack/retry-on-rate-limit.ts';
import { slackFailureOf } from '../slack/slack-failure.ts';
import { isForBot, parseFileMessage, submitFilesOfMessage } from './file-message.ts';
import { storeMessageOfThread } from './thread-messages.ts';

/** How far back a search goes. Deliveries are remembered longer (requests/end-overdue.ts). */
export const lookBackMs = 7 * 24 * 60 * 60 * 1000;
/**
 * A search begins this long before the last successful one began, because work that was running then may have failed
 * afterward.
 */
const overlapMs = 10 * 60_000;
const everyMs = 10 * 60_000;
/** The delay after a failed search, because the database or Slack is still unavailable. */
const againAfterMs = 2_000;
/** How often the bot checks whether an outage of the connections to Slack is over. */
const watchEveryMs = 2_000;
/** conversations.history may be called about fifty times per minute, and the cards use it too. */
const mostDirectMessages = 500;
const pauseAfter = 20;
const pauseMs = 1_300;
const longestWaitMs = 60_000;

/** Used in place of a channel id: since when the bot may read direct messages. */
const directMessages = 'direct messages';

export type CatchUp = {
  /** Files may have been missed, so a search starts as soon as possible. */
  soon(): void;
  stop(): Promise<void>;
};

/**
 * Starts with a full search in the background.
 *
 * @param openConnections how many connections to Slack are open; null when that is unknown (HTTP)
 */
export function startCatchUp(
  services: Services,
  client: WebClient,
  openConnections: () => number | null,
): CatchUp {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** A full search is pending. */
  let wanted = true;
  let wasCutOff = false;
  let lastGoodMs: number | null = null;
  /**
   * Both are values of `performance.now()`: when the next regular search is due, and the earliest time at which a
   * search may begin.
   */
  let dueAt = 0;
  let notBefore = 0;

  async function look(): Promise<void> {
    const isFull = wanted;
    wanted = false;
    const startedAt = services.now().getTime();
    const fromMs = lastGoodMs === null ? startedAt - lookBackMs : lastGoodMs - overlapMs;
    try {
      const isWhole = await lookForMissed(services, client, { fromMs, isFull, signal });
      dueAt = performance.now() + everyMs;
      if (isWhole) {
        lastGoodMs = startedAt;
      } else {
        // Another bot is searching direct messages, and may have begun before this one missed something.
        wanted = true;
        notBefore = performance.now() + services.timing.directLookEveryMs;
      }
    } catch (error) {
      if (signal.aborted) return;
      services.log.warn({ err: error }, 'could not look for files posted meanwhile');
      wanted ||= isFull;
      notBefore = performance.now() + againAfterMs;
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const isCutOff = openConnections() === 0;
      if (wasCutOff && !isCutOff) wanted = true;
      wasCutOff = isCutOff;
      const at = performance.now();
      if (at >= notBefore && (wanted || at >= dueAt)) await look();
      await sleep(watchEveryMs, undefined, { signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    soon() {
      wanted = true;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

type Look = {
  readonly fromMs: number;
  /** Also searches direct messages, of which there can be many. */
  readonly isFull: boolean;
  readonly signal: AbortSignal;
};

/**
 * One search. A conversation that cannot be read is skipped; an outage ends the search. False when direct messages
 * were skipped because another bot has just searched them: Slack limits how often that can be done.
 */
async function lookForMissed(services: Services, client: WebClient, look: Look): Promise<boolean> {
  const { db, now, config } = services;
  for (const channel of new Set(config.instances.map((instance) => instance.requestsChannel))) {
    const since = await watchChannel(db, channel, now());
    await skipRefusedChannel(services, channel, () =>
      readConversation(services, client, { id: channel, kind: 'channel' }, since, look),
    );
  }
  const since = await watchChannel(db, directMessages, now());
  if (!look.isFull) return true;
  if (!(await claimDirectLook(services))) return false;
  const conversations: string[] = [];
  await skipRefusedChannel(services, directMessages, async () => {
    conversations.push(...(await readDirectMessages(services, client)));
  });
  for (const [index, id] of conversations.entries()) {
    if (look.signal.aborted) return false;
    if (index >= pauseAfter) await sleep(pauseMs, undefined, { signal: look.signal });
    await skipRefusedChannel(services, id, () =>
      readConversation(services, client, { id, kind: 'im' }, since, look),
    );
  }
  return true;
}

/** Allows one of all bots to search direct messages in each interval. */
function claimDirectLook({ db, now, timing }: Services): Promise<boolean> {
  const receivedAt = now();
  const span = Math.floor(receivedAt.getTime() / timing.directLookEveryMs);
  return rememberDelivery(db, { id: `direct look ${span}`, kind: 'direct-look', receivedAt });
}

/** Skips what Slack does not allow the bot to read; any other error ends the search, which is retried. */
async function skipRefusedChannel(services: Services, channel: string, read: () => Promise<void>) {
  try {
    await read();
  } catch (error) {
    if (slackFailureOf(error)?.kind !== 'refused') throw error;
    services.log.warn({ err: error, channel }, 'could not look for files posted meanwhile');
  }
}

async function readDirectMessages(services: Services, client: WebClient): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = { types: 'im', limit: 200, ...(cursor ? { cursor } : {}) };
    const answer = await withRateLimitRetries(() => client.conversations.list(page));
    found.push(...(answer.channels ?? []).flatMap(({ id }) => id ?? []));
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor && found.length < mostDirectMessages);
  if (found.length > mostDirectMessages) {
    services.log.warn({ looked: mostDirectMessages }, 'not all direct messages are looked at');
  }
  return found.slice(0, mostDirectMessages);
}

type Conversation = { readonly id: string; readonly kind: 'channel' | 'im' };

const parent = z.object({
  ts: z.string(),
  latest_reply: z.string(),
  reply_users: z.array(z.string()).default([]),
});

async function readConversation(
  services: Services,
  client: WebClient,
  conversation: Conversation,
  since: Date,
  { fromMs }: Look,
): Promise<void> {
  const channel = conversation.id;
  const wantedFromMs = Math.max(since.getTime(), fromMs);
  // A new reply can be under a message that is older than the search.
  const oldestMs = Math.max(since.getTime(), services.now().getTime() - lookBackMs);
  const { botUserId } = services.people.home;
  let cursor: string | undefined;
  do {
    const page = {
      channel,
      oldest: String(oldestMs / 1000),
      limit: 200,
      ...(cursor ? { cursor } : {}),
    };
    const answer = await withRateLimitRetries(() => client.conversations.history(page));
    for (const candidate of answer.messages ?? []) {
      // An edit may have added the mention.
      const at = candidate.edited?.ts ?? candidate.ts;
      if (isSince(at, wantedFromMs)) await submitFoundFile(services, conversation, candidate);
      const root = parent.safeParse(candidate).data;
      const hasPeople = root?.reply_users.some((user) => user !== botUserId);
      if (root && hasPeople && isSince(root.latest_reply, wantedFromMs)) {
        await readThread(services, client, conversation, root.ts, wantedFromMs);
      }
    }
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor);
}

async function readThread(
  services: Services,
  client: WebClient,
  conversation: Conversation,
  ts: string,
  fromMs: number,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const oldest = String(fromMs / 1000);
    const page = {
      channel: conversation.id,
      ts,
      oldest,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    };
    const answer = await withRateLimitRetries(() => client.conversations.replies(page));
    for (const candidate of answer.messages ?? []) {
      if (candidate.ts === ts) continue;
      await storeMessageOfThread(services, {
        type: 'message',
        ...candidate,
        channel: conversation.id,
      });
      await submitFoundFile(services, conversation, candidate);
    }
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor);
}

async function submitFoundFile(services: Services, { id, kind }: Conversation, candidate: unknown) {
  const message = parseFileMessage(candidate);
  if (!message || !isForBot(services, message, kind)) return;
  await submitFilesOfMessage(services, message, id, { personId: message.user, isSender: true });
}

function isSince(ts: string | undefined, fromMs: number): boolean {
  return Number(ts ?? 0) * 1000 >= fromMs;
}

function withRateLimitRetries<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  return retryOnRateLimit(call, { longestWaitMs });
}
