/** The files that the bot hands out about a file of users: the report of its check, and the outcome of every row. */
import { type Post, post } from '../post.ts';
import { bold, lines } from '../rich-text.ts';
import type { FileViewModel } from './file-view-model.ts';

type Bytes = () => Promise<Uint8Array>;

/** Every row with what is wrong with it, where the file was handed in; null where there is nothing to say. */
export function reportPost(view: FileViewModel, bytes: Bytes): Post | null {
  const { summary, groups, origin, revision } = view.file;
  const hasNothingToSay = groups.length === 0 && summary?.corrected === 0 && revision <= 1;
  if (!summary || hasNothingToSay) return null;
  const place = origin
    ? { to: { channel: origin.channel }, inThread: origin.threadTs }
    : { to: { person: view.requester.id } };
  // A file that was handed out is never changed: each check has its own, and says that the last one is true.
  const which = revision > 1 ? `-${revision}` : '';
  const after = revision > 1 ? ' as it is now' : '';
  const before = revision > 2 ? `-${revision - 1}` : '';
  const replaced = revision > 1 ? [` It replaces ${view.number}-report${before}.csv.`] : [];
  return post({
    key: `report${which}`,
    ...place,
    blocks: [
      lines('report', [
        [
          'Every row of ',
          bold(view.file.name),
          after,
          ', with what is wrong and what to write instead.',
          ...replaced,
        ],
      ]),
    ],
    file: { name: `${view.number}-report${which}.csv`, bytes },
  });
}

/** In the card's thread, once every row has its outcome; null before that. */
export function resultsPost(view: FileViewModel, bytes: Bytes): Post | null {
  if (view.state !== 'done') return null;
  // A file that was handed out is never changed: each end has its own, the last one is true.
  const ends = view.retries.length + 1;
  const which = ends > 1 ? `-${ends}` : '';
  const after = ends > 1 ? ', now that what failed was tried again' : '';
  return post({
    key: `results${which}`,
    to: { channel: view.requestsChannel },
    inThreadOf: 'card',
    blocks: [
      lines('results', [['What became of every row of ', bold(view.file.name), `${after}.`]]),
    ],
    file: { name: `${view.number}-results${which}.csv`, bytes },
  });
}
