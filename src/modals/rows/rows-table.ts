/** The rows of a request as a table in the card's thread, for the one person who asked for it. */
import type { WebClient } from '@slack/web-api';
import { dataTable } from '../../messages/newer-blocks.ts';
import { requestNumber } from '../../messages/request-view-model.ts';
import { bold, lines, messageText } from '../../messages/rich-text.ts';
import { phoneWords } from '../../messages/user-summary.ts';
import { readAskedRows } from '../../requests/store/files-store.ts';
import { readRowCounts } from '../../requests/store/requests-store.ts';
import type { Services } from '../../services.ts';
import { slackErrorCode } from '../../slack/failure.ts';
import { readPosts } from '../../slack/posts/posts-store.ts';
import { fullName } from '../../users/full-name.ts';
import type { NewUser } from '../../users/new-user.ts';

/** Rows of one table, which is as many as Slack takes. */
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

type Asked = {
  readonly requestId: number;
  /** How many rows come before the table's first one. */
  readonly from: number;
  readonly personId: string;
};

/**
 * A modal holds no table, so it goes into the thread of the card. Slack shows it to that person alone; where it
 * cannot, as they are not in the channel, it becomes a direct message. Answers where it is.
 */
export async function sendRowsTable(
  services: Services,
  client: WebClient,
  { requestId, from, personId }: Asked,
): Promise<'thread' | 'direct'> {
  const { db, newerBlocks, log } = services;
  const [rows, counts, posts] = await Promise.all([
    readAskedRows(db, requestId, { offset: from, limit: mostRows }),
    readRowCounts(db, requestId),
    readPosts(db, requestId),
  ]);
  const { wrong: _wrong, skipped: _skipped, left_out: _leftOut, ...asked } = counts;
  const total = Object.values(asked).reduce((sum, count) => sum + count, 0);
  const table = dataTable({
    blockId: 'rows',
    caption: (shown) => `Users ${from + 1} to ${from + shown} of ${total}`,
    head,
    rows: rows.flatMap((row) =>
      row.new_user ? [cellsOf(row.line ?? row.position, row.new_user)] : [],
    ),
  });
  if (!table) throw new Error(`request ${requestId} has no rows to show`);
  const blocks = [lines('about', [[bold(requestNumber(requestId)), ' · its rows']]), table];
  const text = messageText(blocks);
  const card = posts.find(({ key }) => key === 'card');
  return newerBlocks.send(blocks, async (known) => {
    try {
      if (!card?.ts) throw new Error(`request ${requestId} has no card`);
      await client.chat.postEphemeral({
        channel: card.channel,
        thread_ts: card.ts,
        user: personId,
        text,
        blocks: known,
      });
      return 'thread';
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
