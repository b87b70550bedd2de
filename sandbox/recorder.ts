/**
 * The recorder: each call and delivery in order, with its answer. Entries are complete, so that a test can check
 * whether any call contained a password. Only tokens are masked, because a record with tokens would expose them.
 */
import type { Wire, WireEntry } from './api/wire.ts';

/** How many entries are kept; the oldest are dropped first. */
const kept = 20_000;

export type Started = Pick<WireEntry, 'kind' | 'name' | 'request'> & { about?: string | undefined };
export type Finished = Pick<WireEntry, 'response' | 'status' | 'ok'> & { mentions?: string[] };

export type Recorder = {
  /** Records the start of a call; the answer completes the entry, once. */
  begin(entry: Started): (answer: Finished) => void;
  /** Records a call that is complete. */
  note(entry: Started & Finished & { durationMs?: number }): void;
  /** Entries with a number above `after`, oldest first, at most 1,000. */
  read(after: number, kind?: string): Wire;
  /** Entries that were never answered, such as a call that a fault keeps open. */
  underWay(): WireEntry[];
  clear(): void;
};

export function createRecorder(options: {
  now: () => Date;
  onEntry?: (seq: number) => void;
  /** Gets each entry once, when its answer is known. */
  onEnd?: ((entry: WireEntry) => void) | undefined;
}): Recorder {
  let entries: WireEntry[] = [];
  let last = 0;

  function add({ about, ...entry }: Started): WireEntry {
    last += 1;
    const added: WireEntry = {
      seq: last,
      at: options.now().toISOString(),
      ...entry,
      request: masked(entry.request),
      response: null,
      status: null,
      ok: null,
      durationMs: null,
      ...(about === undefined ? {} : { about }),
    };
    entries.push(added);
    // Removing one entry at a time would copy the list for each entry.
    if (entries.length > kept * 1.1) entries = entries.slice(-kept);
    options.onEntry?.(added.seq);
    return added;
  }

  return {
    begin(started) {
      const entry = add(started);
      const startedAt = performance.now();
      return (answer) => {
        if (entry.durationMs !== null) return;
        entry.response = masked(answer.response);
        entry.status = answer.status;
        entry.ok = answer.ok;
        if (answer.mentions && answer.mentions.length > 0) entry.mentions = answer.mentions;
        entry.durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
        options.onEntry?.(entry.seq);
        options.onEnd?.(entry);
      };
    },
    note({ response, status, ok, durationMs = 0, ...started }) {
      const entry = add(started);
      entry.response = masked(response);
      entry.status = status;
      entry.ok = ok;
      entry.durationMs = durationMs;
      options.onEnd?.(entry);
    },
    read(after, kind) {
      const first = entries[0]?.seq ?? 0;
      const from = Math.max(0, after - first + 1);
      const page = entries
        .slice(from)
        .filter((entry) => kind === undefined || entry.kind === kind)
        .slice(0, 1000);
      return { entries: page, next: page.at(-1)?.seq ?? after };
    },
    underWay: () => entries.filter((entry) => entry.durationMs === null),
    clear() {
      entries = [];
    },
  };
}

const tokens = /\b(xox[a-z]|xapp)-[\w-]+/g;

/** A copy in which each token is reduced to its kind: `xoxb-***`. */
function masked(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null';
  // Few values contain a token, and copying each member is slow.
  return /xox|xapp/.test(text) ? maskedCopy(value) : JSON.parse(text);
}

function maskedCopy(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(tokens, '$1-***');
  if (Array.isArray(value)) return value.map(maskedCopy);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, maskedCopy(member)]),
  );
}
