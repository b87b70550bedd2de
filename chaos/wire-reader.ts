/** Copies the sandbox's recorder while it fills: the recorder keeps 20,000 entries, and a long run has more. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire, WireEntry } from '../sandbox/api/wire.ts';
import type { SandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import { isBag } from '../test/scenarios/seen.ts';
import type { CreateFact } from './evidence.ts';

export type WireReader = {
  /** Every call of CreateUser that has taken effect so far. */
  readonly creates: readonly CreateFact[];
  /** Reads the remaining entries and stops. */
  stop(): Promise<void>;
};

export const rowTag = 'connect-add-user:row';

const everyMs = 1_000;

export function readWire(sandbox: SandboxCalls): WireReader {
  const creates: CreateFact[] = [];
  const stopping = new AbortController();
  let after = 0;

  async function drain(): Promise<void> {
    for (;;) {
      const page = await sandbox.call<Wire>('GET', `/wire?after=${after}&kind=connect`);
      if (page.entries.length === 0) return;
      for (const entry of page.entries) {
        const create = effectOf(entry);
        if (create) creates.push(create);
      }
      after = page.next;
    }
  }

  const reading = (async () => {
    while (!stopping.signal.aborted) {
      await drain();
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await drain();
  })();

  return {
    creates,
    async stop() {
      stopping.abort();
      await reading;
    },
  };
}

/** A user was created when the answer contains a user id, also when that answer was lost. */
export function effectOf(entry: WireEntry): CreateFact | null {
  if (entry.name !== 'CreateUser') return null;
  if (!isBag(entry.response) || entry.response.UserId === undefined) return null;
  const body = isBag(entry.request) && isBag(entry.request.body) ? entry.request.body : {};
  const tag = isBag(body.Tags) ? body.Tags[rowTag] : undefined;
  return { username: String(body.Username), tag: typeof tag === 'string' ? tag : 'without a tag' };
}
