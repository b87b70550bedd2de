/** Finds requests for people: their own, those that wait for them, one by its number. */

import { whyNotActive } from '../../auth/active-person.ts';
import { readAuthority } from '../../auth/authority.ts';
import { USERS_CREATE } from '../../auth/holdings.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { HomeRequest } from '../../messages/home/home.ts';
import { authorityDeps, type Services } from '../../services.ts';
import { messageUrl } from '../../slack/message-url.ts';
import { requestNumber } from '../../text/request-number.ts';
import type { NewUser } from '../../users/new-user.ts';
import {
  type HomeRecord,
  readHomeRequest,
  readHomeRequests,
  readWaiting,
} from '../store/home-store.ts';

/**
 * Why this person may not see requests, including their own: they are a guest now, or not active. Null for others.
 */
export async function whyMayNotSeeRequests(
  { people }: Services,
  personId: string,
  options: { readonly fresh: boolean },
): Promise<Problem | null> {
  const person = await people.person(personId, options);
  return person ? whyNotActive(person, people.home.name) : problem('person.not-active');
}

/** A page of a person's own requests, newest first; `page` counts from 0. */
export async function readOwnRequests(
  services: Services,
  personId: string,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly requests: HomeRequest[]; readonly more: boolean }> {
  // Reads one more than is shown, to find out whether there is another page.
  const asked = { offset: page * size, limit: size + 1 };
  const records = await readHomeRequests(services.db, personId, asked);
  return {
    requests: records.slice(0, size).map((record) => homeRequest(services, record)),
    more: records.length > size,
  };
}

/** Requests of other people that wait for an approval in these instances, the oldest first. */
export async function readWaitingFor(
  services: Services,
  personId: string,
  instances: readonly string[],
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly requests: HomeRequest[]; readonly more: boolean }> {
  const asked = { offset: page * size, limit: size + 1 };
  const records = await readWaiting(services.db, personId, instances, asked);
  return {
    requests: records.slice(0, size).map((record) => homeRequest(services, record)),
    more: records.length > size,
  };
}

export type OneRequest = {
  readonly request: HomeRequest;
  /** The checked user of a request for one; null for a file, and before the check. */
  readonly user: NewUser | null;
};

/**
 * One request, for its requester and for people who may decide in its instance; a problem for anybody else, including
 * a requester who is a guest now.
 */
export async function readRequestFor(
  services: Services,
  personId: string,
  requestId: number,
): Promise<OneRequest | Problem> {
  const record = await readHomeRequest(services.db, requestId);
  const unknown = problem('status.unknown', { number: requestNumber(requestId) });
  if (!record) return unknown;
  if (record.requester_id === personId) {
    const why = await whyMayNotSeeRequests(services, personId, { fresh: true });
    if (why) return why;
  } else {
    const decidesIn = await instancesToDecide(services, personId, { fresh: true });
    // A person who may not see it does not learn whether it exists.
    if (!decidesIn.includes(record.instance)) return unknown;
  }
  const request = homeRequest(services, record);
  return { request, user: record.file === null && record.rows === 1 ? record.new_user : null };
}

function homeRequest(services: Services, record: HomeRecord): HomeRequest {
  const { card_channel: channel, card_ts: ts } = record;
  const user = record.new_user ?? record.draft;
  return {
    id: record.id,
    instance: record.instance,
    state: record.state,
    requesterName: record.requester_name,
    contentHash: record.approved_hash,
    createdAt: record.created_at,
    notBefore: record.not_before,
    firstUser: user
      ? {
          username: user.username ?? '',
          ...(user.firstName ? { firstName: user.firstName } : {}),
          ...(user.lastName ? { lastName: user.lastName } : {}),
        }
      : null,
    file: record.file,
    rows: record.rows,
    created: record.created,
    failed: record.failed,
    cancelled: record.cancelled,
    cardUrl: channel && ts ? messageUrl(services.people.home, channel, ts) : null,
    remarks: {
      risks: record.risks,
      notices: record.notices,
      requesterSharedWith: record.requester_connect?.sharedWith ?? [],
      requester: { id: record.requester_id, name: record.requester_name },
    },
    confirmAbove: services.instanceClients.get(record.instance)?.config.card.confirmAbove ?? null,
  };
}

/**
 * The instances in which this person holds Users – Create, as far as is known; no decision depends on it. Empty for
 * guests and people who are not active.
 *
 * @param options.fresh whether the person is read from Slack now, as for an answer with another person's request in
 *   it
 */
export async function instancesToDecide(
  services: Services,
  personId: string,
  options: { readonly fresh: boolean },
): Promise<string[]> {
  const person = await services.people.person(personId, options);
  if (!person || whyNotActive(person, services.people.home.name)) return [];
  const deps = authorityDeps(services);
  const found = await Promise.all(
    [...services.instanceClients.values()].map(async (instanceClient) => {
      try {
        const { holdings } = await readAuthority(deps, instanceClient, person, { fresh: false });
        return holdings?.permissions.has(USERS_CREATE) ? [instanceClient.config.alias] : [];
      } catch (error) {
        if (!(error instanceof ConnectReadError)) throw error;
        return [];
      }
    }),
  );
  return found.flat();
}
