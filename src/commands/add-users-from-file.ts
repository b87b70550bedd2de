/** The message shortcut "Add users from this file". */
import { type Problem, problem } from '../errors/problem.ts';
import { parseMessageWithFiles, submitFilesOfMessage } from '../events/file-message.ts';
import { withTimeout } from '../operations/with-timeout.ts';
import type { Services } from '../services.ts';
import { readBotAccess } from '../slack/conversations/bot-membership.ts';
import type { Place } from '../slack/ephemeral.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { waitingPerson } from '../slack/waiting-person.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { listed } from '../text/lists.ts';

export const fileShortcut = 'add_users_from_file';

export function registerAddUsersFromFile(listeners: Listeners, services: Services): void {
  listeners.messageShortcut(fileShortcut, async ({ ack, shortcut, client }) => {
    const personId = shortcut.user.id;
    const channel = shortcut.channel.id;
    // The response_url works where the bot is no member, which is often where people use the shortcut for the first
    // time.
    const place: Place = waitingPerson(shortcut) ?? { channel, person: personId };
    const refuse = async (why: Problem) => {
      await ack();
      await services.sendEphemeral(place, why);
    };
    // Also a bot's or a workflow's message: the person who chooses the shortcut makes the request, not the person who
    // posted the file.
    const message = parseMessageWithFiles(shortcut.message);
    if (!message) return refuse(problem('file.none-attached'));
    const fileIds = message.files.map((file) => file.id);
    const reach = await withTimeout(
      readBotAccess(client, channel, fileIds),
      services.timing.beforeAcknowledging.fileMs,
    );
    const hidden = message.files.filter((file) => reach?.hidden.includes(file.id));
    if (hidden.length > 0) {
      const name = listed(hidden.map((file) => file.name ?? 'the file'));
      return refuse(problem('file.not-a-member', { name }));
    }
    try {
      // Choosing it again takes the files again. Where the bot cannot post, the requester gets direct messages.
      await submitFilesOfMessage(services, message, channel, {
        personId,
        deliveryId: `shortcut ${shortcut.trigger_id}`,
        answer: reach?.member === false ? 'direct' : 'thread',
      });
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      await services.sendEphemeral(place, problem('click.not-saved'));
      return;
    }
    await ack();
  });
}
