/** New users who were selected from Slack get a welcome there after their creation, each once. */
import { problem } from '../../errors/problem.ts';
import { signInOf, type Welcome } from '../../messages/request-view-model.ts';
import { welcomeKey, welcomePost } from '../../messages/welcome.ts';
import type { Services } from '../../services.ts';
import type { Projector } from '../../slack/posts/projector.ts';
import type { RequestRecord, RowRecord } from '../../storage/schema.ts';
import { fullName } from '../../users/full-name.ts';
import { whyNotAdded } from '../submit/slack-members.ts';
import { signInFacts } from './sign-in-facts.ts';

export type Welcomes = {
  /** By the row's position; nothing for a row without a welcome, or while it waits. */
  readonly of: ReadonlyMap<number, Welcome>;
  /** The error that the caller throws at the end, in order to be called again. */
  readonly later: Error | null;
};

/** Sends the due ones through the projector, which never sends one twice, whatever happens in between. */
export async function sendWelcomes(
  services: Services,
  projector: Projector,
  request: RequestRecord,
  known: { readonly rows: readonly RowRecord[]; readonly posted: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<Welcomes> {
  const config = services.instanceClients.get(request.instance)?.config;
  const due = known.rows.filter((row) => row.state === 'created' && row.slack_member !== null);
  const of = new Map<number, Welcome>();
  if (!config?.welcome || request.state !== 'done' || due.length === 0) return { of, later: null };
  const signIn = signInOf(config, await signInFacts(services, request));
  const posts = [];
  for (const { position, slack_member: member, new_user: user, password_plan } of due) {
    if (!user || member === null) continue;
    const isThere = known.posted.has(welcomeKey(position));
    const person = isThere ? undefined : await readFresh(services, member);
    const name = fullName(user);
    if (person !== undefined && whyNotAdded(person) !== null) {
      of.set(position, { kind: 'not-sent', why: problem('welcome.not-active', { name }) });
      continue;
    }
    const { firstName, username, email } = user;
    const newcomer = { firstName, username, email, passwordPlan: password_plan, signIn };
    posts.push({ position, name, post: welcomePost(newcomer, member, position) });
  }
  const all = posts.map(({ post }) => post);
  const { shown, refused, later } = await projector.project(request.id, all, signal);
  for (const { position, name, post } of posts) {
    const code = refused.get(post.key);
    if (shown.has(post.key)) of.set(position, { kind: 'sent' });
    else if (code !== undefined) {
      of.set(position, { kind: 'not-sent', why: problem('welcome.refused', { name, code }) });
    }
  }
  return { of, later };
}

/**
 * Undefined when Slack does not answer now: it will accept or refuse the welcome, and the receipt does not wait for
 * that.
 */
async function readFresh(services: Services, member: string) {
  return services.people.person(member, { fresh: true }).catch(() => undefined);
}
