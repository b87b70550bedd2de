/** "Use the 7 suggestions": a form that lists every change before it happens. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { problem } from '../../errors/problem.ts';
import { offerActions } from '../../messages/files/file-offer.ts';
import { bold, lines } from '../../messages/rich-text.ts';
import { correctFile, readRepairable } from '../../requests/repair/correct-file.ts';
import { readAllWrongRows } from '../../requests/repair/read-wrong-rows.ts';
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import { count } from '../../text/durations.ts';
import { rowsInWords } from '../../users/files/check/group-findings.ts';
import {
  listSuggestions,
  type SuggestedChange,
  type SuggestionList,
} from '../../users/files/repair/list-suggestions.ts';
import { plain } from '../blocks.ts';
import { updateView } from '../open-view.ts';
import { openOnButton } from './open-on-button.ts';
import { refusalView, refused, storeOrExplain } from './refusal.ts';

const title = 'Use the suggestions';
const callback = 'use_suggestions';
const pageActions = { earlier: 'suggestions_earlier', later: 'suggestions_later' } as const;
/** A phone shows about eight at a time; more than this on one page is hard to read. */
const changesOnPage = 25;

const metadata = z.object({ requestId: z.number().int(), revision: z.number().int() });

type Click = BlockAction<ButtonAction>;

export function registerSuggestions(listeners: Listeners, services: Services): void {
  openOnButton(listeners, services, offerActions.suggestions, {
    title,
    load: (personId, requestId) => suggestionsView(services, personId, requestId, 0),
  });
  listeners.action<Click>(Object.values(pageActions), async ({ ack, body, action, client }) => {
    await ack();
    const [requestId, page] = (action.value ?? '').split(' ').map(Number);
    if (!body.view || !Number.isSafeInteger(requestId) || !Number.isSafeInteger(page)) return;
    if (!(await services.updates.wait(body.user.id))) return;
    const view = await suggestionsView(services, body.user.id, requestId ?? 0, page ?? 0);
    await updateView({ client, newerBlocks: services.newerBlocks }, body.view.id, view);
  });
  listeners.view(callback, async ({ ack, body, view }) => {
    const { requestId, revision } = metadata.parse(JSON.parse(view.private_metadata));
    const why = await storeOrExplain(() =>
      correctFile(services, {
        deliveryId: `view_submission ${view.id}`,
        requestId,
        personId: body.user.id,
        revision,
        correction: { kind: 'suggestions' },
      }),
    );
    await ack(why ? refused(title, why) : undefined);
  });
}

async function suggestionsView(
  services: Services,
  personId: string,
  requestId: number,
  page: number,
): Promise<ModalView> {
  const found = await readRepairable(services, requestId, personId);
  if ('code' in found) return refusalView(title, found);
  const { layout, revision } = found.file;
  const list = listSuggestions(
    layout?.headers ?? [],
    await readAllWrongRows(services.db, requestId),
  );
  if (list.cells === 0) return refusalView(title, problem('repair.no-suggestions'));
  return suggestedView(list, { requestId, revision }, page);
}

/**
 * @param page counted from 0; a page that does not exist becomes the nearest existing one
 */
export function suggestedView(
  list: SuggestionList,
  about: z.infer<typeof metadata>,
  page: number,
): ModalView {
  const { requestId } = about;
  const pages = Math.ceil(list.changes.length / changesOnPage);
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = list.changes.slice(at * changesOnPage, (at + 1) * changesOnPage);
  const cells = `${count(list.cells, 'cell')} in ${count(list.rows, 'row')} ${list.cells === 1 ? 'changes' : 'change'}`;
  const blocks: KnownBlock[] = [
    lines('intro', [
      [
        `${cells}. Then I check the file again, and you see what comes of it before you request anybody.`,
      ],
      ...(pages > 1 ? [[`Page ${at + 1} of ${pages}`]] : []),
    ]),
    lines('changes', shown.map(changeLine)),
  ];
  const buttons = [
    ...(at > 0 ? [pageButton(pageActions.earlier, 'Previous', requestId, at - 1)] : []),
    ...(at + 1 < pages ? [pageButton(pageActions.later, 'Next', requestId, at + 1)] : []),
  ];
  if (buttons.length > 0) blocks.push({ type: 'actions', block_id: 'pages', elements: buttons });
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title),
    submit: plain(list.cells === 1 ? 'Use it' : `Use all ${list.cells}`),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(about),
    blocks,
  };
}

function changeLine({ column, from, to, rows }: SuggestedChange) {
  const before = from === '' ? '(empty)' : `“${from}”`;
  return [bold(rowsInWords(rows)), ` · ${column}: ${before} becomes `, bold(to)];
}

function pageButton(actionId: string, words: string, requestId: number, page: number) {
  return {
    type: 'button' as const,
    action_id: actionId,
    text: plain(words),
    value: `${requestId} ${page}`,
  };
}
