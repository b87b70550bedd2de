/** Personal data of ended requests is erased after the policy's number of days, or when a person requests it. */
import type { Logger } from 'pino';
import { appendEvent } from '../audit/audit-store.ts';
import type { Database, Tx } from '../storage/database.ts';
import {
  deleteEndedLinks,
  deleteLinksAbout,
  eraseRequest,
  readErasable,
  readRequestsAbout,
} from './erase-store.ts';

type Deps = { readonly db: Database['db']; readonly now: () => Date };

const dayMs = 24 * 3_600_000;
/** The maximum number of requests erased at once; the rest follows an hour later. */
const atOnce = 200;

/** Erases one request, with its event in the audit trail. */
async function erase(deps: Deps, requestId: number, why: 'retention' | 'asked'): Promise<void> {
  const now = deps.now();
  await deps.db.transaction().execute(async (tx) => {
    const rows = await eraseRequest(tx, requestId, now);
    await appendEvent(tx, requestId, { kind: 'erased', actor: 'bot', details: { rows, why } }, now);
  });
}

/** Erases identity links, with an event in the audit trail for each; returns how many. */
async function eraseLinks(
  deps: Deps,
  why: 'retention' | 'asked',
  take: (tx: Tx) => Promise<number[]>,
): Promise<number> {
  return deps.db.transaction().execute(async (tx) => {
    const links = await take(tx);
    for (const link of links) {
      const event = { kind: 'link-erased', actor: 'bot', details: { link, why } };
      await appendEvent(tx, null, event, deps.now());
    }
    return links.length;
  });
}

/** Erases requests that ended longer ago; returns how many there were. */
export async function eraseOld(deps: Deps, retentionDays: number): Promise<number> {
  const before = new Date(deps.now().getTime() - retentionDays * dayMs);
  const ids = await readErasable(deps.db, before, atOnce);
  for (const id of ids) await erase(deps, id, 'retention');
  await eraseLinks(deps, 'retention', (tx) => deleteEndedLinks(tx, before));
  return ids.length;
}

export type ErasedPerson = {
  readonly erased: readonly number[];
  /** Still open: they have to end first. */
  readonly open: readonly number[];
  /** Identity links that have ended, including those that were confirmed. */
  readonly links: number;
};

/**
 * A person's right to erasure: every ended request with a user of this username or email address, and every identity
 * link to this username or of this Slack id. The permissions that came from a link end with it.
 */
export async function erasePerson(deps: Deps, name: string): Promise<ErasedPerson> {
  const found = await readRequestsAbout(deps.db, name);
  const erased = found.filter(({ ended }) => ended).map(({ id }) => id);
  for (const id of erased) await erase(deps, id, 'asked');
  const links = await eraseLinks(deps, 'asked', (tx) => deleteLinksAbout(tx, name));
  return { erased, links, open: found.filter(({ ended }) => !ended).map(({ id }) => id) };
}

const hourMs = 3_600_000;

/** Erases every hour, and logs how much. Several replicas do no harm, because erasing again changes nothing. */
export function keepRetention(
  deps: Deps & { readonly log: Logger; readonly days: () => number; readonly everyMs?: number },
): { stop(): Promise<void> } {
  const run = async () => {
    try {
      const erased = await eraseOld(deps, deps.days());
      if (erased > 0)
        deps.log.info({ requests: erased }, 'personal data of old requests is erased');
    } catch (error) {
      deps.log.warn({ err: error }, 'old requests could not be erased');
    }
  };
  let underWay = run();
  const timer = setInterval(() => {
    underWay = underWay.then(run);
  }, deps.everyMs ?? hourMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
