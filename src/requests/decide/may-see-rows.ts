/** Who may see the rows of a file: names, addresses and numbers of people who will be hired. */
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { instancesToDecide, whyMayNotSeeRequests } from '../overview/read-overview.ts';
import { readRequest } from '../store/requests-store.ts';
import { readDecisionRights } from './decision-rights.ts';

/**
 * The requester, members of the requests channel, and people who may decide; never guests and people from other
 * companies. Everybody in the workspace can open a public channel and press its buttons without being a member.
 *
 * @returns why not; null for a person who may
 */
export async function whyMayNotSeeRows(
  services: Services,
  requestId: number,
  personId: string,
): Promise<Problem | null> {
  const { people } = services;
  const why = await whyMayNotSeeRequests(services, personId, { fresh: true });
  if (why) return why;
  const request = await readRequest(services.db, requestId);
  if (!request) return problem('request.unknown');
  if (request.requester_id === personId) return null;
  if (await people.isMember(request.requests_channel, personId)) return null;
  const decidesIn = await instancesToDecide(services, personId, { fresh: true });
  if (decidesIn.includes(request.instance)) return null;
  const rights = await readDecisionRights(services, requestId, personId);
  return rights?.mayDeny ? null : problem('request.rows-not-yours');
}
