/** The circuit breaker: how many users an hour and a day, per instance and per approver. */
import type { InstanceConfig, UserLimits } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { countCreatedSince } from './course-store.ts';

const hourMs = 3_600_000;

/** Why this many users more would be too many just now; null when they would not. */
export async function whyTooMany(
  services: Pick<Services, 'db' | 'now'>,
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
    const since = new Date(services.now().getTime() - ms);
    const created = await countCreatedSince(services.db, config.alias, since, who);
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
