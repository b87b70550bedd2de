/** Renders a request's card, thread and direct messages from the database and updates Slack. */
import { readGivenApprovals } from '../../approvals/approvals-store.ts';
import { problem } from '../../errors/problem.ts';
import { card } from '../../messages/card.ts';
import {
  askedKey,
  cardNotPosted,
  cardNotPostedKey,
  cardPostedAfterAll,
  checkContinued,
  checkFailedKey,
  directMessages,
} from '../../messages/direct-messages.ts';
import { type Post, withCardLink } from '../../messages/post.ts';
import {
  type HeadViewModel,
  requestViewModel,
  type Welcome,
} from '../../messages/request-view-model.ts';
import { pastHolds, thread } from '../../messages/thread.ts';
import type { Services } from '../../services.ts';
import { messageUrl } from '../../slack/message-url.ts';
import { readPostedKeys, readPosts } from '../../slack/posts/posts-store.ts';
import type { Projector } from '../../slack/posts/projector.ts';
import type { RequestRecord, RowRecord } from '../../storage/schema.ts';
import { readRequest, readRows } from '../store/requests-store.ts';
import { approverPosts } from './approver-posts.ts';
import { joinDecision } from './join-decision.ts';
import { filePosts } from './publish-file.ts';
import { refreshHomes } from './publish-home.ts';
import { readRetry } from './read-retry.ts';
import { reminderAndEvidencePosts } from './reminders-and-evidence.ts';
import { signInFacts } from './sign-in-facts.ts';
import { sendWelcomes } from './welcomes.ts';

/**
 * Throws when something could not be shown yet, so that the job is run again. Messages that Slack refuses are not
 * such a case: they are retried much later, and everything else of the request is shown anyway.
 */
export async function publishRequest(
  services: Services,
  projector: Projector,
  requestId: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await readRequest(services.db, requestId);
  if (!request) return;
  const posted = await readPostedKeys(services.db, requestId);
  const sharing = await sharingOf(services, request);
  const told = { ...request, notices: [...request.notices, ...sharing.notices] };
  const rows = request.source === 'file' ? [] : await readRows(services.db, requestId);
  // Before the receipt, which says whether they arrived.
  const welcomes = await sendWelcomes(services, projector, request, { rows, posted }, signal);
  const { head, users, first, inChannel, last } =
    request.source === 'file'
      ? await filePosts(services, told, posted)
      : await userPosts(services, told, { rows, posted, welcomes: welcomes.of });
  // An existing card is kept up to date, because people have read it.
  const withheld = sharing.refusal !== null && !posted.has('card');
  const channel = joinDecision(head, inChannel, posted, services.now());
  if (channel.lookAgainAt) {
    await services.jobs.enqueue(services.db, {
      queue: 'publish',
      data: { requestId },
      startAfter: channel.lookAgainAt,
    });
  }
  const seen = withheld ? first : [...first, ...channel.posts];
  const above = await projector.project(requestId, seen, signal);
  const isCardShown = above.shown.has('card');
  const notes =
    withheld && sharing.refusal && inChannel.length > 0
      ? [cardNotPosted(requesterOf(request), sharing.refusal, request.requests_channel)]
      : aboutCard(request, posted, above.refused.get('card'), isCardShown);
  // The address of the card is known only after it was posted.
  const cardUrl = isCardShown ? await readCardUrl(services, requestId) : null;
  const direct = last
    .filter(({ key }) => key !== askedKey || isCardShown)
    .map((post) => (cardUrl ? withCardLink(post, cardUrl) : post));
  const approvers = isCardShown ? await approverPosts(services, head, users, posted, cardUrl) : [];
  const below = await projector.project(requestId, [...notes, ...direct, ...approvers], signal);
  await refreshHomes(services, requestId);
  const later = welcomes.later ?? above.later ?? below.later;
  if (later) throw later;
}

/** Slack's errors for an archived channel: the first from chat.postMessage, the other from chat.update. */
const archivedCodes = new Set(['is_archived', 'is_inactive']);

/** Informs the requester that nobody can see the card, and later that it was posted. */
function aboutCard(
  request: RequestRecord,
  posted: ReadonlySet<string>,
  code: string | undefined,
  isCardShown: boolean,
): Post[] {
  const { requests_channel: channel } = request;
  const about = requesterOf(request);
  if (code !== undefined && !isCardShown) {
    const why = archivedCodes.has(code)
      ? problem('card.archived', { channel })
      : problem('card.refused', { code, channel });
    return [cardNotPosted(about, why, channel)];
  }
  return isCardShown && posted.has(cardNotPostedKey) ? [cardPostedAfterAll(about, channel)] : [];
}

async function readCardUrl(services: Services, requestId: number): Promise<string | null> {
  const posts = await readPosts(services.db, requestId);
  const card = posts.find(({ key }) => key === 'card');
  return card?.ts ? messageUrl(services.people.home, card.channel, card.ts) : null;
}

function requesterOf({ id, requester_id: person }: RequestRecord) {
  return { id, requester: { id: person } };
}

/** What the card shows, or why there is none, when another company sees the requests channel. */
async function sharingOf(services: Services, request: RequestRecord) {
  const { requests_channel: channel, instance } = request;
  if (!(await services.isSharedChannel(channel))) return { notices: [], refusal: null };
  const policy = services.instanceClients.get(instance)?.config.sharedChannel;
  const refusal =
    policy === 'refuse' ? problem('channel.shared-refused', { instance, channel }) : null;
  return { notices: [problem('channel.shared')], refusal };
}

/** The posts in this order: at the place of the submission, in the requests channel, to the requester. */
export type Posts = {
  readonly head: HeadViewModel;
  /** The number of requested users. */
  readonly users: number;
  readonly first: readonly Post[];
  readonly inChannel: readonly Post[];
  readonly last: readonly Post[];
};

async function userPosts(
  services: Services,
  request: RequestRecord,
  known: {
    readonly rows: readonly RowRecord[];
    readonly posted: ReadonlySet<string>;
    readonly welcomes: ReadonlyMap<number, Welcome>;
  },
): Promise<Posts> {
  const { rows, posted, welcomes } = known;
  const instanceClient = services.instanceClients.get(request.instance);
  const facts = await signInFacts(services, request);
  const view = requestViewModel(
    request,
    rows,
    instanceClient?.config,
    facts,
    await readRetry(services, request),
    await readGivenApprovals(services.db, request.id),
    welcomes,
  );
  // A request that was never sent has no messages for other people, unless its card was already posted.
  const silent =
    ['rejected', 'check_failed', 'expired'].includes(view.state) && !posted.has('card');
  const inChannel = silent
    ? []
    : [
        card(view),
        ...thread(view),
        ...pastHolds(view, posted),
        ...(await reminderAndEvidencePosts(services, request, view)),
      ];
  const wentOn = posted.has(checkFailedKey) && view.state !== 'check_failed';
  const last = [...(wentOn ? [checkContinued(view)] : []), ...directMessages(view)];
  return { head: view, users: view.rows.length, first: [], inChannel, last };
}
