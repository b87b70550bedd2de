/** Who else could approve a request, for somebody who is told that they cannot. */

import { readAuthority } from '../../auth/authority.ts';
import { type AskedFacts, mayApprove } from '../../auth/verdicts.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { readDeciders } from '../store/history-store.ts';
import { requesterUserIds } from './requester-user.ts';

/** People looked at. Each may cost a few calls to Slack and one to Connect, which has few to give. */
const mostLookedAt = 8;

/**
 * Names of people who could approve this request, most likely first: who decided in this instance before,
 * whom the policy links, who is in the requests channel. Neither Slack nor Connect can be asked for all of
 * them, so there may be more. A minute-old answer will do, since nothing is decided by it. Never throws:
 * what does not answer names nobody.
 */
export async function whoMayApprove(
  services: Services,
  request: RequestRecord,
  asked: AskedFacts,
): Promise<string[]> {
  const unknown = (error: unknown) => {
    services.log.info({ err: error, request: request.id }, 'could not find out who may approve');
    return null;
  };
  const ids = (await candidates(services, request).catch(unknown)) ?? [];
  const names = await Promise.all(
    ids.slice(0, mostLookedAt).map((id) => nameIfMay(services, request, asked, id).catch(unknown)),
  );
  return names.filter((name) => name !== null);
}

async function candidates(services: Services, request: RequestRecord): Promise<string[]> {
  const ids = new Set([
    ...(await readDeciders(services.db, request.instance, mostLookedAt)),
    ...Object.keys(services.config.identity.links),
    ...(await services.people.membersOf(request.requests_channel)),
  ]);
  ids.delete(request.requester_id);
  ids.delete(services.people.home.botUserId);
  return [...ids];
}

async function nameIfMay(
  services: Services,
  request: RequestRecord,
  asked: AskedFacts,
  id: string,
): Promise<string | null> {
  const instanceClient = services.instanceClients.get(request.instance);
  const person = await services.people.person(id);
  if (!instanceClient || !person) return null;
  const deps = { people: services.people, policy: services.config.identity };
  const authority = await readAuthority(deps, instanceClient, person, { fresh: false });
  const verdict = mayApprove(instanceClient.config.approval, {
    ...authority,
    teamName: services.people.home.name,
    instance: request.instance,
    requesterId: request.requester_id,
    requesterUserIds: await requesterUserIds(services, instanceClient, request),
    asked: asked.asked,
    users: asked.users,
    rules: asked.rules,
  });
  return verdict.allowed ? person.name : null;
}
