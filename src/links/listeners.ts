/** `/connect-add-user link`, and the buttons under the question and in the list. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { placeOfClick } from '../actions/record-click.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import { explain, type Problem, problem } from '../errors/problem.ts';
import { linkActions, linkEnded, linkList, linkQuestion } from '../messages/replies/links.ts';
import { lines, messageText } from '../messages/rich-text.ts';
import { isAdmin } from '../requests/repair/remember-names.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listeners.ts';
import { askForLink } from './ask-link.ts';
import { decideLink, removeLink } from './decide-link.ts';
import { forgetQuestion, readLinks } from './links-store.ts';

type Click = BlockAction<ButtonAction>;

/** What Connect does not tell is said like any other problem. */
async function unlessAway<Answer>(
  instance: string,
  work: () => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    return problem('form.directory-unreachable', { instance, why: 'it isn’t responding' });
  }
}

/**
 * Asks the admins in the requests channel. Answers what to tell whoever asked.
 *
 * @param text what is after `link`: a username, then an instance
 */
export async function linkCommand(
  services: Services,
  client: WebClient,
  personId: string,
  text: string,
): Promise<string> {
  const [username = '', instance] = text.trim().split(/\s+/);
  if (username === '') return explain(problem('link.usage'));
  const asked = await unlessAway(instance ?? '', () =>
    askForLink(services, personId, { username, instance }),
  );
  if ('code' in asked) return explain(asked);
  const { config } = asked.instanceClient;
  const blocks = linkQuestion({
    id: asked.id,
    personId,
    personName: asked.person.name,
    instance: config.alias,
    username: asked.username,
    fullName: asked.fullName,
    profiles: asked.profiles,
  });
  const channel = config.requestsChannel;
  try {
    await client.chat.postMessage({ channel, text: messageText(blocks), blocks });
  } catch (error) {
    services.log.warn({ err: error, channel }, 'a question about a link could not be posted');
    await forgetQuestion(services.db, asked.id);
    return explain(problem('link.not-posted'));
  }
  return `An admin has to confirm that you are “${asked.username}” in ${config.alias}. The question is in <#${channel}>.`;
}

/** The links of the instances in which this person is an admin, and their own. */
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

export function registerLinks(listeners: Listeners, services: Services): void {
  listeners.action<Click>([linkActions.confirm, linkActions.refuse], async (slack) => {
    const { ack, body, action, respond, client } = slack;
    await ack();
    const id = Number(action.value);
    if (!Number.isSafeInteger(id)) return;
    const verdict = action.action_id === linkActions.confirm ? 'confirmed' : 'refused';
    const decided = await unlessAway('', () => decideLink(services, id, body.user.id, verdict));
    if ('code' in decided) return services.sendEphemeral(placeOfClick(body), decided);
    const { link, byName } = decided;
    const about = {
      personName: link.person_name,
      username: link.connect_username,
      instance: link.instance,
    };
    const blocks = linkEnded(about, verdict, byName);
    await respond({ replace_original: true, text: messageText(blocks), blocks });
    await client.chat
      .postMessage({ channel: link.person_id, text: messageText(blocks), blocks })
      .catch((error: unknown) =>
        services.log.warn({ err: error, code: 'link' }, 'could not tell somebody'),
      );
  });

  listeners.action<Click>(linkActions.remove, async ({ ack, body, action, respond }) => {
    await ack();
    const id = Number(action.value);
    if (!Number.isSafeInteger(id)) return;
    const removed = await unlessAway('', () => removeLink(services, id, body.user.id));
    const said =
      'code' in removed
        ? explain(removed)
        : `${removed.link.person_name} is no longer linked to “${removed.link.connect_username}”.`;
    const blocks = [lines('said', [[said]])];
    const message = { text: messageText(blocks), blocks };
    await respond({ response_type: 'ephemeral', replace_original: false, ...message });
  });
}
