/** The receipt of a file, in the card's thread; the results file is posted next to it. */
import { count } from '../../text/durations.ts';
import { type Post, threadPost } from '../post.ts';
import { reopened, retryLines, whereToSignIn } from '../receipt.ts';
import { bold, type Inline } from '../rich-text.ts';
import { requestedTotal } from './file-card.ts';
import { groupLines } from './file-offer.ts';
import type { FileViewModel } from './file-view-model.ts';

/** The text of the receipt; while failed rows are retried, a message that says so. */
export function fileReceipt(view: FileViewModel): Post | null {
  if (view.state !== 'done') return reopened(view);
  const { created, failed } = view.counts;
  const rows: Inline[][] = [
    [
      `${created} of ${count(requestedTotal(view), 'user')} ${requestedTotal(view) === 1 ? 'is' : 'are'} in `,
      bold(view.instance),
      ' now.',
    ],
    ...groupLines(view.failures),
    ...(failed > 0
      ? [
          [
            `The${view.retries.length > 0 ? ' latest' : ''} results file shows what became of every row. Correct the rows that failed and post it again; only those are requested.`,
          ],
        ]
      : []),
    ...retryLines(view),
    ...firstSignInLines(view),
  ];
  return threadPost(view, 'receipt', rows);
}

function firstSignInLines(view: FileViewModel): Inline[][] {
  const { signIn } = view;
  if (!signIn || view.counts.created === 0) return [];
  const where = whereToSignIn(signIn.url);
  switch (signIn.mode) {
    case 'CONNECT_MANAGED':
      return [
        [
          ...where,
          ' and choose “Forgot password” the first time',
          view.file.summary?.passwords ? ', unless the file set a password for them.' : '.',
        ],
      ];
    case 'SAML':
      return [
        [
          ...where,
          ' through your company’s single sign-on. Their usernames must be exactly what your identity provider sends, capital letters included.',
        ],
      ];
    case 'EXISTING_DIRECTORY':
      return [[...where, ' with their directory accounts.']];
  }
}
