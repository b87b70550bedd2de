/** Direct messages to approvers, if the policy names recipients (`card.directMessage`). */
import type { Post } from '../../messages/post.ts';
import { notifiedApprovers, toApprover } from '../../messages/replies/to-approvers.ts';
import type { HeadViewModel } from '../../messages/request-view-model.ts';
import type { Services } from '../../services.ts';

/** More people are not notified individually: mention a user group on the card instead. */
const mostTold = 20;

/**
 * A message for each of them while the card waits; afterwards the sent messages are updated.
 *
 * @param posted keys of the request's messages that Slack shows
 */
export async function approverPosts(
  services: Services,
  view: HeadViewModel,
  users: number,
  posted: ReadonlySet<string>,
  cardUrl: string | null,
): Promise<Post[]> {
  const waits = view.state === 'awaiting_approval';
  const people = waits ? await peopleToTell(services, view) : notifiedApprovers(posted);
  return people.map((person) => toApprover(view, person, users, cardUrl));
}

async function peopleToTell(services: Services, view: HeadViewModel): Promise<string[]> {
  const named = services.instanceClients.get(view.instance)?.config.card.directMessage ?? [];
  const groups = await Promise.all(
    named.map(async (id) => (id.startsWith('S') ? await services.people.membersOfGroup(id) : [id])),
  );
  const people = new Set(groups.flat());
  // Nobody approves their own request, and the requester is notified anyway.
  people.delete(view.requester.id);
  return [...people].slice(0, mostTold);
}
