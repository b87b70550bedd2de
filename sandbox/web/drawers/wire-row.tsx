import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import type { WireEntry } from '../../api/wire.ts';
import { useApp } from '../state/context.ts';
import { personName } from '../state/names.ts';
import { Icon } from '../ui/icon.tsx';
import { JsonView } from './json-view.tsx';

const directions: Record<WireEntry['kind'], string> = {
  delivery: 'Slack → bot',
  'web-api': 'bot → Slack',
  'response-url': 'bot → response URL',
  socket: 'socket',
  connect: 'bot → Connect',
  file: 'file',
};

/** One call or delivery; opened, with everything that was sent and answered. */
export const WireRow = memo(function WireRow({ entry }: { entry: WireEntry }) {
  const [open, setOpen] = useState(false);
  const about = useApp((state) => (entry.about ? personName(state.workspace, entry.about) : null));
  const state = entry.status === null ? 'pending' : entry.ok ? 'good' : 'bad';
  return (
    <li class={`wire-item wire-${state}`}>
      <button type="button" class="wire-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} size={14} />
        <span class="wire-main">
          <span class="wire-name">{entry.name}</span>
          <span class="quiet">
            {directions[entry.kind]}
            {about && ` · ${about}`}
          </span>
        </span>
        <span class="wire-side">
          <span class="wire-status">{entry.status ?? 'under way'}</span>
          <span class="quiet">
            {new Date(entry.at).toLocaleTimeString()}
            {entry.durationMs !== null && ` · ${Math.round(entry.durationMs)} ms`}
          </span>
        </span>
      </button>
      {open && (
        <div class="wire-open">
          <p>Sent</p>
          <JsonView value={entry.request} depth={2} />
          <p>Answered</p>
          <JsonView value={entry.response} depth={2} />
        </div>
      )}
    </li>
  );
});
