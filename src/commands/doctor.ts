/** `/connect-add-user doctor`: checks everything that the bot needs, for operators. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { explain } from '../errors/problem.ts';
import { doctorBlocks } from '../messages/replies/doctor-reply.ts';
import { textBlocks } from '../messages/rich-text.ts';
import { whyMayNotSeeRequests } from '../requests/overview/read-overview.ts';
import type { Services } from '../services.ts';

/** @param typed who typed it, and where */
export async function doctorCommand(
  services: Services,
  client: WebClient,
  typed: { readonly user_id: string; readonly channel_id: string },
): Promise<KnownBlock[]> {
  const { operators } = services.config;
  const { user_id: personId, channel_id: channel } = typed;
  const isOperator =
    operators.includes(personId) ||
    (operators.includes(channel) && (await isPrivate(client, channel)));
  if (!isOperator) return textBlocks(notAnOperator);
  const why = await whyMayNotSeeRequests(services, personId, { fresh: true });
  return why ? textBlocks(explain(why)) : doctorBlocks(await services.examine());
}

/**
 * Everybody in the workspace can join a public channel, so membership in one proves nothing about a person. False
 * when Slack does not answer. https://docs.slack.dev/reference/objects/conversation-object
 */
async function isPrivate(client: WebClient, channel: string): Promise<boolean> {
  const answer = await client.conversations.info({ channel }).catch(() => null);
  return answer?.channel?.is_private === true;
}

const notAnOperator =
  'Only operators can check the installation: people whom the policy file names under “operators”, and whoever types this in a private channel that it names there.';
