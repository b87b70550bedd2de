/** Reads the person who decides about a request, and the approvals that the request needs. */
import { readCeilingRules, readConnectUser, readRequestedProfiles } from '../auth/authority.ts';
import type { RequestedAccess } from '../auth/holdings.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import type { Problem } from '../errors/problem.ts';
import {
  type ApproverFacts,
  judgeDenier,
  type Plan,
  type RequesterIdentity,
} from '../policy/approver.ts';
import { simpleApproval } from '../policy/read-rules.ts';
import { withEscalation } from '../policy/reminders.ts';
import type { CheckedContent } from '../requests/store/checked-content-store.ts';
import { authorityDeps, type Services } from '../services.ts';
import type { SlackPerson } from '../slack/slack-person.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { type PersonReading, readPerson } from './person-facts.ts';

/**
 * The approvals that a request needs. For a request from before rules existed, the short form of the policy applies.
 */
export function planOf(record: RequestRecord, instanceClient: InstanceClient): Plan {
  const { allowOwn, expiresAfterMs } = instanceClient.config.approval;
  return (
    record.plan ?? {
      rule: 'approval',
      policyHash: '',
      approval: simpleApproval({ allowOwn, expiresAfterMs }),
      aboveCeiling: { usergroups: [], people: [] },
      ticket: null,
    }
  );
}

/** The plan, including the additional approvers since the request was escalated. */
export function planWithEscalation(record: RequestRecord, plan: Plan): Plan {
  return withEscalation(plan, record.escalated_at !== null);
}

/** User groups whose members the plan accepts. */
function usergroupsOf({ approval, aboveCeiling }: Plan): string[] {
  const { stages, escalation, breakGlass } = approval;
  const named = [...stages, aboveCeiling, escalation, breakGlass];
  return [...new Set(named.flatMap((who) => who?.usergroups ?? []))];
}

/**
 * What a person may do about a request now. `asked` is null when the decision gives nobody access. Throws
 * `ConnectReadError` when Connect does not answer.
 */
export function readDecider(
  services: Services,
  instanceClient: InstanceClient,
  person: SlackPerson,
  plan: Plan,
  options: { readonly asked: RequestedAccess | null; readonly fresh: boolean },
): Promise<PersonReading> {
  return readPerson(services, instanceClient, person, {
    usergroups: usergroupsOf(plan),
    asked: options.asked,
    fresh: options.fresh,
  });
}

/** The requester, also as a Connect user: nobody approves their own request through another Slack account (H3). */
export async function readRequesterIdentity(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
): Promise<RequesterIdentity> {
  return {
    instance: record.instance,
    requesterId: record.requester_id,
    requesterUserIds: await requesterUserIds(services, instanceClient, record),
  };
}

/**
 * A person who denies, steers, or lifts a limit, read again now, and why they may not (null when they may). These
 * actions give nobody access, so the person's permissions are not compared with the request. Throws
 * `ConnectReadError`.
 */
export async function readDenier(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  person: SlackPerson,
): Promise<{
  facts: ApproverFacts;
  requesterIdentity: RequesterIdentity;
  refusal: Problem | null;
}> {
  const plan = planWithEscalation(record, planOf(record, instanceClient));
  const options = { asked: null, fresh: true };
  const { facts } = await readDecider(services, instanceClient, person, plan, options);
  const requesterIdentity = await readRequesterIdentity(services, instanceClient, record);
  return { facts, requesterIdentity, refusal: judgeDenier(plan, facts, requesterIdentity) };
}

/** The requested profiles as they are now; null when one of them was deleted in the meantime. */
export async function readRequestedProfilesNow(
  instanceClient: InstanceClient,
  content: Pick<CheckedContent, 'securityProfiles' | 'scopes'>,
  options: { readonly fresh: boolean } = { fresh: true },
): Promise<RequestedAccess | null> {
  try {
    const snapshot = await instanceClient.directory.get();
    // A renamed profile is shown with its current name.
    const named = content.securityProfiles.map(
      (profile) => snapshot.securityProfileById(profile.id) ?? profile,
    );
    return {
      asked: await readRequestedProfiles(instanceClient, named, options),
      users: content.scopes,
      rules: await readCeilingRules(instanceClient),
    };
  } catch (error) {
    if (error instanceof ConnectReadError && error.kind === 'not-found') return null;
    throw error;
  }
}

/**
 * The Connect user of the requester when the request was checked, and the current one: an email address or a link can
 * have changed since then. Throws `ConnectReadError`, because nobody may decide without an answer.
 */
async function requesterUserIds(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
): Promise<string[]> {
  const ids = request.requester_connect ? [request.requester_connect.userId] : [];
  const person = await services.people.person(request.requester_id);
  if (!person) return ids;
  const deps = authorityDeps(services);
  const now = await readConnectUser(deps, instanceClient, person, { fresh: false });
  return now.kind === 'known' ? [...ids, now.userId] : ids;
}
