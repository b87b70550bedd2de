/** An admin confirms or refuses a link, or it is removed. Nobody links themselves, through no account of theirs. */
import { readPerson } from '../approvals/person-facts.ts';
import { appendEvent } from '../audit/store.ts';
import { readAskedProfiles, readCeilingRules } from '../auth/authority.ts';
import { readSlackPeopleOf } from '../auth/same-user.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { authorityDeps, type Services } from '../services.ts';
import type { IdentityLinkRecord } from '../storage/schema.ts';
import { moveLink, readLink } from './links-store.ts';

/** A question is open for so long. */
const openForMs = 7 * 24 * 60 * 60 * 1000;

export type Decided = { readonly link: IdentityLinkRecord; readonly byName: string };

/** Confirms or refuses. A problem where this person may not, or it is too late. Throws `ConnectReadError`. */
export async function decideLink(
  services: Services,
  id: number,
  personId: string,
  verdict: 'confirmed' | 'refused',
): Promise<Decided | Problem> {
  const link = await readLink(services.db, id);
  const instanceClient = services.instanceClients.get(link?.instance ?? '');
  const now = services.now();
  if (!link || !instanceClient || link.state !== 'asked') return problem('link.over');
  if (now.getTime() - link.asked_at.getTime() > openForMs) return problem('link.too-old');
  const admin = await readAdmin(services, instanceClient, link, personId);
  if ('code' in admin) return admin;
  if (verdict === 'confirmed') {
    const why = await whyNotConfirmed(services, instanceClient, link);
    if (why) return why;
  }
  const isDone = await services.db.transaction().execute(async (tx) => {
    const moved = await moveLink(tx, id, 'asked', verdict, { personId, at: now });
    if (!moved) return false;
    const details = {
      link: id,
      instance: link.instance,
      person: link.person_id,
      connectUserId: link.connect_user_id,
    };
    await appendEvent(tx, null, { kind: `link-${verdict}`, actor: personId, details }, now);
    return true;
  });
  return isDone ? { link, byName: admin.name } : problem('link.over');
}

/** Who confirms a link gives away what its user holds: they must hold it themselves (H3). */
async function readAdmin(
  services: Services,
  instanceClient: InstanceClient,
  link: IdentityLinkRecord,
  personId: string,
): Promise<{ readonly name: string } | Problem> {
  if (personId === link.person_id) return problem('link.own');
  const person = await services.people.person(personId, { fresh: true });
  if (!person) return problem('person.not-active');
  const { gateway, directory } = instanceClient;
  const user = await gateway.describeUser(link.connect_user_id);
  if (!user || user.username !== link.connect_username) return problem('link.over');
  const snapshot = await directory.get();
  const profiles = user.securityProfileIds.map(
    (id) => snapshot.securityProfileById(id) ?? { id, name: id },
  );
  const asked = {
    asked: await readAskedProfiles(instanceClient, profiles, { fresh: true }),
    users: [{ tags: user.tags, hierarchyGroupId: user.hierarchyGroupId ?? null }],
    rules: await readCeilingRules(instanceClient),
  };
  const { facts } = await readPerson(services, instanceClient, person, {
    usergroups: [],
    asked,
    fresh: true,
  });
  if (facts.inactive) return facts.inactive;
  // The same Connect user through another account of the one who asks.
  if (facts.connectUserId === link.connect_user_id) return problem('link.own');
  if (!facts.holdsUsersCreate) return problem('link.not-admin', { instance: link.instance });
  return facts.beyond ?? { name: person.name };
}

/** Two Slack people for one Connect user would be one person with two voices. */
async function whyNotConfirmed(
  services: Services,
  instanceClient: InstanceClient,
  link: IdentityLinkRecord,
): Promise<Problem | null> {
  const { connect_user_id: userId, connect_username: username } = link;
  const others = await readSlackPeopleOf(authorityDeps(services), instanceClient, {
    userId,
    username,
  });
  const taken = others.filter(({ id }) => id !== link.person_id);
  const [first] = taken;
  return first ? problem('link.taken', { username, who: first.name }) : null;
}

/** Removes a link that holds: the person themselves, or an admin of the instance. Rights go at once. */
export async function removeLink(
  services: Services,
  id: number,
  personId: string,
): Promise<Decided | Problem> {
  const link = await readLink(services.db, id);
  const instanceClient = services.instanceClients.get(link?.instance ?? '');
  if (!link || !instanceClient || link.state !== 'confirmed') return problem('link.over');
  const person = await services.people.person(personId, { fresh: true });
  if (!person) return problem('person.not-active');
  if (personId !== link.person_id) {
    const { facts } = await readPerson(services, instanceClient, person, {
      usergroups: [],
      asked: null,
      fresh: true,
    });
    if (facts.inactive) return facts.inactive;
    if (!facts.holdsUsersCreate) return problem('link.not-admin', { instance: link.instance });
  }
  const now = services.now();
  const isDone = await services.db.transaction().execute(async (tx) => {
    const moved = await moveLink(tx, id, 'confirmed', 'removed', { personId, at: now });
    if (!moved) return false;
    const details = { link: id, instance: link.instance, person: link.person_id };
    await appendEvent(tx, null, { kind: 'link-removed', actor: personId, details }, now);
    return true;
  });
  return isDone ? { link, byName: person.name } : problem('link.over');
}
