/** `/connect-add-user mine` and `status`: the person's requests, and the state of one request. */
import type { KnownBlock } from '@slack/types';
import { explain, problem } from '../errors/problem.ts';
import { mineBlocks, statusBlocks } from '../messages/replies/overview.ts';
import { textBlocks } from '../messages/rich-text.ts';
import {
  readOwnRequests,
  readRequestFor,
  whyMayNotSeeRequests,
} from '../requests/overview/read-overview.ts';
import { commandOf } from '../requests/overview/request-as-command.ts';
import type { Services } from '../services.ts';
import { requestIdIn } from '../text/request-number.ts';
import { shown } from '../text/tidy.ts';

/** The person's latest requests; the reason when the person is now a guest or not active. */
export async function ownRequests(
  services: Services,
  personId: string,
  size: number,
): Promise<KnownBlock[]> {
  const why = await whyMayNotSeeRequests(services, personId, { fresh: true });
  if (why) return textBlocks(explain(why));
  const own = await readOwnRequests(services, personId, { page: 0, size });
  return mineBlocks(own.requests, own.more);
}

/** The state of a request: the one with this number, or the person's latest. */
export async function statusOf(
  services: Services,
  personId: string,
  number: string | undefined,
): Promise<KnownBlock[]> {
  if (number === undefined) return ownRequests(services, personId, 1);
  const id = requestIdIn(number);
  const found =
    id === undefined
      ? problem('status.not-a-number', { text: shown(number) })
      : await readRequestFor(services, personId, id);
  if ('code' in found) return textBlocks(explain(found));
  return statusBlocks(found.request, commandOf(services, found));
}
