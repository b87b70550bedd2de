/** An approver leaves rows out: the request continues with the rest, with a new hash (H2). */

import {
  carryApprovals,
  readApprovals,
  setPlan,
  voidApprovals,
} from '../../approvals/approvals-store.ts';
import { readDenier } from '../../approvals/decider.ts';
import { readCurrentRequest } from '../../approvals/read-current-request.ts';
import { risksOf } from '../../auth/risks.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import type { JobData } from '../../storage/queues.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { count } from '../../text/durations.ts';
import { summarizeUsers } from '../../users/files/file-result.ts';
import type { NewUser } from '../../users/new-user.ts';
import { contentChanged } from '../model/approval-transitions.ts';
import { notReadyOrOver } from '../model/transition.ts';
import { readCheckedContent } from '../store/checked-content-store.ts';
import { leaveRowsOut } from '../store/endings-store.ts';
import { readRequestFile, setFileSummary } from '../store/files-store.ts';
import { setRemarks } from '../store/requests-store.ts';
import { askAgain } from './approve-request.ts';
import type { Prepared } from './prepared-step.ts';

type LeaveOut = Extract<JobData<'decide'>['what'], { readonly kind: 'leave-out' }>;

/**
 * Leaving rows out grants no access, so everybody who may deny may do it; their permissions are read again. The
 * policy then judges the remaining rows as if only these had been requested. Leaving out all rows would be a denial,
 * which has its own button and a reason.
 */
export async function prepareLeaveOut(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  person: SlackPerson,
  { positions, contentHash: shown }: LeaveOut,
): Promise<Prepared | Problem> {
  const { refusal } = await readDenier(services, instanceClient, record, person);
  if (refusal) return refusal;
  const before = await readCurrentRequest(services, instanceClient, record);
  if ('code' in before) return before;
  if (before.changes.length > 0) return askAgain(before);
  if (!record.binding || shown !== record.binding.hash) return problem('decision.content-changed');
  const without = new Set(positions);
  const users: NewUser[] = [];
  const content = await readCheckedContent(services.db, record.id, {
    without,
    each: (user) => users.push(user),
  });
  if (users.length === 0) return problem('leave-out.all');
  const after = await readCurrentRequest(services, instanceClient, record, content);
  if ('code' in after) return after;
  const { plan, binding, profiles } = after;
  // A different rule may require other people's approvals, so the existing approvals do not count for it.
  const mayKeep = plan.approval.keepsWhenLeftOut && binding.planHash === record.binding.planHash;
  return {
    async transition(head, now, tx, locked) {
      if (head.state !== 'awaiting_approval') {
        return { ok: false, problem: notReadyOrOver(head, now, person) };
      }
      if (locked.binding?.hash !== shown) {
        return { ok: false, problem: problem('decision.content-changed') };
      }
      const given = (await readApprovals(tx, head.id)).length;
      const kept = mayKeep ? given : 0;
      const left = await leaveRowsOut(tx, head.id, [...without], {
        by: person.id,
        byName: person.name,
        at: now.toISOString(),
        kept: kept > 0,
      });
      if (left !== without.size) return { ok: false, problem: problem('leave-out.changed') };
      const voided = given - kept;
      if (kept > 0) await carryApprovals(tx, head.id, binding.hash, now);
      else await voidApprovals(tx, head.id, now);
      const what = `${person.name} left out ${count(left, 'row')}`;
      await setPlan(tx, head.id, { plan, binding, voided: voided > 0 ? [what] : null });
      await setRemarks(tx, head.id, {
        risks: risksOf(profiles.asked),
        notices: locked.notices,
      });
      const file = await readRequestFile(tx, head.id);
      if (file?.summary) {
        const { summary } = file;
        await setFileSummary(tx, head.id, {
          ...summary,
          ...summarizeUsers(users),
          good: users.length,
          leftOut: (summary.leftOut ?? 0) + left,
        });
      }
      const approvals = { voided, kept };
      const change = {
        kind: 'rows-left-out' as const,
        rows: left,
        left: users.length,
        plan,
        binding,
        approvals,
      };
      return contentChanged(head, person, now, change);
    },
  };
}
