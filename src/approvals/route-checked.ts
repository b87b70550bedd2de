/** Selects the next transition of a request whose rows were just checked. */
import type { RequestedAccess } from '../auth/holdings.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import type { Problem } from '../errors/problem.ts';
import { type Binding, bindingOf } from '../policy/approval-binding.ts';
import type { Plan } from '../policy/approver.ts';
import type { RequestedValues } from '../policy/facts.ts';
import { simpleApproval } from '../policy/read-rules.ts';
import { reminderTimes } from '../policy/reminders.ts';
import type { Route } from '../requests/model/decision-transitions.ts';
import { readCheckedContent } from '../requests/store/checked-content-store.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { readRequestedProfilesNow } from './decider.ts';
import { routeRequest } from './judge-request.ts';
import { deletedProfileProblem } from './read-current-request.ts';

export type CheckedRoute = Route & { readonly plan: Plan; readonly binding: Binding };

/** Applies the policy; returns a problem when it refuses. The requester was read a moment ago, or is read now. */
export async function routeChecked(
  services: Services,
  instanceClient: InstanceClient,
  request: {
    readonly requesterId: string;
    readonly reason: string | null;
    readonly asked: RequestedValues;
    readonly profiles: RequestedAccess;
    readonly contentHash: string;
    /** The values were chosen by another person, a workflow's builder, and the requester has not seen them. */
    readonly isUnseen?: boolean;
  },
  options: { readonly fresh: boolean } = { fresh: false },
): Promise<CheckedRoute | Problem> {
  const route = await routeRequest(services, instanceClient, request, options);
  if (route.kind === 'refused') return route.problem;
  const isOwn = route.kind === 'create' && !request.isUnseen;
  const plan = route.kind === 'create' && request.isUnseen ? ownConfirms(route.plan) : route.plan;
  const binding = bindingOf(request.contentHash, request.profiles.asked, plan);
  return {
    own: isOwn ? route.basis : null,
    expiresAfterMs: plan.approval.expiresAfterMs,
    plan,
    binding,
    bindingHash: binding.hash,
    wakeAfterMs: reminderTimes(plan.approval),
    facts: {
      rule: plan.rule,
      policyHash: plan.policyHash,
      bindingHash: binding.hash,
      users: request.asked.users,
      risks: request.asked.risks,
      stages: plan.approval.stages.map(({ name, count }) => ({ name, count })),
    },
  };
}

/**
 * A person who may create users alone approves on the card, which shows what would be created. Anybody else who may
 * approve can do so too.
 */
function ownConfirms(plan: Plan): Plan {
  const { expiresAfterMs } = plan.approval;
  return { ...plan, approval: simpleApproval({ allowOwn: true, expiresAfterMs }) };
}

/** The same for stored rows, which are those of a file. */
export async function routeStored(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
): Promise<CheckedRoute | Problem> {
  const content = await readCheckedContent(services.db, record.id);
  const { contentHash, asked } = content;
  const profiles = await readRequestedProfilesNow(instanceClient, content);
  if (!profiles) return deletedProfileProblem(record);
  const request = {
    requesterId: record.requester_id,
    reason: record.reason,
    asked: asked.total(profiles.asked),
    profiles,
    contentHash,
  };
  return routeChecked(services, instanceClient, request, { fresh: true });
}
