/** `/connect-add-user`: opens the form, or executes the word that follows the command. */

import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { explain, type Problem, ProblemError } from '../errors/problem.ts';
import { linkCommand, linksCommand } from '../links/link-listeners.ts';
import { shortFinding } from '../messages/finding-words.ts';
import { command, helpBlocks } from '../messages/replies/help.ts';
import { waitingBlocks } from '../messages/replies/overview.ts';
import { lines, messageText } from '../messages/rich-text.ts';
import { openFileForm } from '../modals/add-file.ts';
import { type OpenForm, openForm } from '../modals/add-user/open-form.ts';
import { openPasted } from '../modals/add-user/open-pasted.ts';
import { openingFor } from '../modals/open-view.ts';
import { withTimeout } from '../operations/with-timeout.ts';
import { createPerUserQueue, type PerUserQueue } from '../pacing/per-user-queue.ts';
import { instancesToDecide, readWaitingFor } from '../requests/overview/read-overview.ts';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import type { FormServices, Offer } from '../requests/submit/permitted-instances.ts';
import { offerProof } from '../sign-in/prove-link.ts';
import type { Place } from '../slack/ephemeral.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { waitingPerson } from '../slack/waiting-person.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { createNearest } from '../text/nearest.ts';
import { folded } from '../text/tidy.ts';
import {
  isPastedUser,
  mayHoldPassword,
  type PastedUser,
  readPastedUser,
} from '../users/pasted/create-user-command.ts';
import type { PastedFinding } from '../users/pasted/draft-of-input.ts';
import { deputyCommand } from './deputy.ts';
import { doctorCommand } from './doctor.ts';
import { ownRequests, statusOf } from './own-requests.ts';
import { createTemplates, type Templates, templateWords } from './send-templates.ts';

export function registerConnectAddUser(listeners: Listeners, services: FormServices): void {
  const templates = createTemplates(services);
  const turns = createPerUserQueue(mostWaiting);
  listeners.command(command, async (slack) => {
    const { payload, client } = slack;
    const place = waitingPerson(payload) ?? {
      channel: payload.channel_id,
      person: payload.user_id,
    };
    const open = openingFor(services, client, payload.trigger_id, place);
    const typed = { ...slack, services, place, open, text: payload.text.trim(), templates, turns };
    if (isPastedUser(payload.text)) return openFromCommand(typed);
    const [word = '', argument] = typed.text.toLowerCase().split(/\s+/);
    return (words.get(word) ?? presetOrHelp)(typed, argument);
  });
}

type Typed = SlackCommandMiddlewareArgs & {
  readonly client: WebClient;
  readonly services: FormServices;
  readonly place: Place;
  readonly open: OpenForm;
  /** The whole text after the command. */
  readonly text: string;
  readonly templates: Templates;
  readonly turns: PerUserQueue;
};

/**
 * How many answers for one person may wait behind the running one: more than anybody types before reading an answer.
 */
const mostWaiting = 4;

/** @param argument the text after the word, in lower case */
type Word = (typed: Typed, argument: string | undefined) => Promise<void>;

/** The words that can be typed after the command. */
const words: ReadonlyMap<string, Word> = new Map<string, Word>([
  [
    '',
    async ({ ack, services, open }) => {
      // Not awaited, because the trigger's three seconds are running as well.
      const acknowledged = ack();
      await openForm(services, open);
      return acknowledged;
    },
  ],
  [
    'file',
    async ({ ack, services, open }) => {
      const acknowledged = ack();
      await openFileForm(services, open);
      return acknowledged;
    },
  ],
  [
    'template',
    async ({ ack, payload, client, services, place, text, templates }) => {
      const wanted = templateWords(text.toLowerCase().split(/\s+/).slice(1));
      const toCome = templates.toCome(place.person, wanted);
      const isWanted = () => isFirstTime(services, payload.trigger_id);
      await Promise.all([
        ack(showCheckedOptions(toCome)),
        templates.send(client, place, wanted, isWanted),
      ]);
    },
  ],
  [
    'status',
    answering(({ services, payload }, number) => statusOf(services, payload.user_id, number)),
  ],
  ['mine', answering(({ services, payload }) => ownRequests(services, payload.user_id, 10))],
  [
    'waiting',
    answering(async ({ services, payload }) => {
      const decidesIn = await instancesToDecide(services, payload.user_id, { fresh: true });
      const { requests } = await readWaitingFor(services, payload.user_id, decidesIn, {
        page: 0,
        size: 20,
      });
      return waitingBlocks(requests, decidesIn.length > 0);
    }),
  ],
  [
    'deputy',
    answeringOnce(async ({ services, payload, text }) => [
      lines('said', [await deputyCommand(services, payload.user_id, text.replace(/^\S+\s*/, ''))]),
    ]),
  ],
  [
    'link',
    answeringOnce(({ services, payload, text }) =>
      linkCommand(services, payload.user_id, text.replace(/^\S+\s*/, ''), offerProof),
    ),
  ],
  ['links', answering(({ services, payload }) => linksCommand(services, payload.user_id))],
  [
    'doctor',
    answering(({ services, payload, client }) => doctorCommand(services, client, payload)),
  ],
  ['help', (typed) => explainWords(typed, [])],
]);

