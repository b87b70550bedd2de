/** The rows of a request as a table next to its card, visible only to the person who opened it. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { dataTable } from '../../messages/newer-blocks.ts';
import { bold, lines, messageText } from '../../messages/rich-text.ts';
import { phoneWords } from '../../messages/user-summary.ts';
import { type RequestedRow, readRequestedRows } from '../../requests/store/files-store.ts';
import { type RowCounts, readRowCounts } from '../../requests/store/requests-store.ts';
import type { Services } from '../../services.ts';
import { readPosts } from '../../slack/posts/posts-store.ts';
import { slackErrorCode } from '../../slack/slack-failure.ts';
import { requestNumber } from '../../text/request-number.ts';
import { fullName } from '../../users/full-name.ts';
import type { NewUser } from '../../users/new-user.ts';

/** Rows of one table, which is Slack's maximum. */
const mostRows = 100;

const head = [
  'Row',
  'Name',
  'Username',
  'Email',
  'Security profiles',
  'Routing profile',
  'Hierarchy group',
  'Phone',
];

export type TablePlace = 'thread' | 'channel' | 'direct';

type Asked = {
  readonly requestId: number;
  /** The number of rows before the table's first one. */
  readonly from: number;
  readonly personId: string;
};

/**
 * A modal cannot contain a table, so it is posted in the thread of the card as an ephemeral message. Slack does not
 * show it in a thread without replies (https://docs.slack.dev/reference/methods/chat.postEphemeral), so then it is
 * posted in the channel; a person who is not a member gets a direct message. Returns where it was posted.
 */
export async function sendRowsTable(
  services: Services,
  client: WebClient,
  { requestId, from, personId }: Asked,
): Promise<TablePlace> {
  const { db, newerBlocks, log } = services;
  const [rows, counts, posts] = await Promise.all([
    readRequestedRows(db, requestId, { offset: from, limit: mostRows }),
    readRowCounts(db, requestId),
    readPosts(db, requestId),
  ]);
  const blocks = rowsTable({ requestId, from }, rows, counts);
  if (!blocks) throw new Error(`request ${requestId} has no rows to show`);
  const text = messageText(blocks);
  const card = posts.find(({ key }) => key === 'card');
  const threadTs = card?.ts && (await hasReplies(client, card.channel, card.ts)) ? card.ts : null;
  return newerBlocks.send(blocks, async (known) => {
    try {
      if (!card?.ts) throw new Error(`request ${requestId} has no card`);
      await client.chat.postEphemeral({
        channel: card.channel,
        ...(threadTs ? { thread_ts: threadTs } : {}),
        user: personId,
        text,
        blocks: known,
      });
      return threadTs ? 'thread' : 'channel';
    } catch (error) {
      const code = slackErrorCode(error);
      if (code === 'invalid_blocks') throw error;
      log.info(
        { code },
        'could not send an ephemeral message in the channel, trying a direct message',
      );
      await client.chat.postMessage({ channel: personId, text, blocks: known });
      return 'direct';
    }
  });
}

/** The message with the table; null without rows. */
export function rowsTable(
  { requestId, from }: Pick<Asked, 'requestId' | 'from'>,
  rows: readonly RequestedRow[],
  counts: RowCounts,
): KnownBlock[] | null {
  const { wrong: _wrong, skipped: _skipped, left_out: _leftOut, ...asked } = counts;
  const total = Object.values(asked).reduce((sum, count) => sum + count, 0);
  const cells = rows.flatMap((row) =>
    row.new_user ? [cellsOf(row.line ?? row.position, row.new_user)] : [],
  );
  // A column that is empty in every row would only make the table wider than a phone's screen.
  const isFilled = head.map((_, column) => cells.some((row) => row[column] !== ''));
  const filled = (row: readonly string[]) => row.filter((_, column) => isFilled[column]);
  const table = dataTable({
    blockId: 'rows',
    caption: (shown) => `Users ${from + 1} to ${from + shown} of ${total}`,
    head: filled(head),
    rows: cells.map(filled),
  });
  if (!table) return null;
  return [lines('about', [[bold(requestNumber(requestId)), ' · its rows']]), table];
}

/** False when Slack refuses to list the replies, because the thread may then be empty. */
async function hasReplies(client: WebClient, channel: string, ts: string): Promise<boolean> {
  try {
    const { messages = [] } = await client.conversations.replies({ channel, ts, limit: 2 });
    return messages.length > 1;
  } catch (error) {
    if (slackErrorCode(error) === null) throw error;
    return false;
  }
}

function cellsOf(line: number, user: NewUser): string[] {
  return [
    String(line),
    fullName(user),
    user.username,
    user.email ?? '',
    user.securityProfiles.map(({ name }) => name).join(', '),
    user.routingProfile.name,
    user.hierarchyGroup?.path.join(' / ') ?? '',
    phoneWords(user),
  ];
}
