/** Approve, deny, cancel: recorded as clicked, then authorised afresh for the person who clicked. */

import { readAskedProfiles, readAuthority, readCeilingRules } from '../../auth/authority.ts';
import {
  type AskedFacts,
  type DeciderFacts,
  mayApprove,
  mayDeny,
  ownGround,
} from '../../auth/verdicts.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { Place } from '../../slack/ephemeral.ts';
import type { SlackPerson } from '../../slack/person.ts';
import { contentDigest } from '../../storage/content-digest.ts';
import type { Db } from '../../storage/database.ts';
import type { JobData } from '../../storage/queues.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { fewNames } from '../../text/lists.ts';
import { readRequester } from '../check/read-requester.ts';
import { paused, restCancelled, retried, unpaused } from '../model/creating-transitions.ts';
import { approved, asked, cancelled, denied } from '../model/decision-transitions.ts';
import { checkedAgain } from '../model/failed-check-transitions.ts';
import type { Actor, RequestHead, Transition } from '../model/transition.ts';
import { type CheckedContent, readCheckedContent } from '../store/checked-content.ts';
import { type Claim, claimDelivery } from '../store/deliveries-store.ts';
import { countRetryable, headOf, readRequest } from '../store/requests-store.ts';
import { step } from '../store/step.ts';
import { requesterUserIds } from './requester-user.ts';
import { whoMayApprove } from './who-may-approve.ts';

/** What somebody decided on a card, and where to tell them, and only them, why it did not work. */
export type Choice = JobData<'decide'>;

/**
 * Stores the choice and the job that carries it out; only then is Slack told that it arrived (H5). `again` and
 * `changed` when this delivery was stored before: with the same choice, or with another one, which is not stored.
 */
export function recordChoice(
  services: Services,
  deliveryId: string,
  choice: Choice,
): Promise<Claim['kind']> {
  return services.intake.transaction().execute(async (tx) => {
    const { kind } = await claimDelivery(tx, {
      id: deliveryId,
      kind: choice.what.kind,
      receivedAt: services.now(),
      content: contentDigest(services.config, choice.what),
    });
    if (kind === 'new') await services.jobs.enqueue(tx, { queue: 'decide', data: choice });
    return kind;
  });
}

/** Carries a choice out, or tells the person why not. */
export async function executeDecision(services: Services, choice: Choice): Promise<void> {
  const refusal = await decide(services, choice);
  if (!refusal) return;
  const { channel, personId: person, threadTs } = choice;
  const place: Place = { channel, person, threadTs };
  services.log.info(
    {
      request: choice.requestId,
      person: choice.personId,
      kind: choice.what.kind,
      code: refusal.code,
    },
    'a choice was refused',
  );
  await services.sendEphemeral(place, refusal);
}

/** Why this person may not deny this request now, or null: asked before the reason is asked for. */
export async function whyNotDeny(
  services: Services,
  requestId: number,
  personId: string,
): Promise<Problem | null> {
  const record = await readRequest(services.db, requestId);
  if (!record) return problem('request.unknown');
  const transition = denied(headOf(record), { id: personId, name: '' }, '', services.now());
  if (!transition.ok) return transition.problem;
  try {
    const person = await services.people.person(personId, { fresh: true });
    const facts = await readDecider(services, record, nothingAsked, person);
    if ('code' in facts) return facts;
    const verdict = mayDeny(facts.facts, facts.approval);
    return verdict.allowed ? null : verdict.problem;
  } catch (error) {
    if (error instanceof ConnectReadError) return problem('decision.could-not-check');
    throw error;
  }
}

async function decide(services: Services, choice: Choice): Promise<Problem | null> {
  const record = await readRequest(services.db, choice.requestId);
  if (!record) return problem('request.unknown');
  let transition: Prepared['transition'];
  try {
    const prepared = await prepare(services, choice, record);
    if ('code' in prepared) return prepared;
    transition = prepared.transition;
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    services.log.warn({ err: error, request: choice.requestId }, 'could not check a permission');
    return problem('decision.could-not-check');
  }
  const result = await step(services, choice.requestId, (head, tx) =>
    transition(head, services.now(), tx),
  );
  return result.ok ? null : result.problem;
}

/** The step to take, once the request is locked. `db` reads what belongs to that very moment. */
type Prepared = {
  readonly transition: (head: RequestHead, now: Date, db: Db) => Transition | Promise<Transition>;
};

/**
 * Everything that must be asked of Slack and Connect, before the transaction: no lock is held while a
 * network answers. The state is looked at first, so that an old card answers what is true, not what the
 * person may.
 */
