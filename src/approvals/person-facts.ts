/** The facts about a person that the policy requires, read from Slack and Amazon Connect. */

import { whyNotActive } from '../auth/active-person.ts';
import { type Authority, readAuthority, readConnectUser } from '../auth/authority.ts';
import type { DecisionBasis } from '../auth/decision-basis.ts';
import { ceilingOf, type RequestedAccess, USERS_CREATE } from '../auth/holdings.ts';
import { readLinkConfirmers } from '../auth/link-confirmers.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import type { ApproverFacts } from '../policy/approver.ts';
import { authorityDeps, type Services } from '../services.ts';
import type { SlackPerson } from '../slack/slack-person.ts';
import { readPrincipals } from './deputies-store.ts';

export type PersonReading = {
  readonly facts: ApproverFacts;
  readonly authority: Authority | null;
};

/**
 * Lists of user groups up to this age count as read now, because Slack allows only about twenty such reads per
 * minute.
 */
const freshWithinMs = 5_000;

/**
 * Reads who a person is, which of these user groups they are in, and what they hold. `asked` is compared with what
 * they hold (H3). Throws `ConnectReadError` when Connect does not answer.
 *
 * @param options.holdings false when no rule depends on what the person holds; then Connect is not called
 */
export async function readPerson(
  services: Services,
  instanceClient: InstanceClient,
  person: SlackPerson,
  options: {
    readonly usergroups: readonly string[];
    /** Null when the decision gives nobody access. */
    readonly asked: RequestedAccess | null;
    readonly fresh: boolean;
    readonly holdings?: boolean;
  },
): Promise<PersonReading> {
  const inactive = whyNotActive(person, services.people.home.name);
  const since = new Date(services.now().getTime() - freshWithinMs);
  const usergroups = inactive
    ? []
    : await services.people.usergroupsOf(
        person.id,
        options.usergroups,
        options.fresh ? { since } : {},
      );
  const authority =
    inactive || options.holdings === false
      ? null
      : await readAuthority(authorityDeps(services), instanceClient, person, {
          fresh: options.fresh,
        });
  const deputyFor = inactive
    ? []
    : await readDeputyFor(services, instanceClient, person.id, options);
  const { identity, holdings = null } = authority ?? {};
  const vouchedBy = await readLinkConfirmers(authorityDeps(services), instanceClient, {
    id: person.id,
    identity,
  });
  const { beyond, lacks } = options.asked
    ? ceilingOf(holdings, options.asked)
    : { beyond: null, lacks: [] };
  const known = identity?.kind === 'known' ? identity : null;
  return {
    authority,
    facts: {
      id: person.id,
      name: person.name,
      inactive,
      usergroups,
      unlisted: services.people.unlisted(options.usergroups),
      holdsUsersCreate: holdings?.permissions.has(USERS_CREATE) ?? false,
      beyond,
      lacks,
      unidentified: identity?.kind === 'unknown' ? identity.problem : null,
      username: known?.username ?? '',
      connectUserId: known?.userId ?? '',
      deputyFor,
      vouchedBy,
    },
  };
}

/**
 * The people in whose place this person may decide: only active ones, with their user groups and their Connect user.
 */
async function readDeputyFor(
  services: Services,
  instanceClient: InstanceClient,
  personId: string,
  { usergroups, fresh }: { readonly usergroups: readonly string[]; readonly fresh: boolean },
): Promise<ApproverFacts['deputyFor']> {
  const { people } = services;
  const deps = authorityDeps(services);
  const principals = await readPrincipals(services.db, personId, services.now());
  const read = principals.map(async ({ id, name }) => {
    const principal = await people.person(id, { fresh });
    if (!principal || whyNotActive(principal, people.home.name)) return [];
    const user = await readConnectUser(deps, instanceClient, principal, { fresh: false });
    const connectUserId = user.kind === 'known' ? user.userId : '';
    return [{ id, name, usergroups: await people.usergroupsOf(id, usergroups), connectUserId }];
  });
  return (await Promise.all(read)).flat();
}

/** Why a person may decide, in the form that is stored with the decision. */
export function basisOf(
  reading: PersonReading,
  kind: DecisionBasis['kind'],
  more: Pick<
    DecisionBasis,
    'rule' | 'stage' | 'deputyFor' | 'deputyForUserId' | 'aboveCeiling' | 'signIn'
  >,
): DecisionBasis {
  const { holdings } = reading.authority ?? {};
  const { vouchedBy } = reading.facts;
  return {
    kind,
    connectUser: holdings?.username ?? '',
    connectUserId: reading.facts.connectUserId,
    ...(vouchedBy.length > 0 ? { vouchedBy: vouchedBy.map(({ id }) => id) } : {}),
    profiles: holdings?.createThrough ?? [],
    ...more,
  };
}
