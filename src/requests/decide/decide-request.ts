/** Approve, deny, cancel: stored when clicked, then authorized with current data for the person who clicked. */

import { readDenier } from '../../approvals/decider.ts';
import { whyNotActive } from '../../auth/active-person.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { logContext } from '../../operations/log-context.ts';
import type { Services } from '../../services.ts';
import { signInOf } from '../../sign-in/ask-sign-in.ts';
import { spendSignIn } from '../../sign-in/sign-ins-store.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import { contentDigest } from '../../storage/content-digest.ts';
import type { Db } from '../../storage/database.ts';
import type { JobData } from '../../storage/queues.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { currentTraceParent } from '../../tracing/span.ts';
import { joinRequest } from '../../tracing/traced.ts';
import { unlessUsernameRequested } from '../check/requested-usernames.ts';
import { paused, restCancelled, retried, unpaused } from '../model/creating-transitions.ts';
import { cancelled, denied, rowsRequested } from '../model/decision-transitions.ts';
import { checkedAgain } from '../model/failed-check-transitions.ts';
import { evidenceRequested, limitLifted } from '../model/reminder-and-limit-transitions.ts';
import { rescheduled } from '../model/schedule-transitions.ts';
import {
  type Actor,
  notReadyOrOver,
  type RequestHead,
  type Transition,
} from '../model/transition.ts';
import { type Claim, claimDelivery } from '../store/deliveries-store.ts';
import { readPausedBy } from '../store/history-store.ts';
import { countRetryable, headOf, readRequest } from '../store/requests-store.ts';
import { step } from '../store/step.ts';
import { prepareApproval, prepareWithdrawal } from './approve-request.ts';
import { prepareBreakGlass, prepareEvidence, prepareLiftLimit } from './break-glass-and-limits.ts';
import { prepareChange } from './change-request.ts';
import { prepareLeaveOut } from './leave-out.ts';
import { nameOtherApprovers } from './name-other-approvers.ts';
import type { Prepared } from './prepared-step.ts';
import { prepareRowsRequest } from './request-rows.ts';
import { sendRefusal } from './send-refusal.ts';
import { whyNotChecked } from './why-not-checked.ts';

/** A person's decision on a card, and where to inform them, and only them, when it did not work. */
export type Choice = JobData<'decide'>;

/**
 * Stores the choice and the job that executes it; only then is the delivery acknowledged (H5). `again` and `changed`
 * when this delivery was stored before: with the same choice, or with another one, which is not stored.
 */
export async function recordChoice(
  services: Services,
  deliveryId: string,
  choice: Choice,
): Promise<Claim['kind']> {
  const { delivery } = logContext();
  if (currentTraceParent() !== null) await joinRequest(services.intake, choice.requestId);
  return services.intake.transaction().execute(async (tx) => {
    const { kind } = await claimDelivery(tx, {
      id: deliveryId,
      kind: choice.what.kind,
      receivedAt: services.now(),
      content: contentDigest(services.config, choice.what),
    });
    if (kind === 'new') {
      const data = { ...choice, ...(delivery === undefined ? {} : { delivery }) };
      await services.jobs.enqueue(tx, { queue: 'decide', data });
    }
    return kind;
  });
}

/** Executes a choice, or informs the person why not. */
export async function executeDecision(services: Services, choice: Choice): Promise<void> {
  const refusal = await decide(services, choice);
  if (refusal)
    await sendRefusal(services, choice, await nameOtherApprovers(services, choice, refusal));
}

/** Why this person may not deny this request now, or null; checked before the form for the reason opens. */
export async function whyNotDeny(
  services: Services,
  requestId: number,
  personId: string,
): Promise<Problem | null> {
  const record = await readRequest(services.db, requestId);
  if (!record) return problem('request.unknown');
  const transition = denied(headOf(record), { id: personId, name: '' }, '', services.now());
  const refused = { requestId, personId, what: { kind: 'deny', reason: '' } } as const;
  if (!transition.ok) return nameOtherApprovers(services, refused, transition.problem);
  try {
    const person = await services.people.person(personId, { fresh: true });
    const refusal = await whyNotDecider(services, record, person);
    return refusal && (await nameOtherApprovers(services, refused, refusal));
  } catch (error) {
    const why = whyNotChecked(error, record.instance);
    if (why) return why;
    throw error;
  }
}

async function decide(services: Services, choice: Choice): Promise<Problem | null> {
  const record = await readRequest(services.db, choice.requestId);
  if (!record) return problem('request.unknown');
  let prepared: Prepared | Problem;
  try {
    prepared = await prepare(services, choice, record);
  } catch (error) {
    const why = whyNotChecked(error, record.instance);
    if (!why) throw error;
    services.log.warn({ err: error, request: choice.requestId }, 'could not check a permission');
    return why;
  }
  if ('code' in prepared) return prepared;
  const { transition, tell = null } = prepared;
  const result = await step(services, choice.requestId, async (head, tx, locked) => {
    const next = await transition(head, services.now(), tx, locked);
    if (!next.ok || choice.signIn === undefined) return next;
    // One sign-in gives one approval, however often its job runs.
    const isFirst = await spendSignIn(tx, choice.signIn, services.now());
    return isFirst ? next : { ok: false, problem: problem('sign-in.over') };
  });
  return result.ok ? tell : result.problem;
}

