/** Why a person can decide about a waiting request, or why not, in words for that person only, read now. */

import { readGivenApprovals } from '../../approvals/approvals-store.ts';
import {
  planOf,
  planWithEscalation,
  readDecider,
  readRequestedProfilesNow,
  readRequesterIdentity,
} from '../../approvals/decider.ts';
import { deletedProfileProblem } from '../../approvals/read-current-request.ts';
import { explain } from '../../errors/problem.ts';
import { judgeApprover, judgeDenier, withoutStepUp } from '../../policy/approver.ts';
import type { Services } from '../../services.ts';
import { listed } from '../../text/lists.ts';
import { readCheckedContent } from '../store/checked-content-store.ts';
import { readRequest } from '../store/requests-store.ts';
import { whyNotChecked } from './why-not-checked.ts';

export type DecisionRights = {
  /** Whether they may deny, and therefore leave rows out. */
  readonly mayDeny: boolean;
  readonly mayApprove: boolean;
  /** `You can approve: you hold Users – Create through Admin.` */
  readonly words: string;
};

/** Null when the request does not wait for an approval. */
export async function readDecisionRights(
  services: Services,
  requestId: number,
  personId: string,
): Promise<DecisionRights | null> {
  const record = await readRequest(services.db, requestId);
  const instanceClient = record && services.instanceClients.get(record.instance);
  if (record?.state !== 'awaiting_approval' || !instanceClient) return null;
  const no = (words: string) => ({ mayDeny: false, mayApprove: false, words });
  try {
    const person = await services.people.person(personId, { fresh: true });
    if (!person) return null;
    const content = await readCheckedContent(services.db, record.id);
    const profiles = await readRequestedProfilesNow(instanceClient, content);
    if (!profiles) return no(explain(deletedProfileProblem(record)));
    const plan = planWithEscalation(record, planOf(record, instanceClient));
    const { facts, authority } = await readDecider(services, instanceClient, person, plan, {
      asked: profiles,
      fresh: true,
    });
    const requesterIdentity = await readRequesterIdentity(services, instanceClient, record);
    const given = await readGivenApprovals(services.db, record.id);
    const refusal = judgeDenier(plan, facts, requesterIdentity);
    if (refusal) return no(`You can’t decide. ${explain(refusal)}`);
    const verdict = judgeApprover(withoutStepUp(plan), given, facts, requesterIdentity);
    if (!verdict.allowed) {
      const words = `You can deny, and not approve. ${explain(verdict.problem)}`;
      return { mayDeny: true, mayApprove: false, words };
    }
    const through = listed([...(authority?.holdings?.createThrough ?? [])]);
    const { stages } = plan.approval;
    const principal = facts.deputyFor.find(({ id }) => id === verdict.deputyFor);
    const more = [
      ...(stages.length > 1 ? [` It counts for “${stages[verdict.stage]?.name ?? ''}”.`] : []),
      ...(principal ? [` You decide as the deputy of ${principal.name}.`] : []),
      ...(verdict.aboveCeiling ? [' The policy lets you give more than you hold.'] : []),
      ...(plan.approval.stepUp ? [' It takes a fresh sign-in: a link is shown to you.'] : []),
    ];
    const words = `You can approve: you hold Users – Create through ${through}.${more.join('')}`;
    return { mayDeny: true, mayApprove: true, words };
  } catch (error) {
    const why = whyNotChecked(error, record.instance);
    if (!why) throw error;
    return no(explain(why));
  }
}
