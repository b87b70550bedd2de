/**
 * Accepts a person who returns from the identity provider: once, in the same browser, as the same person, just signed
 * in.
 */

import { readStepUp } from '../approvals/read-current-request.ts';
import { textHash } from '../audit/audit-event.ts';
import { appendEvent } from '../audit/audit-store.ts';
import { readConnectUser } from '../auth/authority.ts';
import { judgeSignIn, type SignedIn } from '../auth/judge-sign-in.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { boundHash } from '../policy/approval-binding.ts';
import type { StepUp } from '../policy/rule.ts';
import { readRequest } from '../requests/store/requests-store.ts';
import { authorityDeps, type Services } from '../services.ts';
import { type JobData, queues } from '../storage/queues.ts';
import type { RequestRecord, SignInRecord } from '../storage/schema.ts';
import { type LinkPurpose, proveBySignIn, readLinkPurpose } from './prove-link.ts';
import type { Provider } from './provider.ts';
import { endSignIn, readByState, setSignedIn } from './sign-ins-store.ts';

export type Taken = {
  /** The number of the sign-in; absent when there is none. */
  readonly id?: number;
  /** Null when the choice is being executed. */
  readonly why: Problem | null;
};

/**
 * Accepts the answer of the provider. The result is also posted in Slack, and written to the audit trail.
 *
 * @param browserOf the secret in the browser's cookie for a sign-in
 */
export async function takeSignIn(
  { services, provider }: { readonly services: Services; readonly provider: Provider },
  url: URL,
  browserOf: (id: number) => string,
): Promise<Taken> {
  const { db, log, now } = services;
  const state = url.searchParams.get('state') ?? '';
  const asked = await readByState(db, textHash(state));
  if (!asked) return { why: problem('sign-in.over') };
  const { id } = asked;
  if (asked.ended_at) return { why: problem('sign-in.over') };
  const browser = browserOf(id);
  // This does not end the sign-in: a person who has only seen the address must not be able to end it.
  if (textHash(browser) !== asked.browser_hash) return { why: problem('sign-in.other-browser') };
  if (!(await endSignIn(db, id, now()))) return { why: problem('sign-in.over') };
  const purpose = await readPurpose(services, asked);
  if ('code' in purpose) return refuse(services, asked, purpose);
  const { needed } = purpose;
  const signedIn = await provider.signedIn(url.search, { state, browser, needed });
  if ('problem' in signedIn) {
    const { detail, problem: why } = signedIn;
    const about =
      purpose.kind === 'link' ? { link: purpose.link.id } : { request: purpose.record.id };
    log.warn({ ...about, code: why.code, detail }, 'a sign-in was not completed');
    return refuse(services, asked, signedIn.problem);
  }
  if (purpose.kind === 'link') {
    const why = await proveBySignIn(services, asked, purpose, signedIn);
    return why ? refuse(services, asked, why, signedIn) : { id, why: null };
  }
  const { record } = purpose;
  const why = await whyNot(services, asked, record, needed, signedIn);
  if (why) return refuse(services, asked, why, signedIn);
  await db.transaction().execute(async (tx) => {
    await setSignedIn(tx, id, signedIn.signIn);
    const details = { signIn: id, bindingHash: asked.binding_hash, ...signedIn.signIn };
    const event = { kind: 'signed-in', actor: asked.person_id, details };
    await appendEvent(tx, record.id, event, now());
    const data = { ...choiceOf(asked), signIn: id };
    // A separate key, so that a different waiting click is not merged with it.
    const singletonKey = `${queues.decide.key(data)} sign-in ${id}`;
    await services.jobs.enqueue(tx, { queue: 'decide', data, singletonKey });
  });
  return { id, why: null };
}

type RequestPurpose = {
  readonly kind: 'request';
  readonly record: RequestRecord;
  readonly needed: StepUp;
};

/** The choice for which the sign-in is made, or why it has no purpose anymore. */
export async function readPurpose(
  services: Services,
  asked: SignInRecord,
): Promise<RequestPurpose | LinkPurpose | Problem> {
  if (asked.request_id === null) return readLinkPurpose(services, asked);
  const record = await readRequest(services.db, asked.request_id);
  if (!record || asked.expires_at <= services.now()) return problem('sign-in.over');
  const state = choiceOf(asked).what.kind === 'lift-limit' ? 'paused' : 'awaiting_approval';
  const isSame = record.state === state && (boundHash(record) ?? '') === asked.binding_hash;
  const instanceClient = services.instanceClients.get(record.instance);
  if (!isSame || !instanceClient) return problem('decision.content-changed');
  try {
    const needed = await readStepUp(services, instanceClient, record);
    if (!needed) return problem('decision.content-changed');
    return 'code' in needed ? needed : { kind: 'request', record, needed };
  } catch (error) {
    if (error instanceof ConnectReadError) return problem('decision.could-not-check');
    throw error;
  }
}

/** Whether it was the person who pressed the button, by their current names in Slack and Connect. */
async function whyNot(
  services: Services,
  asked: SignInRecord,
  record: RequestRecord,
  needed: StepUp,
  signedIn: SignedIn,
): Promise<Problem | null> {
  const person = await services.people.person(asked.person_id, { fresh: true });
  const instanceClient = services.instanceClients.get(record.instance);
  if (!person || !instanceClient) return problem('person.not-active');
  const bySlack = judgeSignIn(signedIn, needed, [person.email], services.now());
  if (bySlack?.code !== 'sign-in.other-person') return bySlack;
  const user = await readConnectUser(authorityDeps(services), instanceClient, person, {
    fresh: true,
  }).catch((error: unknown) => {
    if (error instanceof ConnectReadError) return null;
    throw error;
  });
  if (!user) return problem('decision.could-not-check');
  const username = user.kind === 'known' ? user.username : undefined;
  return judgeSignIn(signedIn, needed, [username], services.now());
}

async function refuse(
  services: Services,
  asked: SignInRecord,
  why: Problem,
  signedIn?: SignedIn,
): Promise<Taken> {
  const { code } = why;
  const details = { signIn: asked.id, code, ...signedIn?.signIn };
  await services.db.transaction().execute(async (tx) => {
    const event = { kind: 'sign-in-refused', actor: asked.person_id, details };
    await appendEvent(tx, asked.request_id, event, services.now());
  });
  // The bot may not be a member of the channel in which the command was typed.
  const { channel, threadTs } =
    asked.request_id === null ? { channel: asked.person_id, threadTs: undefined } : choiceOf(asked);
  await services.sendEphemeral({ channel, person: asked.person_id, threadTs }, why);
  return { id: asked.id, why };
}

/** What the person chose in Slack. */
export function choiceOf(asked: SignInRecord): JobData<'decide'> {
  return queues.decide.data.parse(asked.choice);
}
