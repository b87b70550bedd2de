/** The message shortcut "Add users from this file". */
import type { App, MessageShortcut } from '@slack/bolt';
import { problem } from '../errors/problem.ts';
import { parseFileMessage, takeFiles } from '../events/file-message.ts';
import type { Services } from '../services.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';

export const fileShortcut = 'add_users_from_file';

export function registerAddUsersFromFile(app: App, services: Services): void {
  app.shortcut<MessageShortcut>(fileShortcut, async ({ ack, shortcut }) => {
    const personId = shortcut.user.id;
    const channel = shortcut.channel.id;
    const place = { channel, person: personId };
    const message = parseFileMessage(shortcut.message);
    if (!message) {
      await ack();
      await services.sendEphemeral(place, problem('file.none-attached'));
      return;
    }
    try {
      // Whoever runs the shortcut asks, not whoever posted the file; running it again asks again.
      await takeFiles(services, message, channel, {
        personId,
        deliveryId: `shortcut ${shortcut.trigger_id}`,
      });
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      await services.sendEphemeral(place, problem('click.not-saved'));
      return;
    }
    await ack();
  });
}
