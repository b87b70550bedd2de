import type { Message } from '../../api/messages.ts';
import { useActions, useApp } from '../state/context.ts';
import { personOf } from '../state/names.ts';
import { ago, momentOf } from '../text/dates.ts';
import { Avatar } from '../ui/avatar.tsx';

/** "3 replies, last one 2 minutes ago": the way into a thread. */
export function ReplySummary({ message }: { message: Message }) {
  const { openThread } = useActions();
  const workspace = useApp((state) => state.workspace);
  const count = message.replyCount === 1 ? '1 reply' : `${message.replyCount} replies`;
  return (
    <button type="button" class="reply-summary" onClick={() => void openThread(message.ts)}>
      <span class="reply-faces">
        {message.replyUsers.slice(0, 4).map((user) => (
          <Avatar key={user} person={personOf(workspace, user)} size={22} />
        ))}
      </span>
      <span class="reply-count">{count}</span>
      {message.latestReply && (
        <span class="quiet">last {ago(momentOf(message.latestReply), new Date())}</span>
      )}
    </button>
  );
}
