/** Whether this person may make requests now. */

import { presetsFor, readRequester } from '../../approvals/judge-request.ts';
import { type ConnectSelf, readConnectSelf } from '../../auth/same-person.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { authorityDeps, type Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import type { Preset } from '../../users/preset.ts';
import { setRequester } from '../store/requests-store.ts';
import { whyTooManyOpen } from './open-requests-limit.ts';

/** Slack may not know who else has the same Connect user; that stops no request. */
async function readSelf(
  services: Services,
  instanceClient: InstanceClient,
  requesterId: string,
): Promise<ConnectSelf | null> {
  const person = await services.people.person(requesterId);
  if (!person) return null;
  const deps = authorityDeps(services);
  try {
    return await readConnectSelf(deps, instanceClient, person);
  } catch (error) {
    if (error instanceof ConnectReadError) throw error;
    services.log.warn({ err: error, person: requesterId }, 'could not look for a second account');
    return null;
  }
}

/**
 * The requester of a stored request, read now, because everything from the time when the form opened can have
 * changed. It was stored before the person was read from Slack, because the acknowledgement had to be quick; their
 * name is filled in now.
 */
export async function readRequesterOf(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
) {
  const requester = await readRequester(services, instanceClient, request.requester_id, {
    fresh: true,
  });
  const name = requester.reading?.facts.name ?? null;
  if (name !== null) {
    const connect = await readSelf(services, instanceClient, request.requester_id);
    await setRequester(services.db, request.id, { name, connect });
  }
  if (requester.problem) return requester;
  return { ...requester, problem: await whyTooManyOpen(services, request) };
}

/** A check that is retried uses no data older than this. */
const triedAgainAfterMs = 5_000;

/**
 * The earliest time of the data that a check uses: the request's submission, so that one reading serves all requests
 * from before it; for a check that is retried later, about now.
 */
export function checkedSince(request: Pick<RequestRecord, 'created_at'>, now: Date): Date {
  return new Date(Math.max(request.created_at.getTime(), now.getTime() - triedAgainAfterMs));
}

/** The presets of the instance, each with whether the requester may use it. */
export function presetsOf(
  { config }: InstanceClient,
  { reading }: Pick<Awaited<ReturnType<typeof readRequester>>, 'reading'>,
): Preset[] {
  return reading ? presetsFor(config, reading.facts) : [];
}
