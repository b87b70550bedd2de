/**
 * If the policy trusts a claim, a fresh sign-in proves which Connect user a person is, in place of an admin. Two
 * claims are compared: one with the person's address in Slack, one with the username. So nobody gets another person's
 * permissions by sending them the address of the page.
 */

import { textHash } from '../audit/audit-event.ts';
import { appendEvent } from '../audit/audit-store.ts';
import { whyNotActive } from '../auth/active-person.ts';
import { judgeSignIn, type SignedIn } from '../auth/judge-sign-in.ts';
import type { LinkBySignIn } from '../config/config.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { proveLink } from '../links/decide-link.ts';
import { readLink } from '../links/links-store.ts';
import type { Services } from '../services.ts';
import type { Link } from '../slack/ephemeral.ts';
import type { IdentityLinkRecord, SignInRecord } from '../storage/schema.ts';
import { linkOf, linkOpenMs, newSecret } from './ask-sign-in.ts';
import { insertSignIn, setSignedIn, spendSignIn } from './sign-ins-store.ts';

/** A link that works once and leads to the sign-in; null when the policy trusts no claim. */
export async function offerProof(
  services: Services,
  personId: string,
  linkId: number,
): Promise<Link | null> {
  const { config, db } = services;
  const link = await readLink(db, linkId);
  if (!config.signIn || !config.identity.linkBySignIn || link?.state !== 'asked') return null;
  const now = services.now();
  const secret = newSecret();
  await db.transaction().execute(async (tx) => {
    const id = await insertSignIn(tx, {
      linkId,
      personId,
      bindingHash: boundTo(link),
      choice: {},
      linkHash: textHash(secret),
      at: now,
      expiresAt: new Date(now.getTime() + linkOpenMs),
    });
    const details = { signIn: id, link: linkId };
    await appendEvent(tx, null, { kind: 'sign-in-asked', actor: personId, details }, now);
  });
  return { url: linkOf(config.signIn, secret), text: 'Sign in' };
}

/** What is proved: this user of this instance, and no other user of the same name. */
function boundTo(link: IdentityLinkRecord): string {
  return textHash(`${link.instance}\n${link.connect_user_id}\n${link.connect_username}`);
}

export type LinkPurpose = {
  readonly kind: 'link';
  readonly link: IdentityLinkRecord;
  readonly needed: LinkBySignIn;
};

/** The link for which a sign-in is made, or why the sign-in has no purpose anymore. */
export async function readLinkPurpose(
  services: Services,
  asked: SignInRecord,
): Promise<LinkPurpose | Problem> {
  const link = asked.link_id === null ? undefined : await readLink(services.db, asked.link_id);
  const needed = services.config.identity.linkBySignIn;
  const isOpen = link?.state === 'asked' && asked.expires_at > services.now();
  if (!link || !needed || !isOpen || boundTo(link) !== asked.binding_hash) {
    return problem('sign-in.over');
  }
  return { kind: 'link', link, needed };
}

/**
 * Confirms the link with the provider's claims. A problem when they are not sufficient, or the user already belongs
 * to a person.
 */
export async function proveBySignIn(
  services: Services,
  asked: SignInRecord,
  { link, needed }: LinkPurpose,
  signedIn: SignedIn,
): Promise<Problem | null> {
  const person = await services.people.person(asked.person_id, { fresh: true });
  const inactive = person ? whyNotActive(person, services.people.home.name) : null;
  if (!person || inactive) return inactive ?? problem('person.not-active');
  const now = services.now();
  const why = judgeSignIn(signedIn, needed, [person.email], now);
  if (why) return why;
  const byUsername = { ...signedIn, named: signedIn.username ?? null, isUnverified: false };
  if (judgeSignIn(byUsername, needed, [link.connect_username], now)) {
    return problem('sign-in.other-user', { username: link.connect_username });
  }
  const { signIn } = signedIn;
  try {
    return await proveLink(services, link, { id: asked.id, signIn }, async (tx) => {
      await setSignedIn(tx, asked.id, signIn);
      await spendSignIn(tx, asked.id, now);
    });
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    return problem('decision.could-not-check');
  }
}
