/**
 * The recorder: every call and every delivery, in order, with what was answered. Faithful, so that a
 * test can ask "did any call carry a password?", except for tokens, which are masked: a log of them is
 * a log of keys.
 */
import type { Wire, WireEntry } from './api/wire.ts';

/** How many entries are kept; the oldest go first. */
const kept = 20_000;

export type Started = Pick<WireEntry, 'kind' | 'name' | 'request'> & { about?: string | undefined };
export type Finished = Pick<WireEntry, 'response' | 'status' | 'ok'> & { mentions?: string[] };

export type Recorder = {
  /** Notes that something began; the answer ends it, once. */
  begin(entry: Started): (answer: Finished) => void;
  /** Notes something that is over when it is noticed. */
  note(entry: Started & Finished & { durationMs?: number }): void;
  /** Entries with a number above `after`, oldest first, at most 1,000. */
  read(after: number, kind?: string): Wire;
  /** What was never answered, such as a call that a fault lets hang. */
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
    // Cutting one at a time would copy the list with every entry.
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

/** A copy with every token cut to its kind: `xoxb-***`. */
function masked(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null';
  // Nearly nothing has a token in it, and to copy member by member is slow.
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
