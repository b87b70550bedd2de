/** Refusals end with the names of the people who can take the action instead. */

import { readGivenApprovals } from '../../approvals/approvals-store.ts';
import {
  planOf,
  planWithEscalation,
  readDecider,
  readRequestedProfilesNow,
  readRequesterIdentity,
} from '../../approvals/decider.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem, sentenceOf } from '../../errors/problem.ts';
import { judgeApprover, judgeDenier, withoutStepUp } from '../../policy/approver.ts';
import type { Services } from '../../services.ts';
import type { JobData } from '../../storage/queues.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { fewNames } from '../../text/lists.ts';
import { readCheckedContent } from '../store/checked-content-store.ts';
import { readRequest } from '../store/requests-store.ts';
import { approverCandidates } from '../submit/approver-candidates.ts';
import { whyMayNotSeeRows } from './may-see-rows.ts';

type Refused = Pick<JobData<'decide'>, 'requestId' | 'personId' | 'what'>;
type Kind = Refused['what']['kind'];

/**
 * The maximum number of people that are checked. Each can cost a few calls to Slack and one to Connect, whose rate is
 * limited.
 */
const mostLookedAt = 8;

/** Refusals after which another person has to act; any other can be corrected by the person who pressed. */
const leavesItToOthers: ReadonlySet<string> = new Set<Problem['code']>([
  'decision.own-request',
  'decision.own-request-twice',
  'decision.vouched-for',
  'decision.not-approver',
  'decision.needs-create',
  'decision.more-than-held',
  'decision.grants-not-held',
  'decision.less-limited',
  'decision.profile-out-of-reach',
  'decision.user-out-of-reach',
  'decision.counted',
  'decision.counted-as',
  'decision.together-lacking',
  'break-glass.not-named',
  'cancel.not-yours-deny',
  'resume.needs-second',
  'resume.deputy',
]);

/** The parameters of a refusal that name a person of the request. */
const namesSomebody = ['requester', 'who'] as const;

/** These require the same as an approval; all other choices require only the right to decide. */
const needsApprover: ReadonlySet<Kind> = new Set<Kind>(['approve', 'change', 'break-glass']);

/** Actions that the requester may take as well. */
const isForRequester: ReadonlySet<Kind> = new Set<Kind>([
  'pause',
  'resume',
  'cancel-rest',
  'retry',
  'move',
  'evidence',
]);

/**
 * The same refusal in words that match the pressed button, ending with the names of people who can take the action.
 * Without names when nobody is known, and when Slack, Connect or the database does not answer. Never throws.
 */
export async function nameOtherApprovers(
  services: Services,
  refused: Refused,
  refusal: Problem,
): Promise<Problem> {
  const isNaming = namesSomebody.some((param) => refusal.params[param] !== undefined);
  if (isNaming && !(await mayKnowPeople(services, refused))) return problem('request.unknown');
  const why = inWordsOf(refused.what.kind, refusal);
  if (!leavesItToOthers.has(refusal.code)) return why;
  try {
    const record = await readRequest(services.db, refused.requestId);
    const instanceClient = record && services.instanceClients.get(record.instance);
    if (!record || !instanceClient) return why;
    const names = await whoCan(services, instanceClient, record, refused);
    return names.length > 0 ? withNames(why, refused.what.kind, fewNames(names)) : why;
  } catch (error) {
    services.log.info(
      { err: error, request: refused.requestId },
      'could not find out who may approve',
    );
    return why;
  }
}

/**
 * A forged click can contain any request's number. Who requested or decided it is shown only to people who may see
 * it.
 */
async function mayKnowPeople(
  services: Services,
  { requestId, personId }: Refused,
): Promise<boolean> {
  const why = await whyMayNotSeeRows(services, requestId, personId).catch((error: unknown) => {
    services.log.info({ err: error, request: requestId }, 'could not find out who may approve');
    return problem('request.unknown');
  });
  return why === null;
}

function inWordsOf(kind: Kind, why: Problem): Problem {
  if (why.code !== 'decision.own-request') return why;
  if (kind === 'deny') return problem('decision.deny-own', { instance: why.params.instance ?? '' });
  return kind === 'lift-limit' ? problem('resume.needs-second') : why;
}

function withNames(why: Problem, kind: Kind, others: string): Problem {
  switch (why.code) {
    case 'decision.own-request':
      return problem('decision.own-request-others', { others });
    case 'decision.deny-own':
      return problem('decision.deny-own-others', { others });
    case 'cancel.not-yours-deny':
      return problem('cancel.not-yours-others', { requester: why.params.requester ?? '', others });
    default:
      return problem('decision.refused-others', {
        why: sentenceOf(why),
        others,
        what: needsApprover.has(kind) ? 'approve' : kind === 'deny' ? 'deny' : 'do',
      });
  }
}

/**
 * Names of people who could do it, most likely first: people in the policy, earlier deciders in this instance, people
 * with links in the policy, members of the requests channel. Neither Slack nor Connect lists all of them, so there
 * can be more. Data up to a minute old is sufficient, because no decision depends on it.
 */
async function whoCan(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  refused: Refused,
): Promise<string[]> {
  const { personId, what } = refused;
  const plan = planWithEscalation(record, planOf(record, instanceClient));
  const isApproval = needsApprover.has(what.kind);
  const asked = isApproval
    ? await readRequestedProfilesNow(
        instanceClient,
        await readCheckedContent(services.db, record.id),
        {
          fresh: false,
        },
      )
    : null;
  if (isApproval && !asked) return [];
  const given = await readGivenApprovals(services.db, record.id);
  const requesterIdentity = await readRequesterIdentity(services, instanceClient, record);
  const place = { instance: record.instance, channel: record.requests_channel };
  const candidates = await approverCandidates(services, place, plan.approval);
  const ids = candidates.filter((id) => id !== record.requester_id && id !== personId);

  const nameIfMay = async (id: string): Promise<string | null> => {
    const person = await services.people.person(id);
    if (!person) return null;
    const options = { asked, fresh: false };
    const { facts } = await readDecider(services, instanceClient, person, plan, options);
    const may = isApproval
      ? judgeApprover(withoutStepUp(plan), given, facts, requesterIdentity).allowed
      : judgeDenier(plan, facts, requesterIdentity) === null;
    if (!may) return null;
    return id === personId ? 'You' : person.name;
  };
  const unknown = (error: unknown) => {
    services.log.info({ err: error, request: record.id }, 'could not find out who may approve');
    return null;
  };
  // A person who may not withdraw a request may still be able to deny it.
  const looked = [...(what.kind === 'cancel' ? [personId] : []), ...ids.slice(0, mostLookedAt)];
  const names = await Promise.all(looked.map((id) => nameIfMay(id).catch(unknown)));
  return [
    ...(isForRequester.has(what.kind) &&
    personId !== record.requester_id &&
    (await mayKnowPeople(services, refused))
      ? [record.requester_name]
      : []),
    ...names.filter((name) => name !== null),
  ];
}
