/**
 * What a person may ask for, and where, kept for a short while so that a form can open within Slack's 3
 * seconds without a call. An offer decides nothing: the check and the decision read everything afresh.
 */
import { readAuthority } from '../../auth/authority.ts';
import { mayRequest, ownGround, USERS_CREATE } from '../../auth/verdicts.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { readRequestedUsers } from '../store/history-store.ts';
import { type RecentChoices, recentChoices } from './recent-choices.ts';

export type InstanceOffer = {
  readonly alias: string;
  /** Whether what they ask for would be created without an approval, as far as that can be known now. */
  readonly atOnce: boolean;
};

export type Offer = {
  readonly personId: string;
  readonly personName: string;
  /** Instances the person may ask for, in the order of the configuration. */
  readonly instances: readonly InstanceOffer[];
  /** What they chose in earlier requests, by instance; the instance of the latest request comes first. */
  readonly recent: ReadonlyMap<string, RecentChoices>;
  /** Why there is none; null when there is one. */
  readonly refusal: Problem | null;
};

export type Offers = {
  /** What is known without waiting; undefined when it is not known or too old. */
  peek(personId: string): Offer | undefined;
  load(personId: string): Promise<Offer>;
  /** Forgets what is known of a person, because they have just sent a request. */
  forget(personId: string): void;
};

/** What the form and the commands work with. */
export type FormServices = Services & { readonly offers: Offers };

const maxAgeMs = 60_000;
const maxPeople = 2_000;
/** Earlier requests that the form takes its first choices from. */
const requestsLookedAt = 20;

export function createOffers(services: Services): Offers {
  const kept = new Map<string, { readonly offer: Offer; readonly at: number }>();
  return {
    peek(personId) {
      const known = kept.get(personId);
      return known && services.now().getTime() - known.at < maxAgeMs ? known.offer : undefined;
    },
    async load(personId) {
      const offer = await readOffer(services, personId);
      // A refusal is not kept: whoever was just let in must not wait.
      if (offer.refusal) return offer;
      kept.delete(personId);
      kept.set(personId, { offer, at: services.now().getTime() });
      const [oldest] = kept.keys();
      if (kept.size > maxPeople && oldest !== undefined) kept.delete(oldest);
      return offer;
    },
    forget: (personId) => {
      kept.delete(personId);
    },
  };
}

async function readOffer(services: Services, personId: string): Promise<Offer> {
  const person = await services.people.person(personId);
  if (!person) {
    const refusal = problem('person.not-active');
    return { personId, personName: personId, instances: [], recent: new Map(), refusal };
  }
  const instances: InstanceOffer[] = [];
  let refusal: Problem | null = null;
  for (const instanceClient of services.instanceClients.values()) {
    const { mayRequest: policy, approval, alias } = instanceClient.config;
    const usergroups = await services.people.usergroupsOf(personId, policy.usergroups);
    const holdings = await readHoldings(services, alias, person, approval.needed, policy.creators);
    const teamName = services.people.home.name;
    const facts = { person, teamName, instance: alias, usergroups, holdings };
    // Nothing is asked for yet, so nothing is compared.
    const rules = { neverCount: [], isWithin: () => false, nameOfGroup: (id: string) => id };
    const verdict = mayRequest(policy, facts);
    if (verdict.allowed) {
      const atOnce = ownGround(approval, { holdings, asked: [], users: [], rules }) !== null;
      instances.push({ alias, atOnce });
    } else {
      refusal ??= verdict.problem;
    }
  }
  return {
    personId,
    personName: person.name,
    instances,
    recent: recentChoices(await readRequestedUsers(services.db, personId, requestsLookedAt)),
    refusal: instances.length > 0 ? null : refusal,
  };
}

/** Null where the policy does not ask, or Connect does not answer: then an approval is needed. */
async function readHoldings(
  services: Services,
  alias: string,
  person: Parameters<typeof readAuthority>[2],
  needed: 'always' | 'unless-permitted',
  creators: boolean,
) {
  const instanceClient = services.instanceClients.get(alias);
  if (!instanceClient || (needed === 'always' && !creators)) return null;
  const deps = { people: services.people, policy: services.config.identity };
  try {
    const { holdings } = await readAuthority(deps, instanceClient, person, { fresh: false });
    return holdings?.permissions.has(USERS_CREATE) ? holdings : null;
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    services.log.warn({ err: error, instance: alias }, 'could not read what a person holds');
    return null;
  }
}
