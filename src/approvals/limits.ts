/** The circuit breaker: how many users an hour and a day, per instance and per approver. */
import type { InstanceConfig, UserLimits } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { Services } from '../services.ts';
import type { Tx } from '../storage/database.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { countCreatedSince, lockLimits } from './course-store.ts';

const hourMs = 3_600_000;

/**
 * Begins creating unless this many users more would be too many just now; answers why they would. Requests that begin at the
 * same moment are compared one after the other, and each counts for the next.
 *
 * @param claim marks the request as one that is being created
 */
export function beginWithinLimits(
  { db, now }: Pick<Services, 'db' | 'now'>,
  config: Pick<InstanceConfig, 'alias' | 'limits'>,
  record: RequestRecord,
  waiting: number,
  claim: (tx: Tx) => Promise<void>,
): Promise<Problem | null> {
  return db.transaction().execute(async (tx) => {
    if (config.limits) await lockLimits(tx, config.alias);
    const tooMany = await whyTooMany(tx, now(), config, record, waiting);
    if (!tooMany) await claim(tx);
    return tooMany;
  });
}

async function whyTooMany(
  tx: Tx,
  now: Date,
  config: Pick<InstanceConfig, 'alias' | 'limits'>,
  record: RequestRecord,
  waiting: number,
): Promise<Problem | null> {
  const { limits } = config;
  if (!limits || record.limit_lifted || waiting === 0) return null;
  const approver = record.decision?.by ?? null;
  const checks: readonly [number | null, number, string | null][] = [
    ...periods(limits).map(([most, ms]) => [most, ms, null] as const),
    ...periods(limits.perApprover).map(([most, ms]) => [most, ms, approver] as const),
  ].map(([most, ms, who]) => [most, ms, who]);
  for (const [most, ms, who] of checks) {
    if (most === null) continue;
    const created = await countCreatedSince(tx, {
      instance: config.alias,
      since: new Date(now.getTime() - ms),
      approverId: who,
      exceptRequest: record.id,
    });
    if (created + waiting <= most) continue;
    const whose = who === null ? config.alias : (record.decision?.byName ?? 'one approver');
    const period = ms === hourMs ? 'an hour' : 'a day';
    return problem('create.limit', { most, period, whose, created, waiting });
  }
  return null;
}

function periods(limits: Pick<UserLimits, 'perHour' | 'perDay'>): [number | null, number][] {
  return [
    [limits.perHour, hourMs],
    [limits.perDay, 24 * hourMs],
  ];
}
