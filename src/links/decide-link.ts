/**
 * An admin confirms or refuses an identity link, a fresh sign-in proves it, or it is removed. Nobody confirms their
 * own link, through any of their accounts.
 */
import { readPerson } from '../approvals/person-facts.ts';
import { appendEvent } from '../audit/audit-store.ts';
import { readCeilingRules, readRequestedProfiles } from '../auth/authority.ts';
import type { SignIn } from '../auth/decision-basis.ts';
import { readSlackPeopleOf } from '../auth/same-person.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { authorityDeps, type Services } from '../services.ts';
import type { Tx } from '../storage/database.ts';
import type { IdentityLinkRecord } from '../storage/schema.ts';
import { isUniqueViolation } from '../storage/unavailable.ts';
import { moveLink, readLink, readOpenLinkRequests } from './links-store.ts';

/** A link request is open for this long. */
const openForMs = 7 * 24 * 60 * 60 * 1000;

export type DecidedLink = { readonly link: IdentityLinkRecord; readonly byName: string };

/** Confirms or refuses. A problem when this person may not do so, or it is too late. Throws `ConnectReadError`. */
export async function decideLink(
  services: Services,
  id: number,
  personId: string,
  verdict: 'confirmed' | 'refused',
): Promise<DecidedLink | Problem> {
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
  const taken = await unlessLinkTaken(services, link, (tx) =>
    moveLinkWithEvent(services, tx, link, verdict, personId),
  );
  return taken ?? { link, byName: admin.name };
}

/** A fresh sign-in, by its number, that proved a link in place of an admin. */
type Proof = { readonly id: number; readonly signIn: SignIn };

/**
 * Confirms a link by a fresh sign-in that was already compared. A problem when the user has changed or already
 * belongs to a person. Throws `ConnectReadError`.
 *
 * @param also part of the same transaction
 */
export async function proveLink(
  services: Services,
  link: IdentityLinkRecord,
  proof: Proof,
  also: (tx: Tx) => Promise<void>,
): Promise<Problem | null> {
  const instanceClient = services.instanceClients.get(link.instance);
  const user = await instanceClient?.gateway.describeUser(link.connect_user_id);
  if (!instanceClient || user?.username !== link.connect_username) return problem('link.over');
  const why = await whyNotConfirmed(services, instanceClient, link);
  if (why) return why;
  return unlessLinkTaken(services, link, async (tx) => {
    const isDone = await moveLinkWithEvent(services, tx, link, 'confirmed', null, proof);
    if (isDone) await also(tx);
    return isDone;
  });
}

/** Runs the step in a transaction; the database refuses a second link of a person, or to a user. */
async function unlessLinkTaken(
  services: Services,
  link: IdentityLinkRecord,
  step: (tx: Tx) => Promise<boolean>,
): Promise<Problem | null> {
  try {
    const isDone = await services.db.transaction().execute(step);
    return isDone ? null : problem('link.over');
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return (await readTaken(services, link)) ?? problem('link.over');
  }
}

/** One step of a link, with its event and the job that updates Slack; false when it was already in another state. */
export async function moveLinkWithEvent(
  services: Services,
  tx: Tx,
  link: IdentityLinkRecord,
  to: 'confirmed' | 'refused' | 'removed' | 'expired',
  personId: string | null,
  proof?: Proof,
): Promise<boolean> {
  const { id, instance, person_id: person, connect_user_id: connectUserId } = link;
  const at = services.now();
  const from = to === 'removed' ? 'confirmed' : 'asked';
  const proven = proof ? { proven: proof.signIn } : {};
  if (!(await moveLink(tx, id, from, to, { personId, at, ...proven }))) return false;
  const by = proof ? { signIn: proof.id, ...proof.signIn } : {};
  const details = { link: id, instance, person, connectUserId, ...by };
  const actor = personId ?? (proof ? person : 'bot');
  await appendEvent(tx, null, { kind: `link-${to}`, actor, details }, at);
  await services.jobs.enqueue(tx, { queue: 'link', data: { linkId: id, what: 'show' } });
  return true;
}

/** The existing link that prevents this one: of the same person, or to the same user. */
async function readTaken(services: Services, link: IdentityLinkRecord): Promise<Problem | null> {
  const { links, people } = services;
  const own = await links.of(link.person_id, link.instance);
  if (own) return problem('link.taken', { username: own.username, who: link.person_name });
  const [other] = await links.to(link.connect_user_id, link.instance);
  if (other === undefined) return null;
  const who = (await people.person(other))?.name ?? other;
  return problem('link.taken', { username: link.connect_username, who });
}

/** Ends link requests that nobody decided in time, in every bot; if two bots find the same one, only one ends it. */
export async function endOverdueLinkRequests(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - openForMs);
  for (const id of await readOpenLinkRequests(services.db, before, 100)) {
    await services.db.transaction().execute(async (tx) => {
      const link = await readLink(tx, id);
      if (link) await moveLinkWithEvent(services, tx, link, 'expired', null);
    });
  }
}

/** Confirming a link gives a person the permissions of the linked user, so the admin must hold them as well (H3). */
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
    asked: await readRequestedProfiles(instanceClient, profiles, { fresh: true }),
    users: [{ tags: user.tags, hierarchyGroupId: user.hierarchyGroupId ?? null }],
    rules: await readCeilingRules(instanceClient),
  };
  const { facts } = await readPerson(services, instanceClient, person, {
    usergroups: [],
    asked,
    fresh: true,
  });
  if (facts.inactive) return facts.inactive;
  // The same Connect user through another account of the requester.
  if (facts.connectUserId === link.connect_user_id) return problem('link.own');
  if (!facts.holdsUsersCreate) return problem('link.not-admin', { instance: link.instance });
  return facts.beyond ?? { name: person.name };
}

/** If two Slack people had the same Connect user, they would count as two approvers. */
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

/** Removes an active link, for the person themselves or an admin of the instance. Permissions end immediately. */
export async function removeLink(
  services: Services,
  id: number,
  personId: string,
): Promise<DecidedLink | Problem> {
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
  const isDone = await services.db
    .transaction()
    .execute((tx) => moveLinkWithEvent(services, tx, link, 'removed', personId));
  return isDone ? { link, byName: person.name } : problem('link.over');
}
