/** How many requests one person may have open at the same time: the setting `openRequestsPerPerson`. */
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { countOpenBefore } from '../store/open-requests-store.ts';

/**
 * The problem to show when the requester already had as many open requests as one person may have; null otherwise.
 * Only requests that were submitted before this one count, so that checking this request again gives the same result.
 */
export async function whyTooManyOpen(
  { config, db }: Pick<Services, 'config' | 'db'>,
  request: RequestRecord,
): Promise<Problem | null> {
  const limit = config.openRequestsPerPerson;
  const isTooMany = (await countOpenBefore(db, request)) >= limit;
  return isTooMany ? problem('request.too-many-open', { limit }) : null;
}
