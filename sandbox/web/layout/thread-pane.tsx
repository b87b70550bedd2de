import { useLayoutEffect, useRef } from 'preact/hooks';
import { Composer } from '../messages/composer.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { useActions, useApp } from '../state/context.ts';
import { channelOf } from '../state/names.ts';
import { Icon } from '../ui/icon.tsx';

/** A thread beside its channel, with a composer of its own. */
export function ThreadPane() {
  const { closeThread } = useActions();
  const thread = useApp((state) => state.thread);
  const channel = useApp((state) => channelOf(state.workspace, state.channel));
  const threadTs = useApp((state) => state.threadTs);
  const head = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    head.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <aside class="thread-pane" data-testid="thread-pane" aria-label="Thread">
      <div class="pane-head">
        <button
          type="button"
          class="icon-button narrow-only"
          aria-label="Back to the channel"
          onClick={closeThread}
        >
          <Icon name="back" />
        </button>
        <h2 ref={head} tabIndex={-1}>
          Thread
        </h2>
        {channel && (
          <p class="pane-topic">{channel.kind === 'im' ? channel.name : `#${channel.name}`}</p>
        )}
        <button
          type="button"
          class="icon-button wide-only"
          aria-label="Close thread"
          title="Close thread"
          onClick={closeThread}
        >
          <Icon name="close" />
        </button>
      </div>
      {thread?.threadTs === threadTs && thread !== null ? (
        <MessageList conversation={thread} label="Messages in this thread" />
      ) : (
        <div class="message-scroll" aria-busy="true" />
      )}
      <Composer label="Reply" threadTs={threadTs} />
    </aside>
  );
}
