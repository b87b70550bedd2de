import { Composer } from '../messages/composer.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { useActions, useApp } from '../state/context.ts';
import { channelOf } from '../state/names.ts';
import { Icon } from '../ui/icon.tsx';
import { HomeTab } from './home-tab.tsx';
import { Tips } from './tips.tsx';

/** The open channel, direct message or App Home. */
export function MainPane() {
  const channelId = useApp((state) => state.channel);
  const channel = useApp((state) => channelOf(state.workspace, state.channel));
  const bot = useApp((state) => state.workspace?.bot ?? null);
  const tab = useApp((state) => state.tab);
  const conversation = useApp((state) => state.conversation);
  const isBot = bot !== null && (channel?.with === bot.userId || channelId === bot.userId);
  const name = channel?.name ?? (isBot ? bot.name : null);
  if (!channelId || name === null) {
    return (
      <section class="main-pane" aria-label="Channel">
        <p class="list-says">There is no channel here that you may see.</p>
      </section>
    );
  }
  const shown = channel && channel.kind !== 'im' ? `#${name}` : name;
  return (
    <section class="main-pane" aria-label={shown}>
      <PaneHead
        name={name}
        kind={channel?.kind ?? 'im'}
        topic={channel?.topic ?? ''}
        members={channel?.members.length ?? 0}
      />
      {isBot && <BotTabs />}
      {isBot && tab === 'home' ? (
        <HomeTab />
      ) : (
        <>
          <Tips />
          {conversation?.channel === channelId ? (
            <MessageList
              key={channelId}
              conversation={conversation}
              label={`Messages in ${shown}`}
              beginning={
                channel?.kind === 'im' || !channel
                  ? `This is between you and ${name}.`
                  : `This is the beginning of ${shown}.`
              }
            />
          ) : (
            <div class="message-scroll" aria-busy="true" />
          )}
          <Composer key={channelId} label={`Message ${shown}`} threadTs={null} />
        </>
      )}
    </section>
  );
}

function PaneHead(props: { name: string; kind: string; topic: string; members: number }) {
  const { showList } = useActions();
  return (
    <div class="pane-head">
      <button
        type="button"
        class="icon-button narrow-only"
        aria-label="Back to channels"
        onClick={() => showList(true)}
      >
        <Icon name="back" />
      </button>
      <h2>
        {props.kind !== 'im' && (
          <Icon name={props.kind === 'private' ? 'lock' : 'hash'} size={18} />
        )}
        <span>{props.name}</span>
      </h2>
      {props.topic !== '' && <p class="pane-topic">{props.topic}</p>}
      {props.kind !== 'im' && (
        <span class="pane-members" title="Members of this channel">
          {props.members} {props.members === 1 ? 'member' : 'members'}
        </span>
      )}
    </div>
  );
}

function BotTabs() {
  const { openChannel } = useActions();
  const channel = useApp((state) => state.channel);
  const tab = useApp((state) => state.tab);
  const open = (to: 'messages' | 'home') => channel && void openChannel(channel, to);
  return (
    <fieldset class="tabs" aria-label="Parts of the app">
      <button type="button" class="tab" aria-pressed={tab === 'home'} onClick={() => open('home')}>
        Home
      </button>
      <button
        type="button"
        class="tab"
        aria-pressed={tab === 'messages'}
        onClick={() => open('messages')}
      >
        Messages
      </button>
    </fieldset>
  );
}
