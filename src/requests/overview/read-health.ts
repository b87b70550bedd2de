/** The state of the instances, for people who decide in them or operate the bot. */
import type { InstanceHealth } from '../../messages/home/home-health.ts';
import { signInOf } from '../../messages/request-view-model.ts';
import { createKey } from '../../pacing/shared-pace.ts';
import type { Services } from '../../services.ts';
import { defaultUserQuota } from '../check/notices.ts';
import { readFailedSince, readLearnedLimits, readOpenWork } from './health-store.ts';

const errorsWithinMs = 24 * 3600_000;

/** In the order of the configuration; only cached data, so that nobody waits for Connect. */
export async function readHealth(
  services: Services,
  aliases: readonly string[],
): Promise<InstanceHealth[]> {
  const clients = [...services.instanceClients.values()].filter(({ config }) =>
    aliases.includes(config.alias),
  );
  if (clients.length === 0) return [];
  const { db } = services;
  const since = new Date(services.now().getTime() - errorsWithinMs);
  const [open, failed, limits] = await Promise.all([
    readOpenWork(db, aliases),
    readFailedSince(db, aliases, since),
    readLearnedLimits(
      db,
      clients.map(({ config }) => createKey(config)),
    ),
  ]);
  return clients.map(({ config, directory }) => {
    const { alias } = config;
    const known = directory.peek();
    const users = known?.userCount ?? null;
    const work = open.find(({ instance }) => instance === alias);
    const failure = failed.find(({ instance }) => instance === alias);
    return {
      instance: alias,
      requestsChannel: config.requestsChannel,
      signInUrl: signInOf(config, known?.facts ?? null)?.url ?? null,
      users,
      // An instance with more users than AWS's default quota must have another quota, which is not known.
      quota:
        config.userQuota ?? (users !== null && users > defaultUserQuota ? null : defaultUserQuota),
      perSecond: config.pace.ratePerSecond,
      limitPerSecond: limits.get(createKey(config)) ?? null,
      waiting: work?.waiting ?? 0,
      running: work?.running ?? 0,
      held: work?.held ?? 0,
      heldLast: work?.held_id && work.held_why ? { id: work.held_id, why: work.held_why } : null,
      failed: failure?.failed ?? 0,
      failedLast: failure ? { id: failure.id, why: failure.why, at: failure.at } : null,
    };
  });
}
