/** `/connect-add-user`: opens the form; with a word, does what the word says. */
import type { KnownBlock } from '@slack/types';
import { explain, type Problem, ProblemError, sentenceOf } from '../errors/problem.ts';
import { doctorBlocks } from '../messages/replies/doctor.ts';
import { command, helpBlocks } from '../messages/replies/help.ts';
import { lines, messageText } from '../messages/rich-text.ts';
import { openFileForm } from '../modals/add-file.ts';
import { openForm } from '../modals/add-user/open-form.ts';
import { openPasted } from '../modals/add-user/open-pasted.ts';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Listeners } from '../slack/listeners.ts';
import { personBehind } from '../slack/person-behind.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import {
  isPastedUser,
  type PastedUser,
  readPastedUser,
} from '../users/pasted/create-user-command.ts';
import { deputyCommand } from './deputy.ts';
import { sendTemplates } from './send-templates.ts';

export function registerConnectAddUser(listeners: Listeners, services: FormServices): void {
  listeners.command(command, async ({ ack, payload, client, respond }) => {
    const place = personBehind(payload) ?? { channel: payload.channel_id, person: payload.user_id };
    const open = {
      client,
      log: services.log,
      triggerId: payload.trigger_id,
      personId: payload.user_id,
      tooLate: (why: Problem) => services.sendEphemeral(place, why),
    };
    if (isPastedUser(payload.text)) {
      const pasted = readPasted(payload.text);
      if ('code' in pasted) return ack(say(explain(pasted)));
      const acknowledged = pasted.hadPassword ? ack(say(passwordNotTaken)) : ack();
      await openPasted(services, {
        ...open,
        pasted,
        tell: (problems) => respond(only([lines('said', notInForm(problems))])),
      });
      return acknowledged;
    }
    const [word = '', alias] = payload.text.trim().toLowerCase().split(/\s+/);
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
      case 'deputy': {
        await ack();
        const text = payload.text.trim().replace(/^\S+\s*/, '');
        const answer = await deputyCommand(services, payload.user_id, text);
        await respond(say(answer));
        return;
      }
      case 'doctor': {
        await ack();
        const isOperator = [payload.user_id, payload.channel_id].some((id) =>
          services.config.operators.includes(id),
        );
        await respond(
          isOperator ? only(doctorBlocks(await services.examine())) : say(notAnOperator),
        );
        return;
      }
      case 'template':
        await ack(say('I send you the templates in a direct message.'));
        if (!(await isFirstTime(services, payload.trigger_id))) return;
        return sendTemplates(services, client, place, alias);
      default:
        return ack(only(helpBlocks(payload.text.trim())));
    }
  });
}

/**
 * Whether this command was not carried out before, by this bot or another: a recorded request stays signed for
 * minutes. Forms need no such care, because a trigger opens one view. Without the database files are sent anyway.
 */
async function isFirstTime(services: FormServices, triggerId: string): Promise<boolean> {
  const delivery = { id: `command ${triggerId}`, kind: 'command', receivedAt: services.now() };
  try {
    return await rememberDelivery(services.intake, delivery);
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return true;
  }
}

function say(text: string) {
  return only([lines('said', [[text]])]);
}

function readPasted(text: string): PastedUser | Problem {
  try {
    return readPastedUser(text);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problem;
  }
}

/** More lines than this are read by nobody on a phone. */
const mostLines = 10;

function notInForm(problems: readonly Problem[]): string[][] {
  const rows = problems.slice(0, mostLines).map((each) => [`• ${sentenceOf(each)}`]);
  const more = problems.length - mostLines;
  return [
    ['Not everything of your command is in the form:'],
    ...rows,
    ...(more > 0 ? [[`… and ${more} more.`]] : []),
  ];
}

const passwordNotTaken =
  'I threw the password in your command away: I take passwords only in the form’s own field, where they are encrypted. ' +
  'Nobody else in Slack saw your command, but your Slack app may keep it among the commands that you typed. Don’t use this password for anything.';

const notAnOperator =
  'Only operators can have me look at the installation. The policy names them, or a channel of theirs, under “operators”.';

/** An answer that only the person who typed the command sees. */
function only(blocks: KnownBlock[]) {
  return { response_type: 'ephemeral' as const, text: messageText(blocks), blocks };
}
