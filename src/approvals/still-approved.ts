/** Whether an approved request is still what was approved (H2): looked at before its rows are sent. */
import type { AskedFacts } from '../auth/verdicts.ts';
import { whyNotActive } from '../auth/who-may-act.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { bindingOf, whatChanged } from '../policy/approval-binding.ts';
import { judgeDenier, lackedByAll } from '../policy/approver.ts';
import { simpleApproval } from '../policy/read-rules.ts';
import { readCheckedContent } from '../requests/store/checked-content-store.ts';
import { wasAnySent } from '../requests/store/history-store.ts';
import { step } from '../requests/store/step.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { askAgainIn } from './ask-again.ts';
import { planNow, planOf, readAskedBy, readAskedNow, readDecider } from './decider.ts';

/**
 * `approved`: exactly these rows, and profiles that let people do what they did then. `asked-again`: the request has
 * changed, its approvals are void, and it waits for new ones. `edited`: rows of a request differ that was approved
 * before profiles were bound. Answers of Connect may be a minute old: the approvers read them at that time. Throws
 * `ConnectReadError`.
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
  // What was approved long ago and begins only now is looked at as an approval is (H3): all of it, read now.
  const isLater = record.not_before !== null && !(await wasAnySent(services.db, record.id));
  const profiles = await readAskedNow(instanceClient, content, { fresh: isLater });
  // A profile that was deleted is refused by Connect, row by row, with its reason.
  if (!profiles && content.contentHash === decision.contentHash) return 'approved';
  if (!profiles) return 'edited';
  const asked = planOf(record, instanceClient);
  const binding = bindingOf(content.contentHash, profiles.asked, asked);
  const gone = isLater ? await whoMayNoLonger(services, instanceClient, record, profiles) : [];
  if (binding.hash === decision.bindingHash && gone.length === 0) return 'approved';
  const changes = [...whatChanged(before, binding), ...gone];
  // A request that could be created without approval now needs one.
  const { allowOwn, expiresAfterMs } = instanceClient.config.approval;
  const isAtOnce = asked.approval.stages.length === 0;
  const plan = isAtOnce
    ? { ...asked, approval: simpleApproval({ allowOwn, expiresAfterMs }) }
    : asked;
  const rebound = isAtOnce ? bindingOf(content.contentHash, profiles.asked, plan) : binding;
  await step(services, record.id, (head, tx, locked) =>
    askAgainIn(tx, head, locked, services.now(), { plan, binding: rebound, profiles, changes }),
  );
  services.log.warn(
    { request: record.id, changes },
    'an approved request has changed: it asks again',
  );
  return 'asked-again';
}

/** Who asked or agreed and may not do so anymore, in words that stand after “This request has changed:”. */
async function whoMayNoLonger(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  asked: AskedFacts,
): Promise<string[]> {
  const { decision, requester_id: requesterId, requester_name: requesterName } = record;
  if (!decision) return [];
  const plan = planNow(record, planOf(record, instanceClient));
  const askedBy = await readAskedBy(services, instanceClient, record);
  const gone: string[] = [];
  /** Of each approver, what they lack now; null once somebody may give more than they hold. */
  let lacking: string[][] | null = [];
  const requester = await services.people.person(requesterId, { fresh: true });
  if (!requester || whyNotActive(requester, services.people.home.name)) {
    gone.push(`${requesterName} is not active in Slack anymore`);
  }
  const { ground, by, byName, approvers = [{ id: by, name: byName, ground }] } = decision;
  for (const approver of approvers) {
    const person = await services.people.person(approver.id, { fresh: true });
    const options = { asked, fresh: true };
    const reading = person && (await readDecider(services, instanceClient, person, plan, options));
    const mayNot =
      !reading ||
      (ground?.kind === 'own-permission'
        ? !reading.facts.holdsUsersCreate || reading.facts.beyond
        : judgeDenier(plan, reading.facts, askedBy, approver.ground?.stage) ||
          (reading.facts.beyond &&
            plan.approval.ceiling === 'each' &&
            !approver.ground?.aboveCeiling));
    if (mayNot) gone.push(`${approver.name} may not approve all of it anymore`);
    if (approver.ground?.aboveCeiling) lacking = null;
    else lacking?.push([...(reading?.facts.lacks ?? [])]);
  }
  const isTogether = plan.approval.ceiling === 'together' && gone.length === 0;
  if (isTogether && lacking && lackedByAll(lacking).length > 0) {
    gone.push('those who approved do not hold all of it together anymore');
  }
  return gone;
}
