/** `/connect-add-user`: opens the form; with a word, does what the word says. */
import type { KnownBlock } from '@slack/types';
import { explain, type Problem, ProblemError, problem, sentenceOf } from '../errors/problem.ts';
import { doctorBlocks } from '../messages/replies/doctor.ts';
import { command, helpBlocks } from '../messages/replies/help.ts';
import { mineBlocks, statusBlocks, waitingBlocks } from '../messages/replies/overview.ts';
import { lines, messageText } from '../messages/rich-text.ts';
import { openFileForm } from '../modals/add-file.ts';
import { openForm } from '../modals/add-user/open-form.ts';
import { openPasted } from '../modals/add-user/open-pasted.ts';
import { commandOf } from '../requests/overview/command-of.ts';
import {
  instancesToDecide,
  readOneFor,
  readOwnRequests,
  readWaitingFor,
} from '../requests/overview/read-overview.ts';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Listeners } from '../slack/listeners.ts';
import { personBehind } from '../slack/person-behind.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { createNearest } from '../text/nearest.ts';
import { shown } from '../text/tidy.ts';
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
      case 'mine': {
        await ack();
        const own = await readOwnRequests(services, payload.user_id, { page: 0, size: 10 });
        await respond(only(mineBlocks(own.requests, own.more)));
        return;
      }
      case 'waiting': {
        await ack();
        const decidesIn = await instancesToDecide(services, payload.user_id, { fresh: true });
        const waiting = await readWaitingFor(services, payload.user_id, decidesIn, 20);
        await respond(only(waitingBlocks(waiting, decidesIn.length > 0)));
        return;
      }
      case 'status': {
        await ack();
        await respond(only(await statusOf(services, payload.user_id, alias)));
        return;
      }
      case 'template':
        await ack(say('I send you the templates in a direct message.'));
        if (!(await isFirstTime(services, payload.trigger_id))) return;
        return sendTemplates(services, client, place, alias);
      default:
        return ack(only(helpBlocks(payload.text.trim(), createNearest(words)(word))));
    }
  });
}

/** What can be typed behind the command, for "did you mean". */
const words = ['file', 'template', 'status', 'mine', 'waiting', 'deputy', 'doctor', 'help'];

/** How a request is: the one with this number, or the person's latest. */
async function statusOf(
  services: FormServices,
  personId: string,
  number: string | undefined,
): Promise<KnownBlock[]> {
  if (number === undefined) {
    const own = await readOwnRequests(services, personId, { page: 0, size: 1 });
    return mineBlocks(own.requests, own.more);
  }
  const [, id] = /^(?:cu-?)?(\d{1,9})$/i.exec(number) ?? [];
  const found =
    id === undefined
      ? problem('status.not-a-number', { text: shown(number) })
      : await readOneFor(services, personId, Number(id));
  if ('code' in found) return [lines('said', [[explain(found)]])];
  return statusBlocks(found.request, commandOf(services, found));
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
