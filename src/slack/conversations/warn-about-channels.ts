/**
 * Checks at the start whether cards can be posted, so that an operator learns of a problem before a requester does.
 */
import type { WebClient } from '@slack/web-api';
import type { InstanceConfig } from '../../config/config.ts';
import type { Log } from '../../operations/log.ts';
import { slackErrorCode } from '../slack-failure.ts';

/** Warns about every requests channel that the bot cannot post in; never throws. */
export async function warnAboutChannels(
  client: WebClient,
  instances: readonly InstanceConfig[],
  log: Log,
): Promise<void> {
  for (const { alias, requestsChannel: channel } of instances) {
    try {
      const answer = await client.conversations.info({ channel });
      if (answer.channel?.is_ext_shared) {
        log.warn(
          { instance: alias, channel },
          'the requests channel of this instance is shared with another company, which sees names and addresses',
        );
      }
      if (answer.channel?.is_member && !answer.channel.is_archived) continue;
      const why = answer.channel?.is_archived
        ? 'it is archived'
        : 'I am not in it: invite me with /invite';
      log.warn({ instance: alias, channel, why }, 'cards of this instance cannot be posted');
    } catch (error) {
      const why = slackErrorCode(error) ?? 'Slack did not answer';
      log.warn(
        { instance: alias, channel, why },
        'could not look at the requests channel of this instance',
      );
    }
  }
}
