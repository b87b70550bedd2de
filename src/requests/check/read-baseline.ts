/** Reads the data with which a request is compared to find its anomalies. */

import type { RequestedProfile } from '../../auth/holdings.ts';
import { hasRiskyPermission } from '../../auth/risks.ts';
import type { DirectorySnapshot } from '../../connect/directory.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import {
  readCreatedDomains,
  readLargestRequest,
  readProfilesNotGiven,
} from '../store/baseline-store.ts';
import type { Baseline } from './anomalies.ts';

export async function readBaseline(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
  asked: readonly RequestedProfile[],
  snapshot: Pick<DirectorySnapshot, 'securityProfiles'>,
): Promise<Baseline> {
  const { db } = services;
  const { alias } = instanceClient.config;
  const { since, within } = yearOf(services.now(), services.config.retentionDays);
  const weighty = asked.filter(hasRiskyPermission);
  const [colleagues, domains, largest, notGiven, aboveAgent] = await Promise.all([
    instanceClient.directory.colleagues({ withinMs: services.timing.forTheCard.colleaguesMs }),
    readDomains(services, alias),
    readLargestRequest(db, request.requester_id),
    readProfilesNotGiven(
      db,
      alias,
      weighty.map(({ id }) => id),
      since,
    ),
    readAboveAgent(instanceClient, asked, snapshot),
  ]);
  const firsts = weighty.filter(({ id }) => notGiven.includes(id)).map(({ name }) => name);
  // A file's request has the sender's id in place of a name until its check has read the person from Slack, which it
  // just did.
  const requesterName = services.people.peek(request.requester_id)?.name ?? request.requester_name;
  return { colleagues, domains, largest, requesterName, aboveAgent, firsts, within };
}

/** This year, or a shorter time when requests are erased sooner. */
function yearOf(now: Date, retentionDays: number): { since: Date; within: string } {
  const newYear = new Date(Date.UTC(now.getUTCFullYear(), 0, 1));
  const kept = new Date(now.getTime() - retentionDays * 24 * 3600_000);
  return kept > newYear
    ? { since: kept, within: `in ${retentionDays} days` }
    : { since: newYear, within: 'this year' };
}

/** With fewer addresses, the company's domain cannot be determined. */
const fewestAddresses = 10;
/** A domain that at least one in this number of users has belongs to the company as well. */
const shareOfOwn = 20;

/** The domains of the policy, or otherwise the most common domains of recent users. */
async function readDomains(services: Services, instance: string): Promise<ReadonlySet<string>> {
  const { emailDomains } = services.config.identity;
  if (emailDomains.length > 0) return new Set(emailDomains.map((domain) => domain.toLowerCase()));
  const found = await readCreatedDomains(services.db, instance);
  const all = found.reduce((sum, { users }) => sum + users, 0);
  if (all < fewestAddresses) return new Set();
  return new Set(
    found.filter(({ users }) => users * shareOfOwn >= all).map(({ domain }) => domain),
  );
}

/** Profiles without a risky permission that still grant more than the profile Agent, if there is one. */
async function readAboveAgent(
  instanceClient: InstanceClient,
  asked: readonly RequestedProfile[],
  { securityProfiles }: Pick<DirectorySnapshot, 'securityProfiles'>,
): Promise<Baseline['aboveAgent']> {
  const match = securityProfiles.match('Agent');
  if (match.kind !== 'one') return [];
  const { id: agentId } = match.item;
  const others = asked.filter((profile) => profile.id !== agentId && !hasRiskyPermission(profile));
  if (others.length === 0) return [];
  try {
    const agent = new Set((await instanceClient.permissions.profile(agentId)).permissions);
    return others.flatMap(({ name, permissions }) => {
      const more = permissions.filter((permission) => !agent.has(permission)).length;
      return more > 0 ? [{ name, more }] : [];
    });
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    return [];
  }
}