async function prepare(
  services: Services,
  choice: Choice,
  record: RequestRecord,
): Promise<Prepared | Problem> {
  const { what } = choice;
  const early = await ofState(services, record, choice);
  if (!early.ok) return early.problem;
  const person = await services.people.person(choice.personId, { fresh: true });
  const actor = { id: choice.personId, name: person?.name ?? choice.personId };
  if (what.kind === 'cancel') return { transition: (head, now) => cancelled(head, actor, now) };
  if (what.kind === 'check-again') {
    return { transition: (head, now) => checkedAgain(head, actor, now) };
  }
  if (what.kind === 'ask') return prepareAsk(services, record, actor);
  if (what.kind !== 'approve' && what.kind !== 'deny') {
    return prepareSteering(services, record, actor, person, what.kind);
  }
  if (what.kind === 'deny') {
    // Saying no gives nothing away, so what was asked for does not matter to it.
    const decider = await readDecider(services, record, nothingAsked, person);
    if ('code' in decider) return decider;
    const verdict = mayDeny(decider.facts, decider.approval);
    if (!verdict.allowed) return verdict.problem;
    return { transition: (head, now) => denied(head, actor, what.reason, now) };
  }
  const content = await readCheckedContent(services.db, record.id);
  const { contentHash } = content;
  const decider = await readDecider(services, record, content, person);
  if ('code' in decider) return decider;
  const verdict = mayApprove(decider.approval, decider.facts);
  if (!verdict.allowed) {
    if (verdict.problem.code !== 'decision.own-request') return verdict.problem;
    const others = await whoMayApprove(services, record, decider.facts);
    return others.length > 0
      ? problem('decision.own-request-others', { others: fewNames(others) })
      : verdict.problem;
  }
  if (what.contentHash !== contentHash) return problem('decision.content-changed');
  const { expiresAfterMs } = decider.approval;
  const by = { ...actor, ground: verdict.ground, contentHash, expiresAfterMs };
  return { transition: (head, now) => approved(head, by, now) };
}

/** What the request's state says to it, before anything is asked of Slack or Connect. */
function ofState(
  services: Services,
  record: RequestRecord,
  { personId, what }: Choice,
): Transition | Promise<Transition> {
  const [head, actor, now] = [headOf(record), { id: personId, name: '' }, services.now()];
  switch (what.kind) {
    case 'approve':
    case 'deny':
      return denied(head, actor, '', now);
    case 'cancel':
      return cancelled(head, actor, now);
    case 'check-again':
      return checkedAgain(head, actor, now);
    case 'ask':
      return asked(head, actor, { own: null, expiresAfterMs: 0 }, now);
    default:
      return steering[what.kind](head, actor, now, services.db);
  }
}

/** The uploader asks for the good rows; whether an approval is needed is found out now. */
async function prepareAsk(
  services: Services,
  record: RequestRecord,
  actor: Actor,
): Promise<Prepared | Problem> {
  const instanceClient = services.instanceClients.get(record.instance);
  if (!instanceClient) return problem('form.unknown-instance', { instance: record.instance });
  const requester = await readRequester(services, instanceClient, actor.id);
  if (requester.problem) return requester.problem;
  const content = await readCheckedContent(services.db, record.id);
  const facts = await readAsked(instanceClient, content);
  if (!facts) return profileGone(record);
  const { approval } = instanceClient.config;
  const own = ownGround(approval, { holdings: requester.holdings, ...facts });
  const route = { own, expiresAfterMs: approval.expiresAfterMs };
  return { transition: (head, now) => asked(head, actor, route, now) };
}

const steering = {
  pause: paused,
  resume: unpaused,
  'cancel-rest': restCancelled,
  retry: async (head: RequestHead, by: Actor, now: Date, db: Db) =>
    retried(head, by, await countRetryable(db, head.id), now),
} as const;

/** Whoever asked may steer what is being created or was, and whoever could have approved it. */
async function prepareSteering(
  services: Services,
  record: RequestRecord,
  actor: Actor,
  person: SlackPerson | null,
  kind: keyof typeof steering,
): Promise<Prepared | Problem> {
  const transition = steering[kind];
  if (actor.id !== record.requester_id) {
    const decider = await readDecider(services, record, nothingAsked, person);
    if ('code' in decider) return decider;
    const verdict = mayDeny(decider.facts, decider.approval);
    if (!verdict.allowed) return verdict.problem;
  }
  return { transition: (head, now, db) => transition(head, actor, now, db) };
}

/** Somebody deleted a profile since the rows were checked. */
function profileGone(record: RequestRecord): Problem {
  const { instance, requester_name: requester } = record;
  return problem('decision.profile-gone', { instance, requester });
}

/** Who decides, read afresh; a problem when there is nobody, or nothing to decide in. */
async function readDecider(
  services: Services,
  record: RequestRecord,
  content: Content,
  person: SlackPerson | null,
) {
  const instanceClient = services.instanceClients.get(record.instance);
  if (!instanceClient) return problem('form.unknown-instance', { instance: record.instance });
  if (!person) return problem('person.not-active');
  const deps = { people: services.people, policy: services.config.identity };
  const authority = await readAuthority(deps, instanceClient, person, { fresh: true });
  const asked = await readAsked(instanceClient, content);
  if (!asked) return profileGone(record);
  const facts: DeciderFacts = {
    ...authority,
    teamName: services.people.home.name,
    instance: record.instance,
    requesterId: record.requester_id,
    requesterUserIds: await requesterUserIds(services, instanceClient, record),
    ...asked,
  };
  return { facts, approval: instanceClient.config.approval };
}

type Content = Pick<CheckedContent, 'securityProfiles' | 'scopes'>;

/** Of a choice that hands nothing out. */
const nothingAsked: Content = { securityProfiles: [], scopes: [] };

/** Null when one of the profiles was deleted meanwhile. */
async function readAsked(
  instanceClient: InstanceClient,
  { securityProfiles, scopes: users }: Content,
): Promise<AskedFacts | null> {
  try {
    const asked = await readAskedProfiles(instanceClient, securityProfiles, { fresh: true });
    return { asked, users, rules: await readCeilingRules(instanceClient) };
  } catch (error) {
    if (error instanceof ConnectReadError && error.kind === 'not-found') return null;
    throw error;
  }
}
