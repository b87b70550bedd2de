import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { WireEntry } from '../../api/wire.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';
import { matchingEntries, mergeWire, wireCursor } from './wire-entries.ts';
import { WireRow } from './wire-row.tsx';

const kinds = [
  ['all', 'Everything'],
  ['errors', 'Errors'],
  ['delivery', 'Slack → bot'],
  ['web-api', 'Bot → Slack'],
  ['connect', 'Bot → Connect'],
  ['response-url', 'Response URL'],
  ['file', 'Files'],
  ['socket', 'Sockets'],
] as const;

/** Rows drawn at once; more come on request. */
const page = 150;

/** The recorder: every call and delivery with what was answered. */
export function WireDrawer() {
  const { api } = useActions();
  const pulse = useApp((state) => state.pulse.wire);
  const [entries, setEntries] = useState<WireEntry[]>([]);
  const [kind, setKind] = useState<string>('all');
  const [query, setQuery] = useState('');
  const [limit, setLimit] = useState(page);
  const shown = useRef<WireEntry[]>([]);
  const busy = useRef(false);
  const again = useRef(false);

  const refresh = useCallback(async () => {
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    do {
      again.current = false;
      const wire = await api.wire(wireCursor(shown.current)).catch(() => null);
      if (wire) shown.current = mergeWire(shown.current, wire);
    } while (again.current);
    busy.current = false;
    setEntries(shown.current);
  }, [api]);
  // The pulse says that something changed
  useEffect(() => void refresh(), [refresh, pulse]);

  const found = matchingEntries(entries, kind, query);
  return (
    <div class="drawer-body">
      <div class="wire-tools">
        <select
          class="input"
          aria-label="Kind of call"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        >
          {kinds.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <div class="search-box">
          <Icon name="search" size={16} />
          <input
            type="search"
            class="search-input"
            aria-label="Filter by text"
            placeholder="Filter: a name, an id, any text"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="Empty the recorder"
          title="Empty the recorder"
          onClick={async () => {
            await api.clearWire();
            shown.current = [];
            setEntries([]);
          }}
        >
          <Icon name="trash" />
        </button>
      </div>
      <p class="drawer-note" role="status">
        {found.length} of {entries.length} calls, newest first
      </p>
      <ul class="wire-list">
        {found.slice(0, limit).map((entry) => (
          <WireRow key={entry.seq} entry={entry} />
        ))}
      </ul>
      {found.length > limit && (
        <button type="button" class="button" onClick={() => setLimit(limit + page)}>
          Show {Math.min(page, found.length - limit)} more
        </button>
      )}
    </div>
  );
}
