/** A request that has changed since it was approved requires all approvals again. */

import type { RequestedAccess } from '../auth/holdings.ts';
import { risksOf } from '../auth/risks.ts';
import type { Binding } from '../policy/approval-binding.ts';
import type { Plan } from '../policy/approver.ts';
import { approvalsRequestedAgain } from '../requests/model/approval-transitions.ts';
import type { RequestHead, Transition } from '../requests/model/transition.ts';
import { setRemarks } from '../requests/store/requests-store.ts';
import type { Tx } from '../storage/database.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { readApprovals, setPlan, voidApprovals } from './approvals-store.ts';

/** Part of a step: voids every approval and records what is requested now. */
export async function requestApprovalsAgain(
  tx: Tx,
  head: RequestHead,
  locked: RequestRecord,
  now: Date,
  current: {
    readonly plan: Plan;
    readonly binding: Binding;
    readonly profiles: RequestedAccess;
    readonly changes: readonly string[];
  },
): Promise<Transition> {
  const { plan, binding, changes, profiles } = current;
  const approvals = (await readApprovals(tx, head.id)).length;
  const transition = approvalsRequestedAgain(head, now, {
    what: changes,
    plan,
    binding,
    approvals,
  });
  if (!transition.ok) return transition;
  await voidApprovals(tx, head.id, now);
  await setPlan(tx, head.id, { plan, binding, voided: changes });
  await setRemarks(tx, head.id, { risks: risksOf(profiles.asked), notices: locked.notices });
  return transition;
}
