/**
 * Which conversations and files the bot can access: a bot sees only the files of conversations that it belongs to.
 */
import type { WebClient } from '@slack/web-api';
import { slackErrorCode } from '../slack-failure.ts';

export type BotAccess = {
  /** Whether the bot is in the conversation; null when Slack does not answer. */
  readonly member: boolean | null;
  /** Ids of the files that Slack certainly does not let the bot see. */
  readonly hidden: readonly string[];
};

/** Slack's errors for a conversation that the bot is not in and may not see. */
const foreign = new Set(['channel_not_found', 'not_in_channel']);
const unseen = new Set(['file_not_found', 'not_visible', 'access_denied', 'not_allowed']);

/**
 * Reads a conversation from Slack and, if the bot is not a member, each file, because a file can also be shared
 * elsewhere. Never throws; without an answer of Slack the file counts as accessible, so that nothing is refused by
 * mistake. https://docs.slack.dev/reference/methods/conversations.info
 */
export async function readBotAccess(
  client: WebClient,
  channel: string,
  fileIds: readonly string[],
): Promise<BotAccess> {
  const member = await isMember(client, channel);
  if (member !== false) return { member, hidden: [] };
  const sight = await Promise.all(fileIds.map((file) => isHidden(client, file)));
  return { member, hidden: fileIds.filter((_file, at) => sight[at]) };
}

async function isMember(client: WebClient, channel: string): Promise<boolean | null> {
  try {
    const answer = await client.conversations.info({ channel });
    // Direct messages have no `is_member`: a person who can use a conversation is a member of it.
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
