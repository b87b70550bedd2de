/** In the thread: which rows an approver left out, so that the requester knows what will not be created. Pure. */
import { count } from '../../text/durations.ts';
import { type Post, post } from '../post.ts';
import type { HeadViewModel } from '../request-view-model.ts';
import { bold, code, type Inline, lines, person } from '../rich-text.ts';

export type LeftOutNotice = {
  readonly byName: string;
  readonly at: string;
  readonly kept: boolean;
  readonly rows: number;
  readonly first: readonly { readonly row: number; readonly username: string }[];
};

/** One message each time, to the requester. */
export function leftOutNotices(view: HeadViewModel, leftOut: readonly LeftOutNotice[]): Post[] {
  return leftOut.map(({ byName, kept, rows, first }, index) => {
    const rest = rows - first.length;
    const named = first.flatMap(({ row, username }, at): Inline[] => [
      `${at > 0 ? ', ' : ''}row ${row} (`,
      code(username || 'erased'),
      ')',
    ]);
    const text: Inline[][] = [
      [
        person(view.requester.id),
        ' ',
        bold(byName),
        ` left out ${count(rows, 'user')}: `,
        ...named,
        rest > 0 ? ` and ${rest} more.` : '.',
      ],
      ...(kept
        ? [['Approvals that were given before hold for the rest, as the policy says.']]
        : []),
    ];
    const key = `left-out-${index + 1}`;
    return post({
      key,
      to: { channel: view.requestsChannel },
      inThreadOf: 'card',
      blocks: [lines(key, text)],
    });
  });
}
