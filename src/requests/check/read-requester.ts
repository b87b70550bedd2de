/** May this person ask, as things are now? */

import { readAuthority } from '../../auth/authority.ts';
import { type ConnectSelf, readConnectSelf } from '../../auth/same-user.ts';
import { mayRequest } from '../../auth/verdicts.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { setRequester } from '../store/requests-store.ts';

/** The requester's verdict, read afresh: whatever they were told when the form opened may be over. */
export async function readRequester(
  services: Services,
  instanceClient: InstanceClient,
  requesterId: string,
) {
  const { mayRequest: who, approval, alias } = instanceClient.config;
  const person = await services.people.person(requesterId, { fresh: true });
  if (!person) return { problem: problem('person.not-active'), holdings: null, name: null };
  const usergroups = await services.people.usergroupsOf(person.id, who.usergroups);
  const wantsHoldings = approval.needed === 'unless-permitted' || who.creators;
  const authority = wantsHoldings
    ? await readAuthority(
        { people: services.people, policy: services.config.identity },
        instanceClient,
        person,
        { fresh: true },
      )
    : null;
  const holdings = authority?.holdings ?? null;
  const teamName = services.people.home.name;
  const verdict = mayRequest(who, { person, teamName, instance: alias, usergroups, holdings });
  return { problem: verdict.allowed ? null : verdict.problem, holdings, name: person.name };
}

/** Slack may not tell who else is the same Connect user; that stops no request. */
async function readSelf(
  services: Services,
  instanceClient: InstanceClient,
  requesterId: string,
): Promise<ConnectSelf | null> {
  const person = await services.people.person(requesterId);
  if (!person) return null;
  const deps = { people: services.people, policy: services.config.identity };
  try {
    return await readConnectSelf(deps, instanceClient, person);
  } catch (error) {
    if (error instanceof ConnectReadError) throw error;
    services.log.warn({ err: error, person: requesterId }, 'could not look for a second account');
    return null;
  }
}

/**
 * The same for a stored request. It was stored before Slack was asked who its requester is, because somebody
 * waited for the acknowledgement; their name is filled in now.
 */
export async function readRequesterOf(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
) {
  const requester = await readRequester(services, instanceClient, request.requester_id);
  const { name } = requester;
  if (name !== null) {
    const connect = await readSelf(services, instanceClient, request.requester_id);
    await setRequester(services.db, request.id, { name, connect });
  }
  return requester;
}
