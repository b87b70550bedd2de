/** Who else could approve a request, for somebody who is told that they cannot. */
import { readAskedBy, readDecider } from '../../approvals/decider.ts';
import type { AskedFacts } from '../../auth/verdicts.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { judgeApprover, onceSignedIn, type Plan } from '../../policy/approver.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { approverCandidates } from '../submit/audience.ts';

/** People looked at. Each may cost a few calls to Slack and one to Connect, which has few to give. */
const mostLookedAt = 8;

/**
 * Names of people who could approve this request, most likely first: whom the policy names, who decided in this
 * instance before, whom the policy links, who is in the requests channel. Neither Slack nor Connect can be asked
 * for all of them, so there may be more. A minute-old answer will do, since nothing is decided by it. Never
 * throws: what does not answer names nobody.
 */
export async function whoMayApprove(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
  plan: Plan,
  asked: AskedFacts,
): Promise<string[]> {
  const unknown = (error: unknown) => {
    services.log.info({ err: error, request: request.id }, 'could not find out who may approve');
    return null;
  };
  const place = { instance: request.instance, channel: request.requests_channel };
  const candidates = approverCandidates(services, place, plan.approval);
  const others = (await candidates.catch(unknown)) ?? [];
  const ids = others.filter((id) => id !== request.requester_id);
  const askedBy = await readAskedBy(services, instanceClient, request).catch(unknown);
  if (!askedBy) return [];
  const nameIfMay = async (id: string): Promise<string | null> => {
    const person = await services.people.person(id);
    if (!person) return null;
    const { facts } = await readDecider(services, instanceClient, person, plan, {
      asked,
      fresh: false,
    });
    return judgeApprover(onceSignedIn(plan), [], facts, askedBy).allowed ? person.name : null;
  };
  const names = await Promise.all(
    ids.slice(0, mostLookedAt).map((id) => nameIfMay(id).catch(unknown)),
  );
  return names.filter((name) => name !== null);
}
