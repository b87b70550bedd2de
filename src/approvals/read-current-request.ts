/** Reads the current state of a request, and how it differs from what approvers were shown. */
import type { RequestedAccess } from '../auth/holdings.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { type Problem, problem, sentenceOf } from '../errors/problem.ts';
import { type Binding, bindingOf, whatChanged } from '../policy/approval-binding.ts';
import type { Plan } from '../policy/approver.ts';
import type { StepUp } from '../policy/rule.ts';
import {
  type CheckedContent,
  readCheckedContent,
} from '../requests/store/checked-content-store.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { planOf, readRequestedProfilesNow } from './decider.ts';
import { routeRequest } from './judge-request.ts';

/** The current request, read from the database, Connect and the policy. */
export type CurrentRequest = {
  readonly plan: Plan;
  readonly binding: Binding;
  readonly profiles: RequestedAccess;
  /** The differences from what was requested; empty when there are none. */
  readonly changes: readonly string[];
};

/**
 * A problem when the policy would no longer allow the request. The requester is read again as well, because the
 * policy is applied to them at the moment of the click.
 *
 * @param content the future content of the request; when left out, the content in the database
 */
export async function readCurrentRequest(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  content?: CheckedContent,
): Promise<CurrentRequest | Problem> {
  content ??= await readCheckedContent(services.db, record.id);
  const profiles = await readRequestedProfilesNow(instanceClient, content);
  if (!profiles) return deletedProfileProblem(record);
  const route = await routeRequest(
    services,
    instanceClient,
    {
      requesterId: record.requester_id,
      reason: record.reason,
      asked: content.asked.total(profiles.asked),
      profiles,
    },
    { fresh: true },
  );
  if (route.kind === 'refused') {
    return problem('decision.not-allowed-now', { why: sentenceOf(route.problem) });
  }
  // The requester could create it without approval now, but approvals were already requested.
  const plan = route.kind === 'ask' ? route.plan : planOf(record, instanceClient);
  const binding = bindingOf(content.contentHash, profiles.asked, plan);
  const changes = record.binding ? whatChanged(record.binding, binding) : [];
  return { plan, binding, profiles, changes };
}

/**
 * The fresh sign-in that is required from a person who decides: the one in the request's stored plan, or the policy's
 * current one for requests from before plans were stored. Throws `ConnectReadError` when Connect does not answer.
 */
export async function readStepUp(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
): Promise<StepUp | null | Problem> {
  if (record.plan) return record.plan.approval.stepUp ?? null;
  const current = await readCurrentRequest(services, instanceClient, record);
  return 'code' in current ? current : (current.plan.approval.stepUp ?? null);
}

/** A profile was deleted after the rows were checked. */
export function deletedProfileProblem(record: RequestRecord): Problem {
  const { instance, requester_name: requester } = record;
  return problem('decision.profile-gone', { instance, requester });
}
