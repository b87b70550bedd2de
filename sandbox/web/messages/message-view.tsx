import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import type { Message } from '../../api/messages.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { useActions, useApp } from '../state/context.ts';
import { personName, personOf } from '../state/names.ts';
import { clock, fullMoment, momentOf, shortClock } from '../text/dates.ts';
import { Mrkdwn } from '../text/formatted.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { EditMessage } from './edit-message.tsx';
import { FileCard } from './file-card.tsx';
import { HeardMessage } from './heard-message.tsx';
import { MessageActions } from './message-actions.tsx';
import { useMessageSurface } from './message-surface.ts';
import { ReplySummary } from './reply-summary.tsx';

/** One message. `followsOwn`: the one above is by the same author just before, so no name again. */
export const MessageView = memo(function MessageView(props: {
  message: Message;
  followsOwn: boolean;
  inThread: boolean;
}) {
  const { message, inThread } = props;
  const { dismiss } = useActions();
  const author = useApp((state) => personOf(state.workspace, message.user));
  const name = useApp((state) => personName(state.workspace, message.user));
  const { surface, problem } = useMessageSurface(message);
  const [heard, setHeard] = useState(false);
  const [editing, setEditing] = useState(false);
  const moment = momentOf(message.ts);
  const isApp = message.botId !== undefined || author?.isBot === true;
  const classes = ['message'];
  if (props.followsOwn) classes.push('message-follows');
  if (message.ephemeral) classes.push('message-ephemeral');
  const time = (
    <time class="message-time" dateTime={moment.toISOString()} title={fullMoment(moment)}>
      {props.followsOwn ? shortClock(moment) : clock(moment)}
    </time>
  );
  return (
    <article
      class={classes.join(' ')}
      data-testid="message"
      data-ts={message.ts}
      aria-label={`${name}, ${clock(moment)}`}
    >
      <div class="message-side">
        {props.followsOwn ? time : <Avatar person={author} size={36} />}
      </div>
      <div class="message-body">
        {message.ephemeral && (
          <p class="message-only">
            Only visible to you ·{' '}
            <button type="button" class="text-button" onClick={() => void dismiss(message)}>
              Dismiss message
            </button>
          </p>
        )}
        {!props.followsOwn && (
          <div class="message-head">
            <span class="message-author">{name}</span>
            {isApp && <span class="badge-app">APP</span>}
            {author && author.guest !== 'no' && <span class="badge-app">GUEST</span>}
            {author?.stranger && <span class="badge-app">EXTERNAL</span>}
            {time}
          </div>
        )}
        <SurfaceContext.Provider value={surface}>
          {editing ? (
            <EditMessage message={message} onDone={() => setEditing(false)} />
          ) : heard ? (
            <HeardMessage heard={message.heard} />
          ) : message.blocks.length > 0 ? (
            <Blocks blocks={message.blocks} />
          ) : (
            message.text !== '' && (
              <div class="message-text">
                <Mrkdwn text={message.text} />
              </div>
            )
          )}
        </SurfaceContext.Provider>
        {message.edited && !editing && <span class="message-edited">(edited)</span>}
        {message.files.map((file) => (
          <FileCard key={file.id} file={file} />
        ))}
        {problem && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
        {!inThread && message.replyCount > 0 && <ReplySummary message={message} />}
      </div>
      <MessageActions
        message={message}
        inThread={inThread}
        heard={heard}
        onHeard={setHeard}
        onEdit={() => setEditing(true)}
      />
    </article>
  );
});
