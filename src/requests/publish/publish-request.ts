/** Renders a request's card, thread and direct messages out of the database and makes Slack match. */
import { problem } from '../../errors/problem.ts';
import { card } from '../../messages/card.ts';
import {
  checkFailedKey,
  checkFailedNoMore,
  directMessages,
  undeliverable,
} from '../../messages/direct.ts';
import type { Post } from '../../messages/post.ts';
import { requestNumber, requestViewModel } from '../../messages/request-view-model.ts';
import { pastHolds, thread } from '../../messages/thread.ts';
import type { Services } from '../../services.ts';
import { readPostedKeys } from '../../slack/posts/posts-store.ts';
import type { Projector } from '../../slack/posts/projector.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { readRequest, readRows } from '../store/requests-store.ts';
import { filePosts } from './publish-file.ts';
import { refreshHomes } from './publish-home.ts';
import { readRetry } from './read-retry.ts';
import { signInFacts } from './sign-in-facts.ts';

/**
 * Throws when something could not be shown, so that the job is tried again. When the channel does not take
 * the card, the requester is told at once.
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
  const { first, inChannel, last } =
    request.source === 'file'
      ? await filePosts(services, request, posted)
      : await userPosts(services, request, posted);
  await projector.project(requestId, first, signal);
  const refused = (await projector.project(requestId, inChannel, signal)).get('card');
  if (refused) {
    const why = problem('card.refused', { code: refused, channel: request.requests_channel });
    await projector.project(
      requestId,
      [undeliverable({ id: requestId, requester: { id: request.requester_id } }, why)],
      signal,
    );
    throw new Error(`the card of ${requestNumber(requestId)} was refused: ${refused}`);
  }
  await projector.project(requestId, last, signal);
  await refreshHomes(services, requestId);
}

/** What is shown first wherever it came from, then in the requests channel, then to the requester. */
export type Posts = {
  readonly first: readonly Post[];
  readonly inChannel: readonly Post[];
  readonly last: readonly Post[];
};

async function userPosts(
  services: Services,
  request: RequestRecord,
  posted: ReadonlySet<string>,
): Promise<Posts> {
  const rows = await readRows(services.db, request.id);
  const instanceClient = services.instanceClients.get(request.instance);
  const facts = await signInFacts(services, request);
  const it = requestViewModel(
    request,
    rows,
    instanceClient?.config,
    facts,
    await readRetry(services, request),
  );
  // Nobody else is bothered with a request that was never asked for, unless its card stands there already.
  const silent = ['rejected', 'check_failed'].includes(it.state) && !posted.has('card');
  const inChannel = silent ? [] : [card(it), ...thread(it), ...pastHolds(it, posted)];
  const wentOn = posted.has(checkFailedKey) && it.state !== 'check_failed';
  const last = [...(wentOn ? [checkFailedNoMore(it)] : []), ...directMessages(it)];
  return { first: [], inChannel, last };
}
