/** The facts about retries for a request's messages. */
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { isApprovalFresh } from '../model/creating-transitions.ts';
import type { RetryFacts } from '../model/retryable.ts';
import { readRetries } from '../store/history-store.ts';
import { countRetryable, headOf } from '../store/requests-store.ts';

export async function readRetry(
  { db, now }: Pick<Services, 'db' | 'now'>,
  request: RequestRecord,
): Promise<RetryFacts> {
  const mayRetry = request.state === 'done' && isApprovalFresh(headOf(request), now());
  return {
    retryable: mayRetry ? await countRetryable(db, request.id) : 0,
    retries: await readRetries(db, request.id),
  };
}
