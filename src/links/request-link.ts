/**
 * A person whose email address does not identify their Connect user requests an identity link, which an admin must
 * confirm.
 */
import { appendEvent } from '../audit/audit-store.ts';
import { whyNotActive } from '../auth/active-person.ts';
import { readConnectUser } from '../auth/authority.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { authorityDeps, type Services } from '../services.ts';
import { moveLinkWithEvent } from './decide-link.ts';
import { insertLinkRequest, readOpenQuestion } from './links-store.ts';

/**
 * The same link request is posted once per day, a different one after a shorter time, so that nobody fills the
 * admins' channel.
 */
const sameRequestEveryMs = 24 * 60 * 60_000;
const otherRequestEveryMs = 2 * 60_000;

/** While the person can still prove it by a sign-in, no admin is notified. */
const proofMs = 10 * 60_000;

export function linksCanBeProven({ config }: Pick<Services, 'config'>): boolean {
  return config.signIn !== undefined && config.identity.linkBySignIn !== undefined;
}

export type RequestedLink = {
  readonly id: number;
  readonly instance: string;
  readonly channel: string;
  readonly username: string;
};

/**
 * Stores the link request, and the job that posts it. A problem when it is not possible. Throws `ConnectReadError`.
 */
export async function requestLink(
  services: Services,
  personId: string,
  wanted: { readonly username: string; readonly instance: string | undefined },
): Promise<RequestedLink | Problem> {
  const { people, config, instanceClients, db } = services;
  if (!config.identity.ways.includes('link')) return problem('link.not-allowed');
  const person = await people.person(personId, { fresh: true });
  const nobody = person ? whyNotActive(person, people.home.name) : problem('person.not-active');
  if (nobody || !person) return nobody ?? problem('person.not-active');
  const aliases = [...instanceClients.keys()];
  const alias =
    wanted.instance === undefined
      ? aliases[0]
      : aliases.find((known) => known.toLowerCase() === wanted.instance?.toLowerCase());
  const instanceClient = instanceClients.get(alias ?? '');
  if (!alias || !instanceClient) {
    return problem('form.unknown-instance', { instance: wanted.instance ?? '' });
  }
  const known = await readConnectUser(authorityDeps(services), instanceClient, person, {
    fresh: true,
  });
  if (known.kind === 'known') {
    return problem('link.known', { username: known.username, instance: alias });
  }
  const user = await instanceClient.gateway.findUser(wanted.username);
  if (!user) return problem('link.no-user', { username: wanted.username, instance: alias });
  const now = services.now();
  const link = {
    instance: alias,
    personId,
    personName: person.name,
    userId: user.id,
    username: user.username,
  };
  const id = await db.transaction().execute(async (tx) => {
    const open = await readOpenQuestion(tx, alias, personId);
    const waitMs = open?.connect_user_id === user.id ? sameRequestEveryMs : otherRequestEveryMs;
    if (open && now.getTime() - open.asked_at.getTime() < waitMs) {
      // A person who did not sign in, or signed in as a different user, gets a new sign-in link for the same link
      // request.
      const isAgain = linksCanBeProven(services) && open.connect_user_id === user.id;
      return isAgain ? open.id : open.connect_username;
    }
    if (open) await moveLinkWithEvent(services, tx, open, 'expired', null);
    const asked = await insertLinkRequest(tx, link, now);
    const show = { linkId: asked, what: 'show' } as const;
    const startAfter = linksCanBeProven(services)
      ? { startAfter: new Date(now.getTime() + proofMs) }
      : {};
    await services.jobs.enqueue(tx, { queue: 'link', data: show, ...startAfter });
    const details = { link: asked, instance: alias, connectUserId: user.id };
    await appendEvent(tx, null, { kind: 'link-asked', actor: personId, details }, now);
    return asked;
  });
  if (typeof id === 'string') return problem('link.asked', { username: id, instance: alias });
  const { requestsChannel: channel } = instanceClient.config;
  return { id, instance: alias, channel, username: user.username };
}
