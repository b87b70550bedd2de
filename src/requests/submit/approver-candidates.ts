/**
 * Finds out who could approve requests in an instance, and who is notified of them. The form shows both before a
 * request is submitted.
 */
import { readDecider } from '../../approvals/decider.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { LikelyApproval } from '../../messages/approval-lines.ts';
import { withTimeout } from '../../operations/with-timeout.ts';
import { judgeApprover, withoutStepUp } from '../../policy/approver.ts';
import type { Approval } from '../../policy/rule.ts';
import { approvalsOf } from '../../policy/rule.ts';
import type { Services } from '../../services.ts';
import { readDeciders } from '../store/history-store.ts';

export type Audience = {
  /** People who could approve, most likely first; incomplete when `isWhole` is false. */
  readonly approvers: readonly { readonly id: string; readonly name: string }[];
  /** Whether every person known to the bot was considered. */
  readonly isWhole: boolean;
  /** The people who are mentioned on the card or get a direct message. */
  readonly told: readonly string[];
};

export type Audiences = {
  /** The cached result, without waiting; starts a search when there is none, or it is old. */
  peek(instanceClient: InstanceClient, approval: Approval): Audience | undefined;
  /** The same, with a short wait when nothing is known. */
  soon(instanceClient: InstanceClient, approval: Approval): Promise<Audience | undefined>;
};

/** No decision depends on it, and Connect's rate is limited. */
const freshForMs = 5 * 60_000;
const againAfterMs = 2_000;
/** The maximum number of people that are checked, because each can cost a few calls to Slack and to Connect. */
const mostLookedAt = 12;
/** The number of names that are shown; more people are searched only when more have to approve. */
const namesSaid = 3;

export function createAudiences(services: () => Services): Audiences {
  type Kept = {
    at: number;
    known: Audience | undefined;
    reading: Promise<unknown> | null;
  };
  const kept = new Map<string, Kept>();

  function look(instanceClient: InstanceClient, approval: Approval): Kept {
    const key = JSON.stringify([instanceClient.config.alias, approval.stages]);
    const now = services().now().getTime();
    const last = kept.get(key);
    if (last && (last.reading || now - last.at < freshForMs)) return last;
    const entry: Kept = { at: now, known: last?.known, reading: null };
    entry.reading = readAudience(services(), instanceClient, approval)
      .then((audience) => {
        entry.known = audience;
      })
      .catch((error: unknown) => {
        services().log.info({ err: error }, 'could not find out who may approve');
        // A failed read is retried soon, and not only when a cached answer would have expired.
        entry.at = services().now().getTime() - freshForMs + againAfterMs;
      })
      .finally(() => {
        entry.reading = null;
      });
    kept.set(key, entry);
    return entry;
  }

  return {
    peek: (instanceClient, approval) => look(instanceClient, approval).known,
    async soon(instanceClient, approval) {
      const entry = look(instanceClient, approval);
      const { audienceMs } = services().timing.forTheCard;
      if (!entry.known && entry.reading) await withTimeout(entry.reading, audienceMs);
      return entry.known;
    },
  };
}

async function readAudience(
  services: Services,
  instanceClient: InstanceClient,
  approval: Approval,
): Promise<Audience> {
  const { alias, requestsChannel, card } = instanceClient.config;
  const place = { instance: alias, channel: requestsChannel };
  const candidates = await approverCandidates(services, place, approval);
  const needed = Math.max(namesSaid, approvalsOf(approval)) + 1;
  const approvers: { id: string; name: string }[] = [];
  let looked = 0;
  for (const id of candidates.slice(0, mostLookedAt)) {
    if (approvers.length >= needed) break;
    looked += 1;
    const person = await services.people.person(id);
    if (person && (await couldApprove(services, instanceClient, person, approval))) {
      approvers.push({ id, name: person.name });
    }
  }
  const groups = [...card.notify, ...card.directMessage].map(async (id) =>
    id.startsWith('S') ? services.people.membersOfGroup(id) : [id],
  );
  const told = new Set((await Promise.all(groups)).flat());
  return { approvers, isWhole: looked === candidates.length, told: [...told] };
}

/** Whether the person could approve in one of the stages, for another person's request with any access. */
async function couldApprove(
  services: Services,
  instanceClient: InstanceClient,
  person: Parameters<typeof readDecider>[2],
  approval: Approval,
): Promise<boolean> {
  const nobody = { instance: instanceClient.config.alias, requesterId: '', requesterUserIds: [] };
  const plan = {
    rule: '',
    policyHash: '',
    aboveCeiling: { usergroups: [], people: [] },
    ticket: null,
  };
  const whole = { ...plan, approval };
  const options = { asked: null, fresh: false };
  const { facts } = await readDecider(services, instanceClient, person, whole, options);
  return approval.stages.some(
    (stage) =>
      judgeApprover(
        withoutStepUp({ ...plan, approval: { ...approval, stages: [stage] } }),
        [],
        facts,
        nobody,
      ).allowed,
  );
}

/** The warning when too few people could approve; null when there are enough, or when that is not known. */
export function whyNoApprover(
  audience: Audience | undefined,
  approval: Approval,
  requesterId: string,
): Problem | null {
  if (!audience?.isWhole) return null;
  const others = audience.approvers.filter(({ id }) => id !== requesterId || approval.allowOwn);
  const needed = approval.distinctPeople ? approvalsOf(approval) : 1;
  if (others.length >= needed) return null;
  return others.length === 0
    ? problem('notice.no-approver')
    : problem('notice.few-approvers', {
        names: others.map(({ name }) => name).join(', '),
        needed,
      });
}

/** The form's information about the approval; null when the user is created at once. */
export function likelyApproval(
  services: Services,
  instanceClient: InstanceClient,
  personId: string,
  approval: Approval | null,
): LikelyApproval | null {
  if (!approval) return null;
  const audience = services.audiences.peek(instanceClient, approval);
  const others = audience?.approvers.filter(({ id }) => id !== personId || approval.allowOwn) ?? [];
  return {
    needed: approvalsOf(approval),
    approvers: others.slice(0, namesSaid).map(({ name }) => name),
    areMore: !audience?.isWhole || others.length > namesSaid,
    told: audience?.told.filter((id) => id !== personId).length ?? 0,
    warning: whyNoApprover(audience, approval, personId),
  };
}

/** People who could possibly approve in an instance, most likely first. */
export async function approverCandidates(
  services: Services,
  place: { readonly instance: string; readonly channel: string },
  approval: Approval,
): Promise<string[]> {
  const ids = new Set([
    ...approval.stages.flatMap(({ people }) => people),
    ...(await readDeciders(services.db, place.instance, mostLookedAt)),
    ...Object.keys(services.config.identity.links),
    ...(await services.people.membersOf(place.channel)),
  ]);
  ids.delete(services.people.home.botUserId);
  return [...ids];
}
