/** `/connect-add-user`: opens the form; with a word, does what the word says. */
import type { App } from '@slack/bolt';
import { explain, type Problem } from '../errors/problem.ts';
import { code, lines, notification } from '../messages/rich-text.ts';
import { openFileForm } from '../modals/add-file.ts';
import { openForm } from '../modals/add-user/open-form.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import { sendTemplates } from './send-templates.ts';

export const command = '/connect-add-user';

export function registerConnectAddUser(app: App, services: FormServices): void {
  app.command(command, async ({ ack, payload, client, respond }) => {
    const [word = '', alias] = payload.text.trim().toLowerCase().split(/\s+/);
    const person = { channel: payload.channel_id, person: payload.user_id };
    const open = {
      client,
      triggerId: payload.trigger_id,
      personId: payload.user_id,
      tooLate: (it: Problem) =>
        respond({ response_type: 'ephemeral', text: notification([explain(it)]) }),
    };
    switch (word) {
      case '': {
        // Not waited for: the trigger's three seconds are running too.
        const acknowledged = ack();
        await openForm(services, open);
        return acknowledged;
      }
      case 'file': {
        const acknowledged = ack();
        await openFileForm(services, open);
        return acknowledged;
      }
      case 'template':
        await ack(say('I send you the templates in a direct message.'));
        return sendTemplates(services, client, person, alias);
      default:
        return ack(help(payload.text.trim()));
    }
  });
}

function say(text: string) {
  return { response_type: 'ephemeral' as const, text: notification([text]) };
}

function help(word: string) {
  const usage = [
    [code(command), ' opens a form for one new Amazon Connect user.'],
    [code(`${command} file`), ' takes a file of many: .csv, .xlsx or .json.'],
    [
      code(`${command} template`),
      ' sends you such a file to fill in, with your instance’s profiles; ',
      code(`${command} template production`),
      ' for another instance.',
    ],
    [code(`${command} help`), ' shows this.'],
    [
      'You can also post the file in the requests channel and mention me, send it to me in a direct message, or choose “Add users from file” on any message that has one.',
    ],
    [
      'Somebody who holds Users – Create in Amazon Connect approves, then the user is created and the thread says so.',
    ],
  ];
  const rows =
    word.toLowerCase() === 'help' ? usage : [[`I do not know “${word.slice(0, 60)}”.`], ...usage];
  return {
    response_type: 'ephemeral' as const,
    text: notification([`${command} opens a form for one new Amazon Connect user.`]),
    blocks: [lines('help', rows)],
  };
}
