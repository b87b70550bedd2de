/** New users who were selected from Slack get a welcome there after their creation, each once. */
import type { InstanceConfig } from '../../config/config.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { signInOf, type Welcome } from '../../messages/request-view-model.ts';
import { welcomeKey, welcomePost } from '../../messages/welcome.ts';
import type { Services } from '../../services.ts';
import type { Projector } from '../../slack/posts/projector.ts';
import type { RequestRecord, RowRecord } from '../../storage/schema.ts';
import { fullName } from '../../users/full-name.ts';
import type { NewUser } from '../../users/new-user.ts';
import { resemblanceOf } from '../submit/picked-member.ts';
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
  let unread: Error | null = null;
  for (const row of due) {
    const { position, slack_member: member, new_user: user, password_plan } = row;
    if (!user || member === null) continue;
    const name = fullName(user);
    if (!known.posted.has(welcomeKey(position))) {
      const why = await whyNoWelcome(services, config, member, { ...row, new_user: user }).catch(
        // No welcome is sent before Slack has identified the person; the receipt does not wait for that.
        (error: Error) => error,
      );
      if (why instanceof Error) unread ??= why;
      else if (why) of.set(position, { kind: 'not-sent', why });
      if (why) continue;
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
  return { of, later: later ?? unread };
}

/**
 * Why this row's user gets no welcome from the bot; null when they get one. Reads the person again, because a welcome
 * is meant only for the new user.
 *
 * @throws Slack's error when Slack does not identify the person
 */
async function whyNoWelcome(
  { people }: Services,
  config: InstanceConfig,
  member: string,
  { new_user: user, draft }: Pick<RowRecord, 'draft'> & { readonly new_user: NewUser },
): Promise<Problem | null> {
  const person = await people.person(member, { fresh: true });
  const name = fullName(user);
  if (!person || whyNotAdded(person) !== null) return problem('welcome.not-active', { name });
  const resemblance = await resemblanceOf(people, config, person, user, draft.preset);
  return resemblance === 'other'
    ? problem('welcome.somebody-else', { name, member: person.name })
    : null;
}
