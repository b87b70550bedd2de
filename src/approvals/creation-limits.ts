/** The circuit breaker: how many users an hour and a day, per instance and per approver. */
import type { InstanceConfig, UserLimits } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { Services } from '../services.ts';
import type { Tx } from '../storage/database.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { countCreatedSince, lockLimits } from './reminders-and-limits-store.ts';

const hourMs = 3_600_000;

/**
 * Begins creating unless this number of additional users would exceed a limit now; returns the reason, or null.
 * Requests that begin at the same moment are compared one after the other, and each counts for the next.
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
  // Each approver has granted these users, so the limit of every approver applies.
  const checks = [
    ...periods(limits).map(([most, ms]) => [most, ms, null] as const),
    ...[...approversOf(record)].flatMap((who) =>
      periods(limits.perApprover).map(([most, ms]) => [most, ms, who] as const),
    ),
  ];
  for (const [most, ms, approver] of checks) {
    if (most === null) continue;
    const created = await countCreatedSince(tx, {
      instance: config.alias,
      since: new Date(now.getTime() - ms),
      approverId: approver?.[0] ?? null,
      exceptRequest: record.id,
    });
    if (created + waiting <= most) continue;
    const whose = approver?.[1] ?? config.alias;
    const period = ms === hourMs ? 'an hour' : 'a day';
    return problem('create.limit', { most, period, whose, created, waiting });
  }
  return null;
}

/** Everybody who approved: Slack id and name. */
function approversOf({ decision }: RequestRecord): Map<string, string> {
  if (!decision) return new Map();
  const all = (decision.approvers ?? []).map(({ id, name }) => [id, name] as const);
  return new Map([...all, [decision.by, decision.byName]]);
}

function periods(limits: Pick<UserLimits, 'perHour' | 'perDay'>): [number | null, number][] {
  return [
    [limits.perHour, hourMs],
    [limits.perDay, 24 * hourMs],
  ];
}
