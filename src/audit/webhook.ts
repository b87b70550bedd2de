/**
 * Sends every event of the audit trail to an address, such as a SIEM's, in the order of the chain and at least once.
 * Deliveries are signed as https://www.standardwebhooks.com describes, so that its libraries can verify them. The
 * last accepted place is stored in the database, so nothing is lost when the bot ends, and only one of several bots
 * sends.
 */
import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import type { WebhookConfig } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { Db } from '../storage/database.ts';
import {
  claimWebhook,
  noteRefused,
  noteTaken,
  openWebhook,
  readEventsAfter,
  type SentEvent,
} from './webhook-store.ts';

/** The consequence of a failure. */
export type Outcome = 'first-failure' | 'failure' | 'given-up';

export type WebhookTiming = {
  readonly everyMs: number;
  readonly answerWithinMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly giveUpAfterMs: number;
};

const standardTiming: WebhookTiming = {
  everyMs: 2_000,
  answerWithinMs: 10_000,
  firstPauseMs: 5_000,
  longestPauseMs: 15 * 60_000,
  giveUpAfterMs: 3 * 24 * 3_600_000,
};

const eventsAtOnce = 100;

/** Longer than one delivery can take, so that two bots never send the same events at the same time. */
const claimMargin = 3;

/**
 * Sends new events now and every few seconds, until it is stopped. A refused event is retried after pauses of 5
 * seconds to 15 minutes. After three days the webhook is given up until the next start, and the operators are
 * notified.
 */
export function keepWebhook(deps: {
  readonly db: Db;
  readonly log: Logger;
  readonly config: WebhookConfig;
  readonly now: () => Date;
  readonly tellOperators: (what: Problem) => Promise<void>;
  readonly timing?: Partial<WebhookTiming>;
}): { stop(): Promise<void> } {
  const { db, log, config, now, tellOperators } = deps;
  const timing = { ...standardTiming, ...deps.timing };
  const host = new URL(config.url).host;
  const stopping = new AbortController();
  let isOpen = false;

  const sendNew = async (): Promise<void> => {
    if (!isOpen) await openWebhook(db);
    isOpen = true;
    while (!stopping.signal.aborted) {
      const from = await claimWebhook(db, timing.answerWithinMs * claimMargin);
      if (from === null) return;
      const events = await readEventsAfter(db, from, eventsAtOnce);
      const last = events.at(-1);
      if (!last) return noteTaken(db, from);
      const wrong = await deliver(config, events, now(), timing.answerWithinMs);
      if (wrong !== null) return refused(wrong);
      await noteTaken(db, last.seq);
      if (events.length < eventsAtOnce) return;
    }
  };

  const refused = async (wrong: string): Promise<void> => {
    const outcome = await noteRefused(db, wrong, {
      firstMs: timing.firstPauseMs,
      mostMs: timing.longestPauseMs,
      giveUpAfterMs: timing.giveUpAfterMs,
    });
    if (outcome === 'failure') return;
    const facts = { host, wrong };
    if (outcome === 'first-failure') {
      log.warn(facts, 'the webhook of the audit trail does not take events; it is tried again');
      return;
    }
    log.error(facts, 'the webhook of the audit trail was given up; the next start tries again');
    await tellOperators(problem('webhook.given-up', { host, wrong }));
  };

  const attempt = () =>
    sendNew().catch((error: unknown) =>
      log.debug({ err: error }, 'the audit trail could not be read for its webhook'),
    );
  let under = attempt();
  const timer = setInterval(() => {
    under = under.then(attempt);
  }, timing.everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await under;
    },
  };
}

/** One delivery; null when it was accepted, otherwise the problem in a few words without secrets. */
async function deliver(
  config: WebhookConfig,
  events: readonly SentEvent[],
  at: Date,
  withinMs: number,
): Promise<string | null> {
  const body = bodyOf(events, at);
  // The same events have the same id, so that a receiver can recognize duplicates.
  const id = `audit_${events[0]?.seq}_${events.at(-1)?.seq}`;
  const seconds = Math.floor(at.getTime() / 1000);
  try {
    const answer = await fetch(config.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(config.secret, id, seconds, body),
      },
      body,
      signal: AbortSignal.timeout(withinMs),
      // A redirect is not followed: the operator named this address and no other.
      redirect: 'manual',
    });
    await answer.body?.cancel();
    return answer.ok ? null : `it answered ${answer.status}`;
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return isLate ? `it did not answer within ${withinMs / 1000} s` : 'it could not be reached';
  }
}

/** Each event as it is hashed, with its place in the chain. */
function bodyOf(events: readonly SentEvent[], at: Date): string {
  const written = events.map(
    ({ seq, hash, previousHash, body }) =>
      `{"seq":${seq},"previousHash":"${previousHash}","hash":"${hash}","event":${body}}`,
  );
  return `{"type":"audit.events","timestamp":"${at.toISOString()}","data":{"events":[${written.join(',')}]}}`;
}

/** The header `webhook-signature`: `v1,` and HMAC-SHA-256 of id, time and body, in base64. */
export function signatureOf(
  secret: Uint8Array,
  id: string,
  timestampSeconds: number,
  body: string,
): string {
  const signed = `${id}.${timestampSeconds}.${body}`;
  return `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`;
}
