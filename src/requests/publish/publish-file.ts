/** The posts of a request from a file: the answer where it was posted, the card, the receipt, the files. */

import { readGivenApprovals } from '../../approvals/approvals-store.ts';
import { explain } from '../../errors/problem.ts';
import { fileCard } from '../../messages/files/file-card.ts';
import { fileDirect } from '../../messages/files/file-direct-messages.ts';
import { fileOffer, filesTogether } from '../../messages/files/file-offer.ts';
import { fileReceipt } from '../../messages/files/file-receipt.ts';
import { reportPost, resultsPost } from '../../messages/files/file-report.ts';
import { type FileViewModel, fileViewModel } from '../../messages/files/file-view-model.ts';
import type { Post } from '../../messages/post.ts';
import { decisionAndHolds, pastHolds } from '../../messages/thread.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { requestNumber } from '../../text/request-number.ts';
import type { FailureGroup } from '../../users/files/check/file-summary.ts';
import { rowsInWords } from '../../users/files/check/group-findings.ts';
import {
  countSettledSince,
  countWrongRows,
  readFailures,
  readRequestFile,
} from '../store/files-store.ts';
import { readSubmittedTogether } from '../store/history-store.ts';
import { type RowCounts, readRowCounts } from '../store/requests-store.ts';
import type { Posts } from './publish-request.ts';
import { readRetry } from './read-retry.ts';
import { reminderAndEvidencePosts } from './reminders-and-evidence.ts';
import { reportBytes } from './results-files.ts';
import { signInFacts } from './sign-in-facts.ts';

export async function filePosts(
  services: Services,
  request: RequestRecord,
  posted: ReadonlySet<string>,
): Promise<Posts> {
  const file = await readRequestFile(services.db, request.id);
  if (!file) throw new Error(`request ${request.id} has no file`);
  const counts = await readRowCounts(services.db, request.id);
  const failures = request.state === 'done' ? await groupFailures(services, request.id) : [];
  const instanceClient = services.instanceClients.get(request.instance);
  const facts = await signInFacts(services, request);
  const speed = await speedOf(services, request, counts);
  const retry = await readRetry(services, request);
  const together = (await readSubmittedTogether(services.db, request.id)).map((sibling) => ({
    number: requestNumber(sibling.requestId),
    file: sibling.file,
  }));
  const isOffered = request.state === 'offered';
  const fixed = isOffered ? (await countWrongRows(services.db, request.id)).corrected : 0;
  const read = { counts, speed, failures, together, fixed };
  const view = fileViewModel(
    request,
    file,
    read,
    instanceClient?.config,
    facts,
    retry,
    await readGivenApprovals(services.db, request.id),
  );
  const wasAsked = isAskedFor(view);
  return {
    head: view,
    users: view.file.summary?.good ?? 0,
    first: present([
      filesTogether(view),
      fileOffer(view),
      reportPost(view, () => reportBytes(services.db, view.id, 'checked')),
    ]),
    inChannel: wasAsked
      ? present([
          fileCard(view),
          ...decisionAndHolds(view),
          ...pastHolds(view, posted),
          fileReceipt(view),
          resultsPost(view, () => reportBytes(services.db, view.id, 'results')),
          ...(await reminderAndEvidencePosts(services, request, view)),
        ])
      : [],
    last: wasAsked ? present([fileDirect(view)]) : [],
  };
}

/** The number of rows before the speed is shown, because the first few come in a burst. */
const rowsBeforeSpeed = 10;

/** The recent pace, not the average: a request may have been paused, or may have used the account alone. */
const speedWithinMs = 30_000;

async function speedOf(
  services: Services,
  request: RequestRecord,
  counts: RowCounts,
): Promise<FileViewModel['speed']> {
  const now = services.now();
  const elapsedMs = now.getTime() - (request.started_at ?? now).getTime();
  const isRunning = request.state === 'approved' && elapsedMs > 0;
  if (!isRunning || counts.created + counts.failed < rowsBeforeSpeed) return null;
  const windowMs = Math.min(speedWithinMs, elapsedMs);
  const since = new Date(now.getTime() - windowMs);
  const settled = await countSettledSince(services.db, request.id, since);
  if (settled === 0) return null;
  const left = counts.waiting + counts.sending + counts.unclear;
  // The burst at the start is faster than the pace, and does not predict the rest.
  const most =
    services.instanceClients.get(request.instance)?.config.pace.ratePerSecond ?? Infinity;
  const perSecond = Math.min(most, (settled * 1000) / windowMs);
  return { perSecond, leftMs: (left * 1000) / perSecond };
}

/** Whether the uploader has ever requested the rows, because only then there is a card. */
function isAskedFor(view: FileViewModel): boolean {
  switch (view.state) {
    case 'received':
    case 'check_failed':
    case 'offered':
    case 'rejected':
      return false;
    case 'cancelled':
    case 'expired':
      // A request that ended before that never had an expiry time.
      return view.expiresAt !== null;
    default:
      return true;
  }
}

/** Failed rows, grouped by cause, the largest group first. */
async function groupFailures(services: Services, requestId: number): Promise<FailureGroup[]> {
  const groups = new Map<string, number[]>();
  for (const { line, position, problem } of await readFailures(services.db, requestId)) {
    const sentence = problem ? explain(problem) : 'It was not created.';
    const lines = groups.get(sentence) ?? [];
    lines.push(line ?? position);
    groups.set(sentence, lines);
  }
  return [...groups]
    .sort(([, left], [, right]) => right.length - left.length)
    .map(([sentence, rows]) => ({ where: rowsInWords(rows), sentence }));
}

function present(posts: readonly (Post | null)[]): Post[] {
  return posts.filter((post): post is Post => post !== null);
}
