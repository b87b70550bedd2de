/** What the bot can reach: a bot sees only the files of conversations that it belongs to. */
import type { WebClient } from '@slack/web-api';
import { slackErrorCode } from '../slack-failure.ts';

export type Reach = {
  /** Whether the bot is in the conversation; null when Slack does not say. */
  readonly member: boolean | null;
  /** Ids of the files that Slack certainly does not let the bot see. */
  readonly hidden: readonly string[];
};

/** How Slack answers about a conversation that the bot is not in and may not even know of. */
const foreign = new Set(['channel_not_found', 'not_in_channel']);
const unseen = new Set(['file_not_found', 'not_visible', 'access_denied', 'not_allowed']);

/**
 * Asks Slack about a conversation and, where the bot is no member, about each file: one may have been shared
 * elsewhere too. Never throws; what Slack does not answer counts as reachable, so that nothing is refused by mistake.
 * https://docs.slack.dev/reference/methods/conversations.info
 */
export async function readReach(
  client: WebClient,
  channel: string,
  fileIds: readonly string[],
): Promise<Reach> {
  const member = await isMember(client, channel);
  if (member !== false) return { member, hidden: [] };
  const sight = await Promise.all(fileIds.map((file) => isHidden(client, file)));
  return { member, hidden: fileIds.filter((_file, at) => sight[at]) };
}

async function isMember(client: WebClient, channel: string): Promise<boolean | null> {
  try {
    const answer = await client.conversations.info({ channel });
    // Direct messages have no `is_member`: a person who can ask about a conversation is a member of it.
    return answer.channel?.is_im ? true : (answer.channel?.is_member ?? null);
  } catch (error) {
    return foreign.has(slackErrorCode(error) ?? '') ? false : null;
  }
}

async function isHidden(client: WebClient, file: string): Promise<boolean> {
  try {
    await client.files.info({ file });
    return false;
  } catch (error) {
    return unseen.has(slackErrorCode(error) ?? '');
  }
}
