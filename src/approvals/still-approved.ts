/** Checks before rows are sent whether the content of an approved request is still what was approved (H2). */

import { whyNotActive } from '../auth/active-person.ts';
import type { RequestedAccess } from '../auth/holdings.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { bindingOf, whatChanged } from '../policy/approval-binding.ts';
import { judgeDenier, permissionsHeldByNone } from '../policy/approver.ts';
import { simpleApproval } from '../policy/read-rules.ts';
import { fromStoredDecision } from '../requests/model/stored-decision.ts';
import { readCheckedContent } from '../requests/store/checked-content-store.ts';
import { wasAnySent } from '../requests/store/history-store.ts';
import { step } from '../requests/store/step.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import {
  planOf,
  planWithEscalation,
  readDecider,
  readRequestedProfilesNow,
  readRequesterIdentity,
} from './decider.ts';
import { requestApprovalsAgain } from './request-approvals-again.ts';

/**
 * `approved`: exactly these rows, and profiles with the same permissions as then. `asked-again`: the request has
 * changed, its approvals are void, and it waits for new ones. `edited`: the rows differ in a request that was
 * approved before profiles were bound. Answers of Connect may be a minute old, because the approvers' permissions
 * were read at the time of their approval. Throws `ConnectReadError`.
 */
export async function checkStillApproved(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
): Promise<'approved' | 'asked-again' | 'edited'> {
  const content = await readCheckedContent(services.db, record.id);
  const { decision, binding: before } = record;
  if (!before || decision?.bindingHash === undefined) {
    return content.contentHash === decision?.contentHash ? 'approved' : 'edited';
  }
  // A request that was approved long ago and begins only now is checked completely, with current data, as for an
  // approval (H3).
  const isLater = record.not_before !== null && !(await wasAnySent(services.db, record.id));
  const profiles = await readRequestedProfilesNow(instanceClient, content, { fresh: isLater });
  // Connect refuses each row with a deleted profile and gives the reason.
  if (!profiles && content.contentHash === decision.contentHash) return 'approved';
  if (!profiles) return 'edited';
  const asked = planOf(record, instanceClient);
  const binding = bindingOf(content.contentHash, profiles.asked, asked);
  const gone = isLater ? await whoMayNoLonger(services, instanceClient, record, profiles) : [];
  if (binding.hash === decision.bindingHash && gone.length === 0) return 'approved';
  const changes = [...whatChanged(before, binding), ...gone];
  // The policy would create this request without an approval, but a changed request needs one.
  const { allowOwn, expiresAfterMs } = instanceClient.config.approval;
  const isAtOnce = asked.approval.stages.length === 0;
  const plan = isAtOnce
    ? { ...asked, approval: simpleApproval({ allowOwn, expiresAfterMs }) }
    : asked;
  const rebound = isAtOnce ? bindingOf(content.contentHash, profiles.asked, plan) : binding;
  await step(services, record.id, (head, tx, locked) =>
    requestApprovalsAgain(tx, head, locked, services.now(), {
      plan,
      binding: rebound,
      profiles,
      changes,
    }),
  );
  services.log.warn(
    { request: record.id, changes },
    'an approved request has changed: it asks again',
  );
  return 'asked-again';
}

/** The requester or approvers who may not do so anymore, in words that follow “This request has changed:”. */
async function whoMayNoLonger(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  asked: RequestedAccess,
): Promise<string[]> {
  const { requester_id: requesterId, requester_name: requesterName } = record;
  const decision = fromStoredDecision(record.decision);
  if (!decision) return [];
  const plan = planWithEscalation(record, planOf(record, instanceClient));
  const requesterIdentity = await readRequesterIdentity(services, instanceClient, record);
  const gone: string[] = [];
  /**
   * For each approver, the permissions that they lack now; null when at least one of them may grant more than they
   * hold.
   */
  let lacking: string[][] | null = [];
  const requester = await services.people.person(requesterId, { fresh: true });
  if (!requester || whyNotActive(requester, services.people.home.name)) {
    gone.push(`${requesterName} is not active in Slack anymore`);
  }
  const { basis, by, byName, approvers = [{ id: by, name: byName, basis }] } = decision;
  for (const approver of approvers) {
    const person = await services.people.person(approver.id, { fresh: true });
    const options = { asked, fresh: true };
    const reading = person && (await readDecider(services, instanceClient, person, plan, options));
    const mayNot =
      !reading ||
      (basis?.kind === 'own-permission'
        ? !reading.facts.holdsUsersCreate || reading.facts.beyond
        : judgeDenier(plan, reading.facts, requesterIdentity, approver.basis?.stage) ||
          (reading.facts.beyond &&
            plan.approval.ceiling === 'each' &&
            !approver.basis?.aboveCeiling));
    if (mayNot) gone.push(`${approver.name} may not approve all of it anymore`);
    if (approver.basis?.aboveCeiling) lacking = null;
    else lacking?.push([...(reading?.facts.lacks ?? [])]);
  }
  const isTogether = plan.approval.ceiling === 'together' && gone.length === 0;
  if (isTogether && lacking && permissionsHeldByNone(lacking).length > 0) {
    gone.push('those who approved do not hold all of it together anymore');
  }
  return gone;
}
