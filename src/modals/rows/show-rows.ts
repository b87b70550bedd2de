/** "Show rows": a form that shows approvers the rows of a file page by page. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { Problem } from '../../errors/problem.ts';
import { cardActions, parseButtonValue } from '../../messages/card-actions.ts';
import { bold, code, lines } from '../../messages/rich-text.ts';
import { userLines } from '../../messages/user-summary.ts';
import { type DecisionRights, readDecisionRights } from '../../requests/decide/decision-rights.ts';
import { whyMayNotSeeRows } from '../../requests/decide/may-see-rows.ts';
import { type RequestedRow, readRequestedRows } from '../../requests/store/files-store.ts';
import { type RowCounts, readRequest, readRowCounts } from '../../requests/store/requests-store.ts';
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import { waitingPerson } from '../../slack/waiting-person.ts';
import { count } from '../../text/durations.ts';
import { requestNumber } from '../../text/request-number.ts';
import { fullName } from '../../users/full-name.ts';
import { context, plain } from '../blocks.ts';
import { openForClick, updateView } from '../open-view.ts';
import { decisionRightsBlocks, quotaBlocks } from '../warnings.ts';
import {
  chosenIn,
  leaveOutInput,
  type RowsShown,
  readRowsShown,
  registerLeaveOut,
  showRowsCallback,
} from './leave-out-list.ts';
import { sendRowsTable, type TablePlace } from './rows-table.ts';

const rowsOnPage = 15;
const pageActions = { earlier: 'rows_earlier', later: 'rows_later' } as const;
const tableAction = 'rows_table';
const tableWords: Record<TablePlace, string> = {
  thread: 'The table is in the thread of the card. Only you see it.',
  channel: 'The table is in the requests channel. Only you see it.',
  direct: 'The table is in a direct message to you.',
};

type Click = BlockAction<ButtonAction>;

export function registerShowRows(listeners: Listeners, services: Services): void {
  registerLeaveOut(listeners, services);
  listeners.action<Click>(cardActions.showRows, async ({ ack, body, action, client }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const { requestId } = value;
    const place = waitingPerson(body) ?? { channel: body.user.id, person: body.user.id };
    const nobody = await whyMayNotSeeRows(services, requestId, body.user.id);
    if (nobody) return services.sendEphemeral(place, nobody);
    const title = `Rows of ${requestNumber(requestId)}`;
    await openForClick(services, client, body, {
      title,
      meanwhile: 'One moment. Reading the rows and your permissions…',
      load: () =>
        rowsView(services, body.user.id, {
          requestId,
          channel: place.channel,
          page: 0,
          chosen: [],
        }),
    });
  });
  listeners.action<Click>(Object.values(pageActions), async ({ ack, body, action, client }) => {
    await ack();
    const [requestId, page] = (action.value ?? '').split(' ').map(Number);
    if (!body.view || !Number.isSafeInteger(requestId) || !Number.isSafeInteger(page)) return;
    const shown = readRowsShown(body.view.private_metadata);
    if (!(await services.updates.wait(body.user.id))) return;
    if (await whyMayNotSeeRows(services, shown.requestId, body.user.id)) return;
    const view = await rowsView(services, body.user.id, {
      requestId: shown.requestId,
      channel: shown.channel,
      page: Math.max(0, page ?? 0),
      chosen: chosenIn(shown, body.view.state),
    });
    await updateView({ client, newerBlocks: services.newerBlocks }, body.view.id, view);
  });
  listeners.action<Click>(tableAction, async ({ ack, body, client }) => {
    await ack();
    if (!body.view) return;
    const shown = readRowsShown(body.view.private_metadata);
    const { requestId, page } = shown;
    if (!(await services.updates.wait(body.user.id))) return;
    const nobody = await whyMayNotSeeRows(services, requestId, body.user.id);
    const place = waitingPerson(body) ?? { channel: body.user.id, person: body.user.id };
    if (nobody) return services.sendEphemeral(place, nobody);
    const where = await sendRowsTable(services, client, {
      requestId,
      from: page * rowsOnPage,
      personId: body.user.id,
    });
    const at = { ...shown, chosen: chosenIn(shown, body.view.state) };
    const view = await rowsView(services, body.user.id, at, tableWords[where]);
    await updateView({ client, newerBlocks: services.newerBlocks }, body.view.id, view);
  });
}

async function rowsView(
  services: Services,
  personId: string,
  at: Omit<RowsShown, 'shown'>,
  note?: string,
): Promise<ModalView> {
  const { requestId, page } = at;
  const [record, rows, counts, rights] = await Promise.all([
    readRequest(services.db, requestId),
    readRequestedRows(services.db, requestId, { offset: page * rowsOnPage, limit: rowsOnPage }),
    readRowCounts(services.db, requestId),
    readDecisionRights(services, requestId, personId),
  ]);
  const { binding, notices } = record ?? { binding: null, notices: [] };
  const shown = { ...at, shown: binding?.hash ?? null };
  return pageOfRows(shown, { rows, counts, rights, notices, note });
}

/** One page of the rows of a request, for a person who may see them. */
export function pageOfRows(
  shown: RowsShown,
  page: {
    readonly rows: readonly RequestedRow[];
    readonly counts: RowCounts;
    /** Why the person can decide; null when nothing is left to decide. */
    readonly rights: DecisionRights | null;
    readonly notices: readonly Problem[];
    /** A note about the last action. */
    readonly note?: string | undefined;
  },
): ModalView {
  const { requestId, page: at } = shown;
  const { rows, counts, rights, notices, note } = page;
  const { wrong: _wrong, skipped: _skipped, left_out: leftOut, ...asked } = counts;
  const total = Object.values(asked).reduce((sum, rows) => sum + rows, 0);
  const pages = Math.max(1, Math.ceil(total / rowsOnPage));
  const gone = leftOut > 0 ? ` · ${leftOut} left out` : '';
  const waiting = rows.flatMap(({ position, line, new_user: user, state }) =>
    user && state === 'waiting'
      ? [{ position, line: line ?? position, name: `${fullName(user)} (${user.username})` }]
      : [],
  );
  const input =
    rights?.mayDeny && waiting.length > 0 && total > 1 ? leaveOutInput(shown, waiting) : null;
  const blocks: KnownBlock[] = [
    lines('place', [[`${count(total, 'user')} · page ${at + 1} of ${pages}${gone}`]]),
    ...decisionRightsBlocks(rights),
    ...quotaBlocks(notices),
    ...(note ? [context('note', note)] : []),
    ...rows.flatMap((row) =>
      row.new_user
        ? [
            lines(`row_${row.position}`, [
              [
                bold(`Row ${row.line ?? row.position}`),
                ` ${fullName(row.new_user)} (`,
                code(row.new_user.username),
                ')',
              ],
              ...userLines(row.new_user, row.password_plan),
            ]),
          ]
        : [],
    ),
    ...(input ? [input.block] : []),
  ];
  const buttons = [
    ...(at > 0 ? [pageButton(pageActions.earlier, 'Previous', requestId, at - 1)] : []),
    ...(at + 1 < pages ? [pageButton(pageActions.later, 'Next', requestId, at + 1)] : []),
    ...(total > 1 ? [pageButton(tableAction, 'Show as a table', requestId, at)] : []),
  ];
  if (buttons.length > 0) blocks.push({ type: 'actions', block_id: 'pages', elements: buttons });
  const remembered: RowsShown = { ...shown, chosen: input?.elsewhere ?? shown.chosen };
  return {
    type: 'modal',
    callback_id: showRowsCallback,
    title: plain(`Rows of ${requestNumber(requestId)}`),
    ...(input ? { submit: plain('Leave out') } : {}),
    close: plain('Close'),
    private_metadata: JSON.stringify(remembered),
    blocks,
  };
}

function pageButton(actionId: string, words: string, requestId: number, page: number) {
  return {
    type: 'button' as const,
    action_id: actionId,
    text: plain(words),
    value: `${requestId} ${page}`,
  };
}
