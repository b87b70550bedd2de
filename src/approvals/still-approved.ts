/** Whether an approved request is still what was approved (H2): looked at before its rows are sent. */
import type { InstanceClient } from '../connect/instance-client.ts';
import { bindingOf, whatChanged } from '../policy/binding.ts';
import { simpleApproval } from '../policy/read-rules.ts';
import { readCheckedContent } from '../requests/store/checked-content.ts';
import { step } from '../requests/store/step.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { askAgainIn } from './ask-again.ts';
import { planOf, readAskedNow } from './decider.ts';

/**
 * `approved`: exactly these rows, and profiles that let people do what they did then. `asked-again`: the request
 * has changed, its approvals are void, and it waits for new ones. `edited`: rows of a request differ that was
 * approved before profiles were bound. Answers of Connect may be a minute old: whoever approved read them then.
 * Throws `ConnectReadError`.
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
  const profiles = await readAskedNow(instanceClient, content, { fresh: false });
  // A profile that was deleted is refused by Connect, row by row, with its reason.
  if (!profiles && content.contentHash === decision.contentHash) return 'approved';
  if (!profiles) return 'edited';
  const asked = planOf(record, instanceClient);
  const binding = bindingOf(content.contentHash, profiles.asked, asked);
  if (binding.hash === decision.bindingHash) return 'approved';
  const changes = whatChanged(before, binding);
  // What was created at once needs somebody to agree now.
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
