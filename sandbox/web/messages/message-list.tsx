import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../../api/messages.ts';
import type { Conversation, Note } from '../state/app-state.ts';
import { useActions, useApp } from '../state/context.ts';
import { dayName, momentOf } from '../text/dates.ts';
import { MessageView } from './message-view.tsx';
import { NoteView } from './note-view.tsx';

/** Messages of one author within this time stand under one name. */
const sameBreathSeconds = 300;

/**
 * The messages of a channel or a thread. Stays at the newest one unless the person has scrolled up;
 * older ones are fetched when the top is reached and the place on the screen is kept.
 */
export function MessageList(props: {
  conversation: Conversation;
  label: string;
  /** Said above the very first message. */
  beginning?: string;
}) {
  const { conversation } = props;
  const { earlier } = useActions();
  const notes = useApp((state) => state.notes);
  const revealed = useApp((state) => state.revealed);
  const which = conversation.threadTs ? 'thread' : 'conversation';
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef({ atEnd: true, height: 0, top: 0, first: '' });
  const fetching = useRef(false);
  const here = notes.filter(
    (note) => note.channel === conversation.channel && note.threadTs === conversation.threadTs,
  );
  const { messages, hasMore } = conversation;
  const first = messages.find((message) => message.ts !== conversation.threadTs)?.ts ?? '';

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = place.current;
    if (before.atEnd) element.scrollTop = element.scrollHeight;
    else if (first < before.first) element.scrollTop += element.scrollHeight - before.height;
    place.current = { ...before, height: element.scrollHeight, first };
  }, [messages, here.length, first]);

  const reached = messages.some((message) => message.ts === revealed);
  useLayoutEffect(() => {
    if (!reached) return;
    place.current.atEnd = false;
    scroller.current?.querySelector('.message-revealed')?.scrollIntoView({ block: 'center' });
  }, [reached, revealed]);

  // Pictures and folded text settle after the first drawing; whoever reads the end stays there.
  useEffect(() => {
    const element = scroller.current;
    const inside = element?.firstElementChild;
    if (!element || !inside) return;
    const observer = new ResizeObserver(() => {
      if (place.current.atEnd) element.scrollTop = element.scrollHeight;
      place.current.height = element.scrollHeight;
    });
    observer.observe(inside);
    return () => observer.disconnect();
  }, []);

  async function scrolled(): Promise<void> {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    // Only a person scrolls up. Rows that grow as they come into view move the end away as well.
    if (scrollHeight - scrollTop - clientHeight < 40) place.current.atEnd = true;
    else if (scrollTop < place.current.top) place.current.atEnd = false;
    place.current.top = scrollTop;
    if (element.scrollTop > 400 || !hasMore || fetching.current) return;
    fetching.current = true;
    await earlier(which);
    fetching.current = false;
  }

  return (
    <div
      ref={scroller}
      class="message-scroll"
      role="log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={props.label}
      aria-live="polite"
      onScroll={() => void scrolled()}
    >
      <div class="message-list">
        {hasMore ? (
          <p class="list-says">Loading earlier messages …</p>
        ) : (
          !conversation.threadTs && <p class="list-says">{props.beginning}</p>
        )}
        <Rows conversation={conversation} revealed={revealed} />
        {here.map((note: Note) => (
          <NoteView key={note.id} note={note} />
        ))}
      </div>
    </div>
  );
}

function Rows(props: { conversation: Conversation; revealed: string | null }) {
  const { conversation, revealed } = props;
  const { messages, threadTs, unreadAtOpen } = conversation;
  const now = new Date();
  const firstNew = unreadAtOpen > 0 ? messages[messages.length - unreadAtOpen] : undefined;
  return (
    <>
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const day = dayName(momentOf(message.ts), now);
        const newDay = !before || dayName(momentOf(before.ts), now) !== day;
        const isNew = firstNew === message;
        return (
          <div
            key={message.ts}
            class={message.ts === revealed ? 'message-row message-revealed' : 'message-row'}
          >
            {newDay && !(threadTs && index === 0) && (
              <div class="day-divider">
                <span>{day}</span>
              </div>
            )}
            {isNew && (
              <div class="new-divider">
                <span>New</span>
              </div>
            )}
            <MessageView
              message={message}
              inThread={threadTs !== null}
              followsOwn={!newDay && !isNew && before !== undefined && sameBreath(before, message)}
            />
            {threadTs === message.ts && message.replyCount > 0 && (
              <div class="reply-divider">
                <span>
                  {message.replyCount === 1 ? '1 reply' : `${message.replyCount} replies`}
                </span>
              </div>
            )}
          </div>
        );
      })}
    </>
  );
}

function sameBreath(before: Message, message: Message): boolean {
  return (
    before.user === message.user &&
    before.ephemeral === message.ephemeral &&
    before.replyCount === 0 &&
    Number(message.ts) - Number(before.ts) < sameBreathSeconds
  );
}
