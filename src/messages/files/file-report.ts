/** The files that the bot posts about a file of users: the report of its check, and the outcome of every row. */
import { type Post, post } from '../post.ts';
import { bold, lines } from '../rich-text.ts';
import type { FileViewModel } from './file-view-model.ts';

type Bytes = NonNullable<Post['file']>['bytes'];

/**
 * The report of a check, by number: each check has its own file, because a file that people have already downloaded is
 * never changed.
 */
export function reportName(number: string, revision: number): string {
  return `${number}-${numbered('report', revision)}.csv`;
}

function resultsName(number: string, ends: number): string {
  return `${number}-${numbered('results', ends)}.csv`;
}

/** `report`, `report-2`, `report-3` … */
function numbered(what: 'report' | 'results', count: number): string {
  return count > 1 ? `${what}-${count}` : what;
}

/**
 * The report of every row with its findings, posted where the file was submitted; null when there are no findings or
 * corrections.
 */
export function reportPost(view: FileViewModel, bytes: Bytes): Post | null {
  const { summary, groups, origin, revision } = view.file;
  const hasNothingToSay = groups.length === 0 && summary?.corrected === 0 && revision <= 1;
  if (!summary || hasNothingToSay) return null;
  const place = origin
    ? { to: { channel: origin.channel }, inThread: origin.threadTs }
    : { to: { person: view.requester.id } };
  // Earlier reports stay in the thread, so each says which one it replaces.
  const after = revision > 1 ? ' as it is now' : '';
  const hasFindings = groups.length > 0 || summary.corrected > 0 || summary.wrong > 0;
  const replaced = revision > 1 ? [` It replaces ${reportName(view.number, revision - 1)}.`] : [];
  return post({
    key: numbered('report', revision),
    ...place,
    blocks: [
      lines('report', [
        [
          'Every row of ',
          bold(view.file.name),
          after,
          hasFindings
            ? ', with what is wrong and what to write instead.'
            : '. Nothing in it is wrong.',
          ...replaced,
        ],
      ]),
    ],
    file: { name: reportName(view.number, revision), bytes },
  });
}

/** Posted in the card's thread when every row has its outcome; null before that. */
export function resultsPost(view: FileViewModel, bytes: Bytes): Post | null {
  if (view.state !== 'done') return null;
  // A posted file is never changed: each end has a new file, which names the one that it replaces.
  const ends = view.retries.length + 1;
  const after =
    ends > 1
      ? `, now that what failed was tried again. It replaces ${resultsName(view.number, ends - 1)}`
      : '';
  return post({
    key: numbered('results', ends),
    to: { channel: view.requestsChannel },
    inThreadOf: 'card',
    blocks: [
      lines('results', [['What became of every row of ', bold(view.file.name), `${after}.`]]),
    ],
    file: { name: resultsName(view.number, ends), bytes },
  });
}
