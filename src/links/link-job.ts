/** A choice about a link is stored when it is clicked, executed by one job, and shown in Slack by a second job. */
import type { WebClient } from '@slack/web-api';
import { ConnectReadError } from '../connect/gateway.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { linkEnded, linkQuestion } from '../messages/replies/link-replies.ts';
import { messageText } from '../messages/rich-text.ts';
import { logContext } from '../operations/log-context.ts';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import type { Services } from '../services.ts';
import { findPosted, postEvent } from '../slack/posts/find-posted.ts';
import { slackFailureOf } from '../slack/slack-failure.ts';
import type { GivenUp } from '../storage/job-tries.ts';
import type { JobData } from '../storage/queues.ts';
import type { IdentityLinkRecord } from '../storage/schema.ts';
import { decideLink, removeLink } from './decide-link.ts';
import {
  forgetQuestion,
  markPostingQuestion,
  readLink,
  setQuestionPosted,
  setShownState,
} from './links-store.ts';

type Step = JobData<'link'>;

/** Stores a person's choice, and the job that executes it (H5); a delivery counts once. */
export async function recordLinkChoice(
  services: Services,
  deliveryId: string,
  step: Step,
): Promise<void> {
  const { delivery } = logContext();
  await services.intake.transaction().execute(async (tx) => {
    const received = { id: deliveryId, kind: `link-${step.what}`, receivedAt: services.now() };
    if (!(await rememberDelivery(tx, received))) return;
    const data = { ...step, ...(delivery === undefined ? {} : { delivery }) };
    await services.jobs.enqueue(tx, { queue: 'link', data });
  });
}

/** Executes one step. On failure, the person who chose it gets the reason. */
export async function runLinkJob(
  services: Services,
  client: WebClient,
  { linkId, what, by }: Step,
): Promise<void> {
  if (what === 'show') return showLink(services, client, linkId);
  if (!by) return;
  const { personId, ...where } = by;
  const said = await asReadProblem('', async () => {
    const done =
      what === 'removed'
        ? await removeLink(services, linkId, personId)
        : await decideLink(services, linkId, personId, what);
    if ('code' in done) return done;
    const { person_name: who, connect_username: username } = done.link;
    return what === 'removed' ? problem('link.removed', { who, username }) : null;
  });
  if (said) await services.sendEphemeral({ ...where, person: personId }, said);
}

/** Nothing has changed, and the person who clicked is informed. */
export async function giveUpLink(services: Services, step: Step, why: GivenUp): Promise<void> {
  const { reference } = why;
  if (step.by) {
    const { personId, ...where } = step.by;
    await services.sendEphemeral({ ...where, person: personId }, problem('unexpected', why));
  }
  const number = `link ${step.linkId}`;
  await services.tellOperators(problem('job.gave-up', { queue: 'link', number, reference }));
}

/** A failed read from Connect is reported like any other problem. */
export async function asReadProblem<Answer>(
  instance: string,
  work: () => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    return problem('form.directory-unreachable', { instance, why: 'it isn’t responding' });
  }
}

/** Posts the link request once, or updates its message, and informs the requester of the outcome. */
async function showLink(services: Services, client: WebClient, id: number): Promise<void> {
  const { db, instanceClients, log } = services;
  const link = await readLink(db, id);
  const channel = instanceClients.get(link?.instance ?? '')?.config.requestsChannel;
  if (!link || !channel) return;
  const ts = link.message_ts ?? (await findQuestion(services, client, link, channel));
  if (link.state === 'asked') {
    if (ts === null) await postQuestion(services, client, link, channel);
    return;
  }
  const blocks = linkEnded(
    { personName: link.person_name, username: link.connect_username, instance: link.instance },
    link.state,
    await deciderOf(services, link),
  );
  const message = { text: messageText(blocks), blocks };
  // A removal does not update the message, which permanently shows the decision.
  if (ts !== null && link.state !== 'removed') {
    await client.chat.update({ channel, ts, ...message }).catch((error: unknown) => {
      // The message was deleted, so it has no buttons anymore either.
      if (slackFailureOf(error)?.kind !== 'refused') throw error;
      log.warn({ err: error, channel }, 'a question about a link could not be changed');
    });
  }
  if (!(await setShownState(db, id, link.state))) return;
  // When a sign-in proved the link, no admin had to confirm it. The admins are informed nevertheless.
  const isProof = ts === null && link.state === 'confirmed' && link.proven !== null;
  const told = [
    ...(isProof ? [channel] : []),
    ...(link.removed_by === link.person_id ? [] : [link.person_id]),
  ];
  for (const recipient of told) {
    await client.chat
      .postMessage({ channel: recipient, ...message })
      .catch((error: unknown) => log.warn({ err: error, code: 'link' }, 'could not tell somebody'));
  }
}

/** The name of the person who decided about it or removed it; null when nobody did. */
async function deciderOf(services: Services, link: IdentityLinkRecord): Promise<string | null> {
  const id = link.removed_by ?? link.decided_by;
  return id === null ? null : ((await services.people.person(id))?.name ?? id);
}

/** A link request has no request number. */
const keyOf = (id: number) => ({ request: 0, key: `link ${id}` });

/** The message of the link request whose answer was lost; null when it was never posted. */
async function findQuestion(
  { db, people }: Services,
  client: WebClient,
  { id, posting_at: since }: IdentityLinkRecord,
  channel: string,
): Promise<string | null> {
  if (since === null) return null;
  const { request: requestId, key } = keyOf(id);
  const place = { botUserId: people.home.botUserId, channel, threadTs: null, since };
  const ts = await findPosted(client, { requestId, key, fileName: null }, place);
  if (ts !== null) await setQuestionPosted(db, id, ts);
  return ts;
}

async function postQuestion(
  services: Services,
  client: WebClient,
  link: IdentityLinkRecord,
  channel: string,
): Promise<void> {
  const { db, instanceClients, log, now } = services;
  const instanceClient = instanceClients.get(link.instance);
  const user = await instanceClient?.gateway.describeUser(link.connect_user_id);
  if (!instanceClient || !user || user.username !== link.connect_username) {
    const { instance, connect_username: username } = link;
    return endLinkRequest(services, link, problem('link.no-user', { instance, username }));
  }
  const snapshot = await instanceClient.directory.get();
  const blocks = linkQuestion({
    id: link.id,
    personId: link.person_id,
    personName: link.person_name,
    instance: link.instance,
    username: user.username,
    fullName: [user.firstName, user.lastName].filter(Boolean).join(' '),
    profiles: user.securityProfileIds.map(
      (profile) => snapshot.securityProfileById(profile)?.name ?? profile,
    ),
  });
  await markPostingQuestion(db, link.id, now());
  try {
    const metadata = { event_type: postEvent, event_payload: keyOf(link.id) };
    const message = { channel, text: messageText(blocks), blocks, metadata };
    const { ts } = await client.chat.postMessage(message);
    if (ts) await setQuestionPosted(db, link.id, ts);
  } catch (error) {
    if (slackFailureOf(error)?.kind !== 'refused') throw error;
    log.warn({ err: error, channel }, 'a question about a link could not be posted');
    await endLinkRequest(services, link, problem('link.not-posted'));
  }
}

async function endLinkRequest(services: Services, link: IdentityLinkRecord, why: Problem) {
  await forgetQuestion(services.db, link.id);
  await services.sendEphemeral({ channel: link.person_id, person: link.person_id }, why);
}
