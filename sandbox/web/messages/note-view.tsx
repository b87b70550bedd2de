import type { Note } from '../state/app-state.ts';
import { useActions } from '../state/context.ts';
import { Mrkdwn } from '../text/formatted.tsx';
import { Icon } from '../ui/icon.tsx';

/** What the workspace itself says to this person alone, as Slackbot does. */
export function NoteView({ note }: { note: Note }) {
  const { dismissNote } = useActions();
  return (
    <article class="message message-ephemeral" data-testid="note" aria-label="Workspace notice">
      <div class="message-side">
        <span class="avatar avatar-bot avatar-workspace" aria-hidden="true">
          <Icon name="bolt" />
        </span>
      </div>
      <div class="message-body">
        <p class="message-only">Only visible to you</p>
        <div class="message-head">
          <span class="message-author">Workspace</span>
        </div>
        <div class="message-text">
          <Mrkdwn text={note.text} />
        </div>
        <button type="button" class="text-button" onClick={() => dismissNote(note.id)}>
          Dismiss
        </button>
      </div>
    </article>
  );
}
