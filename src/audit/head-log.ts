/**
 * Writes the head of the audit chain to the log every hour. A copy of the log then proves whether the trail was
 * truncated or an older database was restored (`npm run audit -- verify --anchor`).
 */
import type { Logger } from 'pino';
import type { Database } from '../storage/database.ts';
import { type ChainHead, readHead } from './audit-store.ts';

const hourMs = 3_600_000;

/** Another place that stores a head, such as a bucket whose objects cannot be changed. */
export type AnchorStore = { put(head: ChainHead, at: Date): Promise<void> };

/**
 * Writes the head now, every hour, and when the bot stops. A failure is logged, and the next head is written anyway.
 */
export function keepHeadLog(deps: {
  readonly db: Database['db'];
  readonly log: Logger;
  readonly now: () => Date;
  readonly anchors: readonly AnchorStore[];
  readonly everyMs?: number;
}): { stop(): Promise<void> } {
  const { db, log, now, anchors } = deps;
  const write = async () => {
    try {
      const head = await readHead(db);
      if (!head) return;
      log.info({ seq: head.seq, auditHead: head.hash }, 'the head of the audit trail');
      for (const anchor of anchors) await anchor.put(head, now());
    } catch (error) {
      log.warn({ err: error }, 'the head of the audit trail could not be written');
    }
  };
  let under = write();
  const timer = setInterval(() => {
    under = under.then(write);
  }, deps.everyMs ?? hourMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await under;
      await write();
    },
  };
}
