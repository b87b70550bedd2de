/**
 * Slack accepts about one message per second in a channel (https://docs.slack.dev/apis/web-api/rate-limits/), so a
 * decision whose receipt follows immediately is shown in the receipt, and not in a separate message. Pure.
 */
import { type Post, post } from '../../messages/post.ts';
import type { HeadViewModel } from '../../messages/request-view-model.ts';

/** How long an approval waits for its receipt. */
export const joinedWithinMs = 2_000;

export type Joined = {
  readonly posts: readonly Post[];
  /** When to check again, because the decision waits for its receipt until then. */
  readonly lookAgainAt: Date | null;
};

/**
 * Leaves out the message about an approval while its receipt can still follow soon, and puts it above a receipt that
 * did. Messages that Slack already shows stay unchanged.
 *
 * @param posted keys of the request's messages that Slack shows
 */
export function joinDecision(
  view: Pick<HeadViewModel, 'state' | 'hold' | 'decision'>,
  posts: readonly Post[],
  posted: ReadonlySet<string>,
  now: Date,
): Joined {
  const decision = posts.find(({ key }) => key === 'decision');
  if (!decision || posted.has('decision') || view.decision?.kind !== 'approved') {
    return { posts, lookAgainAt: null };
  }
  const others = posts.filter((post) => post !== decision);
  if (view.state === 'done') {
    const joined = others.map((message) =>
      message.key === 'receipt'
        ? post({ ...message, blocks: [...decision.blocks, ...message.blocks] })
        : message,
    );
    return { posts: joined, lookAgainAt: null };
  }
  const until = new Date(Date.parse(view.decision.at) + joinedWithinMs);
  const mayFollow = view.state === 'approved' && !view.hold && now < until;
  return mayFollow ? { posts: others, lookAgainAt: until } : { posts, lookAgainAt: null };
}
