/** In the thread: the changes by an approver, so that the requester can withdraw unwanted ones. Pure. */
import { type Post, post } from '../post.ts';
import type { HeadViewModel } from '../request-view-model.ts';
import { bold, type Inline, lines, person } from '../rich-text.ts';

export type ChangeNotice = {
  readonly byName: string;
  /** The row's number; null for all rows. */
  readonly row: number | null;
  readonly lines: readonly string[];
};

/** One message for each change, to the requester. */
export function changeNotices(view: HeadViewModel, changes: readonly ChangeNotice[]): Post[] {
  return changes.map(({ byName, row, lines: changed }, index) => {
    const what = row === null ? 'the request' : `row ${row}`;
    const text: Inline[][] = [
      [
        person(view.requester.id),
        ' ',
        bold(byName),
        ` changed ${what}: `,
        `${changed.join('; ')}.`,
      ],
      ['It has to be approved as it is now. If you need it otherwise, withdraw it.'],
    ];
    const key = `changed-${index + 1}`;
    return post({
      key,
      to: { channel: view.requestsChannel },
      inThreadOf: 'card',
      blocks: [lines(key, text)],
    });
  });
}
