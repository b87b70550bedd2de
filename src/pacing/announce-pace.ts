/**
 * Replicas announce their configured pace to each other. The strictest one applies, and a replica with a faster setting
 * logs that.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Db } from '../storage/database.ts';
import { announce, forgetAnnouncements, readStrictest } from './pace-store.ts';
import { createKey, type PacedInstance, readKey, stricter } from './shared-pace.ts';
import type { PaceSettings } from './token-bucket.ts';

/** Much shorter than the time for which an announcement counts (store.ts). */
const everyMs = 15_000;

export type Announcements = { stop(): Promise<void> };

/**
 * Announces the paces of these instances now and periodically. An unavailable database is not an error here, because
 * nothing is sent without it either.
 */
export async function announcePaces(deps: {
  readonly db: Db;
  readonly instances: readonly PacedInstance[];
  readonly log: Logger;
}): Promise<Announcements> {
  const { db, log } = deps;
  const bot = randomUUID();
  const own = settingsByKey(deps.instances);
  const told = new Map<string, string>();

  const compare = async (key: string, settings: PaceSettings) => {
    await announce(db, key, bot, settings);
    const held = stricter(settings, await readStrictest(db, key));
    const said = `${held.ratePerSecond}/${held.burst}`;
    const differs = held.ratePerSecond < settings.ratePerSecond || held.burst < settings.burst;
    if (differs && told.get(key) !== said) {
      log.warn(
        { pace: key, setHere: settings, held },
        'another bot on this database is set to a stricter pace, which holds for both',
      );
    }
    told.set(key, differs ? said : '');
  };
  const round = async () => {
    try {
      for (const [key, settings] of own) await compare(key, settings);
    } catch (error) {
      log.warn({ err: error }, 'could not tell the other bots what pace this one is set to');
    }
  };

  await round();
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(round);
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await forgetAnnouncements(db, bot);
    },
  };
}

/** Two instances of one Region share a budget: the stricter of their settings applies to this bot. */
function settingsByKey(instances: readonly PacedInstance[]): Map<string, PaceSettings> {
  const byKey = new Map<string, PaceSettings>();
  const add = (key: string, settings: PaceSettings) =>
    byKey.set(key, stricter(settings, byKey.get(key) ?? null));
  for (const instance of instances) {
    add(createKey(instance), instance.pace);
    add(readKey(instance), instance.readPace);
  }
  return byKey;
}