/**
 * Acknowledges first, because the answer can take longer than Slack waits. A person's commands are answered one after
 * the other.
 */
function answering(
  answer: (typed: Typed, argument: string | undefined) => Promise<KnownBlock[]>,
  isWanted: (typed: Typed) => Promise<boolean> = async () => true,
): Word {
  return async (typed, argument) => {
    await typed.ack();
    const isTaken = await typed.turns.run(typed.payload.user_id, async () => {
      if (await isWanted(typed)) await typed.respond(only(await answer(typed, argument)));
    });
    if (!isTaken) await typed.respond(showCheckedOptions(stillAnswering));
  };
}

/** The same for a command that changes something: a replayed command has no effect, whichever bot it is sent to. */
function answeringOnce(
  answer: (typed: Typed, argument: string | undefined) => Promise<KnownBlock[]>,
): Word {
  return answering(answer, ({ services, payload }) => isFirstTime(services, payload.trigger_id));
}

/** The text can be a preset's name; for any other text, the answer lists what is available. */
async function presetOrHelp(typed: Typed): Promise<void> {
  const { ack, services, open, text } = typed;
  const presets = presetsOffered(services.offers.peek(open.personId));
  // Only a policy with presets requires this wait.
  const hasPresets = [...services.instanceClients.values()].some(
    ({ config }) => config.presets.length > 0,
  );
  if (presets.length === 0 && hasPresets && !services.offers.peek(open.personId)) {
    const offer = await withTimeout(
      services.offers.load(open.personId),
      services.timing.beforeAcknowledging.offerMs,
    );
    presets.push(...presetsOffered(offer));
  }
  const preset = presets.find(({ name }) => folded(name) === folded(text));
  if (!preset)
    return explainWords(
      typed,
      presets.map(({ name }) => name),
    );
  const acknowledged = ack();
  await openForm(services, { ...open, preset });
  return acknowledged;
}

function presetsOffered(offer: Offer | undefined): { instance: string; name: string }[] {
  return (offer?.instances ?? []).flatMap(({ alias: instance, presets }) =>
    presets.map((name) => ({ instance, name })),
  );
}

async function explainWords({ ack, text }: Typed, presets: readonly string[]): Promise<void> {
  const [word = ''] = text.toLowerCase().split(/\s+/);
  const known = [...words.keys()].filter((word) => word !== '');
  const meant = createNearest(presets)(text) ?? createNearest(known)(word);
  await ack(only(helpBlocks(text, meant, presets)));
}

/** The options of `aws connect create-user`, pasted. */
async function openFromCommand({ ack, payload, respond, services, open }: Typed): Promise<void> {
  const pasted = readPasted(payload.text);
  if ('code' in pasted) {
    const told = [explain(pasted), ...(mayHoldPassword(payload.text) ? [passwordNotTaken] : [])];
    await ack(showCheckedOptions(...told));
    return;
  }
  const acknowledged = pasted.hadPassword ? ack(showCheckedOptions(passwordNotTaken)) : ack();
  await openPasted(services, {
    ...open,
    pasted,
    tell: (findings) => respond(only(optionsNotInForm(findings))),
  });
  return acknowledged;
}

/**
 * Whether this command was not executed before, by this bot or another one: a recorded request stays signed for
 * minutes. Forms need no such check, because a trigger opens only one view. Without the database, files are sent
 * anyway.
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

function showCheckedOptions(...texts: string[]) {
  return only(texts.map((text, index) => lines(`said_${index}`, [[text]])));
}

function readPasted(text: string): PastedUser | Problem {
  try {
    return readPastedUser(text);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problem;
  }
}

/** At most this many lines, so that they fit on a phone. */
const mostLines = 10;

export function optionsNotInForm(findings: readonly PastedFinding[]): KnownBlock[] {
  const rows = findings.slice(0, mostLines).map((finding) => [`• ${shortFinding(finding)}`]);
  return [
    lines('said', [
      ['Not everything of your command is in the form:'],
      ...rows,
      ...(findings.length > mostLines ? [[`… and ${findings.length - mostLines} more.`]] : []),
    ]),
  ];
}

const stillAnswering =
  'I’m still answering what you typed before. When that is here, type this again.';

const passwordNotTaken =
  'I threw the password in your command away: I take passwords only in the form’s own field, where they are encrypted. ' +
  'Nobody else in Slack saw your command, but your Slack app may keep it among the commands that you typed. Don’t use this password for anything.';

/** An answer that only the person who typed the command sees. */
function only(blocks: KnownBlock[]) {
  return { response_type: 'ephemeral' as const, text: messageText(blocks), blocks };
}
