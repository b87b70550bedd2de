/** `/connect-add-user`: opens the form; with a word, does what the word says. */
import type { App } from '@slack/bolt';
import { explain, type Problem } from '../errors.ts';
import { code, lines, notification } from '../messages/rich-text.ts';
import { type FormServices, openForm } from '../modals/open-form.ts';

export const command = '/connect-add-user';

export function registerConnectAddUser(app: App, services: FormServices): void {
  app.command(command, async ({ ack, payload, client, respond }) => {
    const word = payload.text.trim().toLowerCase();
    if (word !== '') {
      await ack(help(word));
      return;
    }
    // Not waited for: the trigger's three seconds are running too.
    const acknowledged = ack();
    const tooLate = (it: Problem) =>
      respond({ response_type: 'ephemeral', text: notification([explain(it)]) });
    await openForm(services, {
      client,
      triggerId: payload.trigger_id,
      personId: payload.user_id,
      tooLate,
    });
    await acknowledged;
  });
}

function help(word: string) {
  const usage = [
    [code(command), ' opens a form for one new Amazon Connect user.'],
    [code(`${command} help`), ' shows this.'],
    [
      'Somebody who holds Users – Create in Amazon Connect approves, then the user is created and the thread says so.',
    ],
  ];
  const rows = word === 'help' ? usage : [[`I do not know “${word.slice(0, 60)}”.`], ...usage];
  return {
    response_type: 'ephemeral' as const,
    text: notification([`${command} opens a form for one new Amazon Connect user.`]),
    blocks: [lines('help', rows)],
  };
}
