/** The form of `/connect-add-user file`: a view with a file input, and the parser of its state. */
import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { explain, problem, sentenceOf, todoOf } from '../errors/problem.ts';
import type { FormServices, Offer } from '../requests/submit/permitted-instances.ts';
import { submitFiles } from '../requests/submit/submit-file.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { requestNumber } from '../text/request-number.ts';
import { isStorable } from '../text/storable.ts';
import { noticeView, plain } from './blocks.ts';
import { longestReason, readReason } from './inputs.ts';
import { notBeforeBlock, notBeforeField, readNotBefore, whyNotBefore } from './not-before-field.ts';
import { type Opening, openView } from './open-view.ts';

const callback = 'add_file';
const title = 'Add users from a file';
const fields = { instance: 'file_instance', file: 'file', reason: 'file_reason' } as const;

/** The only instance, when there is no field for it; and the request that the file replaces. */
const metadata = z.object({ instance: z.string(), replaces: z.number().int().nullable() });

/** A form that was opened by an earlier version contains only the instance. */
function readMetadata(text: string): z.infer<typeof metadata> {
  return text.startsWith('{')
    ? metadata.parse(JSON.parse(text))
    : { instance: text, replaces: null };
}

/** A denied or rejected file, and its instance, which also applies to the corrected file. */
export type ReplacedFile = { readonly requestId: number; readonly instance: string };

export function addFileView(offer: Offer, replaced: ReplacedFile | null = null): ModalView {
  const fitting = offer.instances.filter(
    ({ alias }) => replaced === null || alias === replaced.instance,
  );
  const options = fitting
    .slice(0, 100)
    .map(({ alias }): PlainTextOption => ({ text: plain(alias), value: alias }));
  const [first] = options;
  const blocks: KnownBlock[] = [];
  if (first && options.length > 1) {
    blocks.push({
      type: 'input',
      block_id: fields.instance,
      label: plain('Instance'),
      element: {
        type: 'static_select',
        action_id: fields.instance,
        options,
        initial_option: first,
      },
    });
  }
  blocks.push(
    {
      type: 'input',
      block_id: fields.file,
      label: plain('File of new users'),
      hint: plain(
        '.csv, .xlsx, .json or .yaml, up to 10 MB and 10,000 rows. /connect-add-user template gives you one to fill in.',
      ),
      element: {
        type: 'file_input',
        action_id: fields.file,
        max_files: 5,
        // Only a filter of the file picker; `tsv` may be unknown to Slack. The bytes are checked later.
        filetypes: ['csv', 'xlsx', 'json', 'yaml', 'txt'],
      },
    },
    {
      type: 'input',
      block_id: fields.reason,
      optional: true,
      label: plain('Reason'),
      element: {
        type: 'plain_text_input',
        action_id: fields.reason,
        multiline: true,
        max_length: longestReason,
      },
    },
    notBeforeBlock(),
  );
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title),
    submit: plain('Check'),
    close: plain('Cancel'),
    private_metadata: JSON.stringify({
      instance: fitting[0]?.alias ?? '',
      replaces: replaced?.requestId ?? null,
    } satisfies z.infer<typeof metadata>),
    blocks,
  };
}

/** Opens it for a person who may request users in any instance; otherwise shows the reason. */
export async function openFileForm(
  services: FormServices,
  open: Opening & { readonly replaced?: ReplacedFile },
): Promise<void> {
  const viewOf = (offer: Offer) =>
    offer.instances.length > 0
      ? addFileView(offer, open.replaced)
      : noticeView(title, offer.refusal ? [sentenceOf(offer.refusal), todoOf(offer.refusal)] : []);
  const known = services.offers.peek(open.personId);
  await openView(
    open,
    known
      ? viewOf(known)
      : {
          title,
          meanwhile: 'One moment …',
          load: async () => viewOf(await services.offers.load(open.personId)),
        },
  );
}

export function registerAddFile(listeners: Listeners, services: Services): void {
  listeners.view(callback, async ({ ack, body, view }) => {
    const { values } = view.state;
    const { instance: only, replaces } = readMetadata(view.private_metadata);
    const alias = values[fields.instance]?.[fields.instance]?.selected_option?.value ?? only;
    const instanceClient = services.instanceClients.get(alias);
    const files = values[fields.file]?.[fields.file]?.files ?? [];
    const refuse = (text: string) =>
      ack({ response_action: 'errors', errors: { [fields.file]: text } });
    if (!instanceClient)
      return refuse(explain(problem('form.unknown-instance', { instance: alias })));
    if (files.length === 0) return refuse(explain(problem('file.none-attached')));
    const reason = readReason(values[fields.reason]?.[fields.reason]?.value) || null;
    if (reason && !isStorable(reason)) {
      const wrong = explain(problem('field.unprintable'));
      return ack({ response_action: 'errors', errors: { [fields.reason]: wrong } });
    }
    const notBefore = readNotBefore(values);
    const tooSoon = whyNotBefore(services, notBefore, false);
    if (tooSoon) {
      return ack({ response_action: 'errors', errors: { [notBeforeField]: explain(tooSoon) } });
    }
    // Slack is not called before the acknowledgement, because it can be slow. The check reads the person later.
    const person = services.people.peek(body.user.id);
    try {
      const outcome = await submitFiles(services, {
        form: { deliveryId: `view_submission ${view.id}` },
        files: files.map((file) => ({
          deliveryId: `view_submission ${view.id} ${file.id}`,
          slackFileId: file.id,
          name: file.name,
        })),
        requester: { id: body.user.id, name: person?.name ?? body.user.name },
        instance: instanceClient.config,
        reason,
        replaces,
        notBefore,
        origin: null,
      });
      if (outcome.kind === 'changed') {
        const number = requestNumber(outcome.requestId);
        const what = `the file “${outcome.file}”`;
        return refuse(explain(problem('form.already-sent', { number, what })));
      }
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      return refuse(explain(problem('form.not-saved')));
    }
    await ack();
  });
}
