/** `/connect-add-user template`: files to fill in, matching the instance's identity mode. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { ConnectReadError } from '../connect/gateway.ts';
import { problem } from '../errors/problem.ts';
import { bold, type Inline, lines } from '../messages/rich-text.ts';
import { createPerUserQueue } from '../pacing/per-user-queue.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import {
  readUsersForTemplate,
  type UsersForTemplate,
} from '../requests/submit/users-for-template.ts';
import type { Place } from '../slack/ephemeral.ts';
import { uploadToPerson } from '../slack/upload-files.ts';
import { count } from '../text/durations.ts';
import { offerOf } from '../users/files/templates/example.ts';
import { filledCells, filledInput } from '../users/files/templates/filled.ts';
import { templateCsv } from '../users/files/templates/template-csv.ts';
import { templateJson } from '../users/files/templates/template-json.ts';
import { templateXlsx } from '../users/files/templates/template-xlsx.ts';

const formats = ['csv', 'xlsx', 'json'] as const;
type Format = (typeof formats)[number];

const isFormat = (word: string): word is Format => (formats as readonly string[]).includes(word);

/**
 * The text after `template`: a format and an instance, in any order, both or neither; then `like` and words that
 * existing users have in their names, profiles or groups.
 *
 * @param words in lower case
 */
export function templateWords(words: readonly string[]): {
  readonly format: Format | undefined;
  readonly alias: string | undefined;
  readonly like: string | undefined;
} {
  const at = words.indexOf('like');
  const before = at < 0 ? words : words.slice(0, at);
  const [format] = before.filter(isFormat);
  const like = at < 0 ? undefined : words.slice(at + 1).join(' ');
  return { format, alias: before.find((word) => !isFormat(word)), like };
}

/** The immediate answer; at this time it is not known whether the person may see existing users. */
function templatesToCome({ format, like }: ReturnType<typeof templateWords>): string {
  return like === undefined
    ? `I’m sending you the ${format ? 'template' : 'templates'} in a direct message.`
    : 'I’m looking for these users. You get a template in a direct message if you may see them.';
}

/** One for each format, and one more for another instance: nobody needs more at once. */
const mostWaiting = 3;

type Wanted = ReturnType<typeof templateWords>;

export type Templates = {
  /** The immediate answer. */
  toCome(personId: string, wanted: Wanted): string;
  /**
   * Sends them in the person's queue; sends nothing when `toCome` has just answered that earlier templates are still
   * being sent.
   *
   * @param isWanted whether this command is not a replay
   */
  send(
    client: WebClient,
    place: Place,
    wanted: Wanted,
    isWanted: () => Promise<boolean>,
  ): Promise<void>;
};

/** Many templates for one person must not delay the templates of others. */
export function createTemplates(services: FormServices): Templates {
  const queue = createPerUserQueue(mostWaiting);
  return {
    toCome: (personId, wanted) =>
      queue.hasRoom(personId)
        ? templatesToCome(wanted)
        : 'I’m still sending you templates. When they are here, type it again if you need others.',
    async send(client, place, wanted, isWanted) {
      await queue.run(place.person, async () => {
        if (await isWanted()) await sendTemplates(services, client, place, wanted);
      });
    },
  };
}

/** Sends the templates, or the one of this format, to the person, if they may request users there. */
async function sendTemplates(
  services: FormServices,
  client: WebClient,
  place: Place,
  { alias, format, like }: ReturnType<typeof templateWords>,
): Promise<void> {
  const offer = await services.offers.load(place.person);
  const aliases = offer.instances.map((instance) => instance.alias);
  const chosen =
    alias === undefined ? aliases[0] : aliases.find((known) => known.toLowerCase() === alias);
  const instanceClient = services.instanceClients.get(chosen ?? '');
  if (!instanceClient || !chosen) {
    const unknown = problem('form.unknown-instance', { instance: alias ?? '' });
    return services.sendEphemeral(place, offer.refusal ?? unknown);
  }
  try {
    const snapshot = await instanceClient.directory.get();
    const { identityMode } = snapshot.facts;
    const presets = offer.instances.find((instance) => instance.alias === chosen)?.presets;
    const offered = offerOf(snapshot, presets);
    const found =
      like !== undefined
        ? await readUsersForTemplate(services, instanceClient, place.person, like)
        : null;
    if (found && 'code' in found) return services.sendEphemeral(place, found);
    const users = found?.users ?? null;
    const rows = users?.map((user) => filledCells(user, snapshot));
    const inputs = users?.map((user) => filledInput(user, offered.instanceId));
    const comment = templatesComment(chosen, format !== undefined, found);
    const contents: Readonly<Record<Format, () => string | Uint8Array>> = {
      csv: () => templateCsv(identityMode, offered, rows),
      xlsx: () => templateXlsx(identityMode, offered, rows),
      json: () => templateJson(identityMode, offered, inputs),
    };
    const files = formats
      .filter((candidate) => format === undefined || candidate === format)
      .map((chosenFormat) => ({
        filename: `${chosen}-users.${chosenFormat}`,
        content: Buffer.from(contents[chosenFormat]()),
      }));
    await uploadToPerson(client, place.person, comment, files);
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    const why = 'it isn’t responding';
    await services.sendEphemeral(
      place,
      problem('form.directory-unreachable', { instance: chosen, why }),
    );
  }
}

/** @param found the users with whom they are filled in; null for empty ones */
export function templatesComment(
  instance: string,
  isOne: boolean,
  found: Pick<UsersForTemplate, 'users' | 'left'> | null,
): KnownBlock[] {
  return [
    lines('templates', [
      [
        isOne ? 'A template for ' : 'Templates for ',
        bold(instance),
        ': fill one in and send it to me here. Excel’s has lists of the profiles and groups to choose from.',
      ],
      ...(found ? [filledWords(found)] : []),
    ]),
  ];
}

/** The users in the template, and what happens when it is sent back unchanged. */
function filledWords({ users, left }: Pick<UsersForTemplate, 'users' | 'left'>): Inline[] {
  const more = left > 0 ? ` ${left} more are not in it: narrow the words.` : '';
  return [
    `Filled in with ${count(users.length, 'user')} who ${users.length === 1 ? 'exists' : 'exist'}.${more} ` +
      'Rows that you leave as they are are left alone; this bot changes nobody, it only adds.',
  ];
}
