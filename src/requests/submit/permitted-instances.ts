/**
 * The instances and presets for which a person may make requests, cached for a short time so that a form can open
 * within Slack's 3 seconds without a call. No decision depends on it: the check and the decision read everything
 * again.
 */

import { presetsFor, requesterFacts } from '../../approvals/judge-request.ts';
import { setNewest } from '../../bounded-map.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { PersonFacts } from '../../policy/facts.ts';
import { rulesOf } from '../../policy/read-rules.ts';
import type { Approval } from '../../policy/rule.ts';
import { likelyRule } from '../../policy/verdict.ts';
import type { Services } from '../../services.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import { readRequestedUsers } from '../store/history-store.ts';
import { type RecentChoices, recentChoices } from './recent-choices.ts';

export type InstanceOffer = {
  readonly alias: string;
  /** The approval that a request will probably need, as far as that is known now; null when it is created at once. */
  readonly approval: Approval | null;
  /** Names of the presets that the person may use there. */
  readonly presets: readonly string[];
  /** The person's facts in this instance, as they were read; null when they are not known. */
  readonly requester: PersonFacts | null;
};

export type Offer = {
  readonly personId: string;
  readonly personName: string;
  /** Instances in which the person may request users, in the order of the configuration. */
  readonly instances: readonly InstanceOffer[];
  /** What they chose in earlier requests, by instance; the instance of the latest request comes first. */
  readonly recent: ReadonlyMap<string, RecentChoices>;
  /** Why the person may make no requests; null when they may. */
  readonly refusal: Problem | null;
};

export type Offers = {
  /** The cached result, without waiting; undefined when there is none or it is too old. */
  peek(personId: string): Offer | undefined;
  load(personId: string): Promise<Offer>;
  /** Removes a person's cached result, because they have just submitted a request. */
  forget(personId: string): void;
};

/** The services that the form and the commands use. */
export type FormServices = Services & { readonly offers: Offers };

const maxAgeMs = 60_000;
const maxPeople = 2_000;
/** Earlier requests from which the form's first choices are taken. */
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
      // A refusal is not cached, so that a person who was just given access does not have to wait.
      if (offer.refusal) return offer;
      setNewest(kept, personId, { offer, at: services.now().getTime() }, maxPeople);
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
    const { alias } = instanceClient.config;
    const { facts, problem: why } = await readFacts(services, instanceClient, person);
    if (why) {
      refusal ??= why;
      continue;
    }
    const outcome = likelyRule(rulesOf(instanceClient.config), facts)?.outcome;
    const approval = outcome?.kind === 'ask' ? outcome.approval : null;
    // Starts to find out who could approve; nobody waits for it, and a form shows the result once it is known.
    if (approval) services.audiences.peek(instanceClient, approval);
    const presets = usablePresets(instanceClient, facts);
    instances.push({ alias, approval, presets, requester: facts });
  }
  return {
    personId,
    personName: person.name,
    instances,
    recent: recentChoices(await readRequestedUsers(services.db, personId, requestsLookedAt)),
    refusal: instances.length > 0 ? null : refusal,
  };
}

function usablePresets({ config }: InstanceClient, facts: PersonFacts): string[] {
  return presetsFor(config, facts)
    .filter(({ mayUse }) => mayUse)
    .map(({ name }) => name);
}

/** The presets that a person may use, in those instances where they may make requests; no decision depends on it. */
export async function readUsablePresets(
  services: Services,
  personId: string,
  instanceClients: Iterable<InstanceClient> = services.instanceClients.values(),
): Promise<{ readonly instance: string; readonly name: string }[]> {
  const person = await services.people.person(personId);
  if (!person) return [];
  const withPresets = [...instanceClients].filter(({ config }) => config.presets.length > 0);
  const found = await Promise.all(
    withPresets.map(async (instanceClient) => {
      const { facts, problem: why } = await readFacts(services, instanceClient, person);
      const names = why ? [] : usablePresets(instanceClient, facts);
      return names.map((name) => ({ instance: instanceClient.config.alias, name }));
    }),
  );
  return found.flat();
}

/** When Connect does not answer, the person counts as holding nothing, so an approval is needed. */
async function readFacts(
  services: Services,
  instanceClient: InstanceClient,
  person: SlackPerson,
): Promise<{ readonly facts: PersonFacts; readonly problem: Problem | null }> {
  try {
    return await requesterFacts(services, instanceClient, person, {});
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    const { alias: instance } = instanceClient.config;
    services.log.warn({ err: error, instance }, 'could not read what a person holds');
    return requesterFacts(services, instanceClient, person, { holdings: false });
  }
}
