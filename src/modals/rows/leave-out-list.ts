/** The part of "Show rows" that leaves rows out: a list on each page, and the choices of all pages. */
import type { InputBlock, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import { explain, problem } from '../../errors/problem.ts';
import { recordChoice } from '../../requests/decide/decide-request.ts';
import type { Services } from '../../services.ts';
import type { Listeners } from '../../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../../storage/unavailable.ts';
import { plain } from '../blocks.ts';
import { isRowNumber } from '../inputs.ts';

export const showRowsCallback = 'show_rows';
const action = 'leave_out';
/** Slack accepts 3,000 characters of `private_metadata`. */
const mostChosen = 400;
/** Slack's limit for the text of an option. */
const longestOption = 75;

const metadata = z.object({
  requestId: z.number().int(),
  channel: z.string(),
  /** The hash of the content that the shown rows belong to (H2). */
  shown: z.string().nullable(),
  page: z.number().int(),
  /** Positions that were selected on the other pages. */
  chosen: z.array(z.number().int()),
});
export type RowsShown = z.infer<typeof metadata>;

export function readRowsShown(text: string): RowsShown {
  return metadata.parse(JSON.parse(text));
}

type ViewState = {
  readonly values: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly selected_options?: readonly { value?: string }[] | null }>>
    >
  >;
};

/** All selected rows, on this page and on the others. */
export function chosenIn(shown: RowsShown, state: ViewState): number[] {
  const here = state.values[blockOf(shown.page)]?.[action]?.selected_options ?? [];
  const positions = here.map(({ value }) => Number(value)).filter(isRowNumber);
  return [...new Set([...shown.chosen, ...positions])].toSorted((left, right) => left - right);
}

/** A separate id for each page, so that each keeps its selection. */
function blockOf(page: number): string {
  return `${action}_${page}`;
}

export type RowToLeaveOut = {
  readonly position: number;
  readonly line: number;
  readonly name: string;
};

export function leaveOutInput(
  shown: RowsShown,
  rows: readonly RowToLeaveOut[],
): { readonly block: InputBlock; readonly elsewhere: number[] } {
  const options = rows.map(({ position, line, name }): PlainTextOption => {
    const text = `Row ${line}: ${name}`;
    const short = text.length > longestOption ? `${text.slice(0, longestOption - 1)}…` : text;
    return { text: plain(short), value: String(position) };
  });
  const chosen = new Set(shown.chosen.map(String));
  const initial = options.filter(({ value }) => chosen.has(String(value)));
  const here = new Set(options.map(({ value }) => Number(value)));
  const elsewhere = shown.chosen.filter((position) => !here.has(position));
  const also = elsewhere.length > 0 ? ` ${elsewhere.length} chosen on other pages.` : '';
  return {
    elsewhere,
    block: {
      type: 'input',
      block_id: blockOf(shown.page),
      optional: true,
      label: plain('Leave out'),
      hint: plain(`The requester is told, and the rest has to be approved as it is then.${also}`),
      element: {
        type: 'multi_static_select',
        action_id: action,
        placeholder: plain('Choose rows of this page'),
        options,
        ...(initial.length > 0 ? { initial_options: initial } : {}),
      },
    },
  };
}

export function registerLeaveOut(listeners: Listeners, services: Services): void {
  listeners.view(showRowsCallback, async ({ ack, body, view }) => {
    const shown = readRowsShown(view.private_metadata);
    const positions = chosenIn(shown, view.state);
    const complain = (wrong: Parameters<typeof explain>[0]) =>
      ack({ response_action: 'errors', errors: { [blockOf(shown.page)]: explain(wrong) } });
    if (positions.length === 0) return complain(problem('leave-out.none'));
    if (positions.length > mostChosen) {
      return complain(problem('leave-out.too-many', { most: mostChosen }));
    }
    const { requestId, channel, shown: contentHash } = shown;
    try {
      const kind = await recordChoice(services, `view_submission ${view.id}`, {
        requestId,
        personId: body.user.id,
        channel,
        what: { kind: 'leave-out', contentHash, positions },
      });
      // The view can be submitted once: its first content is being executed.
      if (kind === 'changed') return complain(problem('leave-out.changed'));
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      return complain(problem('form.not-saved'));
    }
    await ack();
  });
}
