/**
 * Names a deputy, who approves in the place of a person for a limited time. A deputy grants no more than their own
 * permissions.
 */
import { appendEvent } from '../audit/audit-store.ts';
import { whyNotActive } from '../auth/active-person.ts';
import { readConnectUser } from '../auth/authority.ts';
import { explain, problem } from '../errors/problem.ts';
import { authorityDeps, type Services } from '../services.ts';
import type { SlackPerson } from '../slack/slack-person.ts';
import type { Tx } from '../storage/database.ts';
import { isUniqueViolation } from '../storage/unavailable.ts';
import { endDeputy, insertDeputy } from './deputies-store.ts';

/** A deputy is named for at most this many days. */
export const longestDeputyDays = 90;

/** The new deputy, or the message to the person why not. */
export type DeputyAnswer = { readonly name: string; readonly until: Date } | string;

/** A member id, or an email address, which is looked up only for a person who may name a deputy. */
export type DeputyReference = { readonly id: string } | { readonly address: string };

/** Names this person's deputy, which replaces the earlier one; null ends it. */
export async function nameDeputy(
  services: Services,
  personId: string,
  deputy: { readonly who: DeputyReference; readonly until: Date } | null,
): Promise<DeputyAnswer> {
  const { people, db } = services;
  const person = await people.person(personId, { fresh: true });
  const nobody = person ? whyNotActive(person, people.home.name) : problem('person.not-active');
  if (nobody || !person) return explain(nobody ?? problem('person.not-active'));
  const now = services.now();
  if (!deputy) {
    const ended = await db.transaction().execute(async (tx) => {
      const name = await endDeputy(tx, personId, now);
      if (name === null) return null;
      await appendEvent(tx, null, { kind: 'deputy-ended', actor: personId, details: {} }, now);
      return name;
    });
    return ended === null ? explain(problem('deputy.none')) : `${ended} is your deputy no longer.`;
  }
  const { who, until } = deputy;
  const id = 'id' in who ? who.id : ((await people.whoHasAddress(who.address))?.id ?? null);
  const chosen = id === null ? null : await people.person(id, { fresh: true });
  if (!chosen || id === personId || whyNotActive(chosen, people.home.name)) {
    const written = 'id' in who ? who.id : who.address;
    return explain(problem('deputy.unknown', { who: chosen?.name ?? written }));
  }
  const username = await sharedUser(services, person, chosen);
  if (username !== null)
    return explain(problem('deputy.same-user', { who: chosen.name, username }));
  const name = async (tx: Tx) => {
    await endDeputy(tx, personId, now);
    const named = {
      personId,
      personName: person.name,
      deputyId: chosen.id,
      deputyName: chosen.name,
      until,
    };
    await insertDeputy(tx, named, now);
    const details = { deputy: chosen.id, until: until.toISOString() };
    await appendEvent(tx, null, { kind: 'deputy-named', actor: personId, details }, now);
  };
  try {
    await db.transaction().execute(name);
  } catch (error) {
    // A person has one deputy at a time, and another command of theirs has just named one.
    if (!isUniqueViolation(error)) throw error;
    return explain(problem('deputy.meanwhile'));
  }
  return { name: chosen.name, until };
}

/**
 * A Connect user that belongs to both people, in any instance; null when there is none. Throws `ConnectReadError`.
 */
async function sharedUser(
  services: Services,
  person: SlackPerson,
  chosen: SlackPerson,
): Promise<string | null> {
  const deps = authorityDeps(services);
  for (const instanceClient of services.instanceClients.values()) {
    const [own, theirs] = await Promise.all(
      [person, chosen].map((who) => readConnectUser(deps, instanceClient, who, { fresh: false })),
    );
    if (own?.kind === 'known' && theirs?.kind === 'known' && own.userId === theirs.userId) {
      return own.username;
    }
  }
  return null;
}
