/** `/connect-add-user template`: files to fill in, for how that instance knows its people. */
import type { WebClient } from '@slack/web-api';
import { ConnectReadError } from '../connect/gateway.ts';
import { problem } from '../errors/problem.ts';
import { bold, lines } from '../messages/rich-text.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Place } from '../slack/ephemeral.ts';
import { uploadToPerson } from '../slack/upload-files.ts';
import { offerOf } from '../users/files/templates/example.ts';
import { templateCsv } from '../users/files/templates/template-csv.ts';
import { templateJson } from '../users/files/templates/template-json.ts';
import { templateXlsx } from '../users/files/templates/template-xlsx.ts';

const formats = ['csv', 'xlsx', 'json'] as const;
type Format = (typeof formats)[number];

const isFormat = (word: string): word is Format => (formats as readonly string[]).includes(word);

/**
 * What stands behind `template`, in any order: a format, an instance, both or neither.
 *
 * @param words in small letters
 */
export function templateWords(words: readonly string[]): {
  readonly format: Format | undefined;
  readonly alias: string | undefined;
} {
  const [format] = words.filter(isFormat);
  return { format, alias: words.find((word) => !isFormat(word)) };
}

/** Sends the templates, or the one of this format, to whoever asked, if they may ask for users there. */
export async function sendTemplates(
  services: FormServices,
  client: WebClient,
  place: Place,
  { alias, format }: ReturnType<typeof templateWords>,
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
    const offered = offerOf(snapshot);
    const comment = [
      lines('templates', [
        [
          format ? 'A template for ' : 'Templates for ',
          bold(chosen),
          ': fill one in and send it to me here. Excel’s has lists of the profiles and groups to choose from.',
        ],
      ]),
    ];
    const contents: Readonly<Record<Format, () => string | Uint8Array>> = {
      csv: () => templateCsv(identityMode, offered),
      xlsx: () => templateXlsx(identityMode, offered),
      json: () => templateJson(identityMode, offered),
    };
    const files = formats
      .filter((each) => format === undefined || each === format)
      .map((each) => ({
        filename: `${chosen}-users.${each}`,
        content: Buffer.from(contents[each]()),
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