/**
 * All reads from Slack and Connect, before the transaction, so that no lock is held during a network call. The state
 * is checked first, so that a click on an old card is answered with the current state and not with missing
 * permissions.
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
  if (what.kind === 'ask') {
    return prepareRowsRequest(services, record, actor, what);
  }
  if (what.kind === 'withdraw') return prepareWithdrawal(actor);
  if (what.kind === 'move') return prepareMove(services, record, actor, person, new Date(what.at));
  if (what.kind === 'evidence') {
    if (!person) return problem('person.not-active');
    const isOwn = actor.id === record.requester_id;
    const refusal = isOwn
      ? whyNotActive(person, services.people.home.name)
      : await whyNotDecider(services, record, person);
    if (refusal) return refusal;
    return prepareEvidence(person);
  }
  if (
    what.kind !== 'approve' &&
    what.kind !== 'deny' &&
    what.kind !== 'break-glass' &&
    what.kind !== 'leave-out' &&
    what.kind !== 'change' &&
    what.kind !== 'lift-limit'
  ) {
    return prepareSteering(services, record, actor, person, what.kind);
  }
  if (what.kind === 'deny') {
    const refusal = await whyNotDecider(services, record, person);
    if (refusal) return refusal;
    return { transition: (head, now) => denied(head, actor, what.reason, now) };
  }
  const instanceClient = services.instanceClients.get(record.instance);
  if (!instanceClient) return problem('form.unknown-instance', { instance: record.instance });
  if (!person) return problem('person.not-active');
  const signIn = await signInOf(services, choice, record);
  switch (what.kind) {
    case 'approve':
      return prepareApproval(services, instanceClient, record, person, what.contentHash, signIn);
    case 'change':
      return prepareChange(services, instanceClient, record, person, choice, what);
    case 'leave-out':
      return prepareLeaveOut(services, instanceClient, record, person, what);
    case 'break-glass':
      return prepareBreakGlass(services, instanceClient, record, person, what.reason, signIn);
    case 'lift-limit':
      return prepareLiftLimit(services, instanceClient, record, person, what.reason, signIn);
  }
}

/** The answer from the request's state alone, before any call to Slack or Connect. */
function ofState(
  services: Services,
  record: RequestRecord,
  { personId, what }: Choice,
): Transition | Promise<Transition> {
  const [head, actor, now] = [headOf(record), { id: personId, name: '' }, services.now()];
  switch (what.kind) {
    case 'approve':
    case 'withdraw':
    case 'leave-out':
    case 'change':
    case 'break-glass':
      if (head.state === 'scheduled')
        return { ok: false, problem: notReadyOrOver(head, now, actor) };
      return denied(head, actor, '', now);
    case 'deny':
      return denied(head, actor, '', now);
    case 'move':
      return rescheduled(head, { ...actor, decides: true }, new Date(what.at), now);
    case 'cancel':
      return cancelled(head, actor, now);
    case 'check-again':
      return checkedAgain(head, actor, now);
    case 'lift-limit':
      return limitLifted(head, actor, '', now, { before: record.limit_lifted });
    case 'evidence':
      return evidenceRequested(head, actor);
    case 'ask':
      return rowsRequested(
        head,
        { ...actor, contentHash: what.contentHash },
        { own: null, expiresAfterMs: 0 },
        now,
      );
    default:
      return steering[what.kind](head, actor, now, services.db);
  }
}

const steering = {
  pause: paused,
  resume: unpaused,
  'cancel-rest': restCancelled,
  retry: async (head: RequestHead, by: Actor, now: Date, db: Db) =>
    retried(head, by, await countRetryable(db, head.id), now),
} as const;

/** The requester, and everybody who could have approved the request, may pause, resume, cancel or retry creating. */
async function prepareSteering(
  services: Services,
  record: RequestRecord,
  actor: Actor,
  person: SlackPerson | null,
  kind: keyof typeof steering,
): Promise<Prepared | Problem> {
  const transition = steering[kind];
  const nobody = person
    ? whyNotActive(person, services.people.home.name)
    : problem('person.not-active');
  if (nobody) return nobody;
  const isOwn = actor.id === record.requester_id;
  const pausedBy = isOwn && kind === 'resume' ? await readPausedBy(services.db, record.id) : null;
  // A requester cannot resume what an approver paused.
  if (!isOwn || (pausedBy && pausedBy !== actor.id)) {
    const refusal = await whyNotDecider(services, record, person);
    if (refusal && isOwn && pausedBy) {
      const approver = (await services.people.person(pausedBy))?.name ?? pausedBy;
      return problem('resume.paused-by-approver', { approver });
    }
    if (refusal) return refusal;
  }
  return {
    async transition(head, now, tx) {
      const next = await transition(head, actor, now, tx);
      return kind === 'retry' ? unlessUsernameRequested(tx, record, next, ['failed']) : next;
    },
  };
}

/** Changes the time of a scheduled request, for its requester or for a person who could have approved it. */
async function prepareMove(
  services: Services,
  record: RequestRecord,
  actor: Actor,
  person: SlackPerson | null,
  at: Date,
): Promise<Prepared | Problem> {
  const nobody = person
    ? whyNotActive(person, services.people.home.name)
    : problem('person.not-active');
  if (nobody) return nobody;
  const refusal = await whyNotDecider(services, record, person);
  if (refusal && actor.id !== record.requester_id) return refusal;
  const by = { ...actor, decides: refusal === null };
  return { transition: (head, now) => rescheduled(head, by, at, now) };
}

/** Why a person may not deny or steer, read now. The requested values do not matter: this gives nobody access. */
async function whyNotDecider(
  services: Services,
  record: RequestRecord,
  person: SlackPerson | null,
): Promise<Problem | null> {
  const instanceClient = services.instanceClients.get(record.instance);
  if (!instanceClient) return problem('form.unknown-instance', { instance: record.instance });
  if (!person) return problem('person.not-active');
  const { refusal } = await readDenier(services, instanceClient, record, person);
  return refusal;
}
