/** `/connect-add-user link`, and the buttons under the question and in the list. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { storeThenAcknowledge } from '../actions/record-click.ts';
import { explain, problem } from '../errors/problem.ts';
import { linkActions, linkList } from '../messages/replies/link-replies.ts';
import { lines, link as linkTo } from '../messages/rich-text.ts';
import { isAdmin } from '../requests/repair/remember-names.ts';
import type { Services } from '../services.ts';
import type { Link } from '../slack/ephemeral.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { asReadProblem, recordLinkChoice } from './link-job.ts';
import { readLinks } from './links-store.ts';
import { linksCanBeProven, requestLink } from './request-link.ts';

type Click = BlockAction<ButtonAction>;

/**
 * Posts the link request to the admins in the requests channel. If the policy accepts a sign-in, this happens only if
 * the person does not sign in. Returns the message to the person.
 *
 * @param text the text after `link`: a username, then an instance
 * @param offerProof a link to the sign-in, or null
 */
export async function linkCommand(
  services: Services,
  personId: string,
  text: string,
  offerProof: (services: Services, personId: string, linkId: number) => Promise<Link | null>,
): Promise<KnownBlock[]> {
  const [username = '', instance] = text.trim().split(/\s+/);
  if (username === '') return textWithLink(explain(problem('link.usage')));
  const asked = await asReadProblem(instance ?? '', () =>
    requestLink(services, personId, { username, instance }),
  );
  if ('code' in asked) return textWithLink(explain(asked));
  const { username: user, instance: alias, channel } = asked;
  const link = linksCanBeProven(services) ? await offerProof(services, personId, asked.id) : null;
  if (!link) {
    const where = `The question is for <#${channel}>.`;
    return textWithLink(`An admin has to confirm that you are “${user}” in ${alias}. ${where}`);
  }
  const what = `Sign in at your company to prove that you are “${user}” in ${alias}.`;
  const how = 'The link works once, for 10 minutes, and is for you alone: do not pass it on.';
  const otherwise = `If you don’t sign in, I ask an admin in <#${channel}> then.`;
  return textWithLink(`${what} ${how} ${otherwise}`, link);
}

function textWithLink(text: string, link?: Link): KnownBlock[] {
  return [lines('said', [[text], ...(link ? [[linkTo(link.url, link.text)]] : [])])];
}

/** The links of the instances in which this person is an admin, and their own links. */
export async function linksCommand(services: Services, personId: string): Promise<KnownBlock[]> {
  const aliases = [...services.instanceClients.keys()];
  const admin = await Promise.all(
    aliases.map((alias) => isAdmin(services, alias, personId, { fresh: true })),
  );
  const links = (await readLinks(services.db, aliases)).filter(
    (link) => link.person_id === personId || admin[aliases.indexOf(link.instance)],
  );
  return linkList(
    links.map((link) => ({
      id: link.id,
      personId: link.person_id,
      username: link.connect_username,
      instance: link.instance,
      isConfirmed: link.state === 'confirmed',
      at: link.decided_at ?? link.asked_at,
    })),
  );
}

/** The meaning of each button. */
const choices = {
  [linkActions.confirm]: 'confirmed',
  [linkActions.refuse]: 'refused',
  [linkActions.remove]: 'removed',
} as const;

export function registerLinks(listeners: Listeners, services: Services): void {
  for (const [actionId, what] of Object.entries(choices)) {
    listeners.action<Click>(actionId, async ({ ack, body, action }) => {
      const linkId = Number(action.value);
      if (!Number.isSafeInteger(linkId) || linkId < 1) return ack();
      const personId = body.user.id;
      const deliveryId = `block_actions ${action.action_ts} ${personId} ${actionId} ${linkId}`;
      await storeThenAcknowledge(services, body, ack, { link: linkId }, (where) =>
        recordLinkChoice(services, deliveryId, { linkId, what, by: { personId, ...where } }),
      );
    });
  }
}
