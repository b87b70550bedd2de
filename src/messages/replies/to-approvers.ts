/** Direct messages to approvers, if the policy requests them: a card is waiting, and later that it no longer is. */
import { count } from '../../text/durations.ts';
import { type Post, post } from '../post.ts';
import type { HeadViewModel } from '../request-view-model.ts';
import { bold, channel, type Inline, lines, link } from '../rich-text.ts';

const prefix = 'dm-approver-';

/** The people who have such a message about this request, from the keys of its messages. */
export function notifiedApprovers(keys: ReadonlySet<string>): string[] {
  return [...keys].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

/**
 * @param personId Slack member id
 * @param users how many the request is for
 * @param cardUrl the card's address
 */
export function toApprover(
  view: HeadViewModel,
  personId: string,
  users: number,
  cardUrl: string | null,
): Post {
  const what: Inline[] = [
    bold(view.requester.name),
    ' requests ',
    bold(count(users, 'user')),
    ' in ',
    bold(view.instance),
    ` · ${view.number}`,
  ];
  const where: Inline[] = cardUrl
    ? [link(cardUrl, 'Open the card')]
    : ['The card is in ', channel(view.requestsChannel), '.'];
  const waits = view.state === 'awaiting_approval';
  const key = `${prefix}${personId}`;
  const next: Inline[] = waits
    ? ['Waiting for approval. ', ...where]
    : ['No longer waiting. ', ...where];
  return post({ key, to: { person: personId }, blocks: [lines('approver', [what, next])] });
}
