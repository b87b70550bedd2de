/**
 * The people of a run. They look at Slack again and again and press what is there to press, and press again when nothing happens, as people do.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionResult } from '../sandbox/api/interactions.ts';
import type { Message } from '../sandbox/api/messages.ts';
import { requestsChannel, somebody } from '../test/scenarios/person.ts';
import type { SandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import { buttonsIn, seen } from '../test/scenarios/seen.ts';
import type { Ask } from './asks.ts';
import { type FileHandedIn, handIn, lookAfterFile } from './file-errand.ts';
import { askByForm } from './form-errand.ts';
import { postOf, readPlace } from './slack-reading.ts';

export type Crew = {
  /** Somebody starts this request. */
  begin(ask: Ask): void;
  /** Usernames of forms that Slack showed as sent. */
  readonly acknowledged: ReadonlySet<string>;
  /** Forms that nobody got through, and files that were never answered. */
  open(): string[];
  stop(): Promise<void>;
};

/** What the people have in common: how they press, and how they wait for each other's modals. */
export type Hands = {
  readonly sandbox: SandboxCalls;
  readonly signal: AbortSignal;
  /** Presses the first button of this name, unless somebody did a moment ago; true when Slack took it. */
  press(user: string, message: Message, button: RegExp): Promise<boolean>;
  /** One modal at a time for each person; whatever is left open is closed. */
  withModal(user: string, errand: () => Promise<void>): Promise<void>;
};

const lookEveryMs = 500;
/** Before somebody presses again what is still there. */
const patienceMs = 4_000;
/** How long something stays paused before somebody resumes it. */
const pausedForMs = 3_000;

const admin = 'U0ARI';

export function startCrew(sandbox: SandboxCalls): Crew {
  const stopping = new AbortController();
  const asks = new Map<number, Ask>();
  const files: FileHandedIn[] = [];
  const acknowledged = new Set<string>();
  const forms = new Map<string, Promise<void>>();
  const pressedAt = new Map<string, number>();
  const busy = new Set<Promise<unknown>>();
  const denying = new Set<string>();
  const steered = new Set<string>();
  const runningSince = new Map<string, number>();
  const retried = new Set<string>();
  const pausedSince = new Map<string, number>();
  const modals = new Map<string, Promise<void>>();

  const hands: Hands = {
    sandbox,
    signal: stopping.signal,
    async press(user, message, button) {
      const found = buttonsIn(message.blocks).find((element) => button.test(element.text));
      const key = `${message.channel} ${message.ts} ${found?.actionId}`;
      if (!found || Date.now() - (pressedAt.get(key) ?? 0) < patienceMs) return false;
      pressedAt.set(key, Date.now());
      const { text: _text, ...element } = found;
      const at = { channel: message.channel, messageTs: message.ts, ...element };
      const result = await sandbox
        .call<ActionResult>('POST', '/actions', { user, ...at, confirmed: true })
        // The button may be gone by now.
        .catch(() => null);
      return result?.outcome === 'ok';
    },
    withModal(user, errand) {
      const turn = (modals.get(user) ?? Promise.resolve()).then(async () => {
        await errand().catch(() => {});
        for (const view of await somebody(sandbox, user).views()) {
          await sandbox
            .call('POST', `/views/${view.id}/close`, { user, all: true })
            .catch(() => {});
        }
      });
      modals.set(user, turn);
      return turn;
    },
  };

  function inBackground(errand: Promise<unknown>): void {
    const noted = errand.catch(() => {}).finally(() => busy.delete(noted));
    busy.add(noted);
  }

  function lookAtCard(message: Message): void {
    const ask = asks.get(askNumber(seen(message).text) ?? 0);
    if (!ask) return;
    const has = (button: RegExp) =>
      buttonsIn(message.blocks).some((element) => button.test(element.text));
    if (has(/^Approve/)) inBackground(decide(ask, message));
    else if (has(/^Resume$/)) inBackground(resume(message));
    else if (has(/^Cancel the rest$/)) inBackground(steer(ask, message));
    else if (ask.retries && has(/^Retry/)) inBackground(retry(message));
  }

  async function decide(ask: Ask, message: Message): Promise<void> {
    if (ask.course === 'withdraw') return void (await hands.press(ask.by, message, /^Withdraw$/));
    if (ask.course === 'deny') return deny(message);
    // Where the one may not, the other presses the next time.
    const impatient = pressedAt.has(`${message.channel} ${message.ts} approve_request`);
    await hands.press(impatient ? admin : ask.approver, message, /^Approve/);
  }

  async function deny(message: Message): Promise<void> {
    if (denying.has(message.ts)) return;
    denying.add(message.ts);
    await hands.withModal(admin, async () => {
      await somebody(sandbox, admin).deny(seen(message), 'not this month');
    });
    // What it changed shows on the card in a moment; if nothing did, it is tried again.
    await sleep(patienceMs, undefined, { signal: stopping.signal }).catch(() => {});
    denying.delete(message.ts);
  }

  async function steer(ask: Ask, message: Message): Promise<void> {
    if (ask.course !== 'pause' && ask.course !== 'cut-short') return;
    const since = runningSince.get(message.ts) ?? Date.now();
    runningSince.set(message.ts, since);
    if (steered.has(message.ts) || Date.now() - since < ask.steerAfterMs) return;
    const button = { pause: /^Pause$/, 'cut-short': /^Cancel the rest$/ } as const;
    if (await hands.press(ask.by, message, button[ask.course])) steered.add(message.ts);
  }

  /** Once: what fails again stays failed. */
  async function retry(message: Message): Promise<void> {
    if (retried.has(message.ts)) return;
    if (await hands.press(admin, message, /^Retry/)) retried.add(message.ts);
  }

  /** Whoever paused it, and whatever did: somebody looks after it. */
  async function resume(message: Message): Promise<void> {
    const since = pausedSince.get(message.ts) ?? Date.now();
    pausedSince.set(message.ts, since);
    if (Date.now() - since < pausedForMs) return;
    if (await hands.press(admin, message, /^Resume$/)) pausedSince.delete(message.ts);
  }

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      const messages = await readPlace(sandbox, admin, requestsChannel).catch(() => []);
      for (const message of messages) if (postOf(message)?.key === 'card') lookAtCard(message);
      await Promise.all(files.map((file) => lookAfterFile(hands, file))).catch(() => {});
      await sleep(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const looking = look();
  return {
    acknowledged,
    begin(ask) {
      asks.set(ask.number, ask);
      if (ask.how !== 'form') {
        inBackground(handIn(hands, ask).then((file) => void files.push(file)));
        return;
      }
      const name = `form of ask ${ask.number}`;
      const errand = askByForm(hands, ask, (username) => acknowledged.add(username));
      forms.set(name, errand);
      inBackground(errand.finally(() => forms.delete(name)));
    },
    open: () => [
      ...forms.keys(),
      ...files.filter((file) => !file.isSettled).map((file) => `file of ask ${file.ask.number}`),
    ],
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all(busy);
    },
  };
}

/** Which ask a card is about: by its file, or by its one username. */
function askNumber(text: string): number | null {
  const match = /chaos-(\d+)\.csv/.exec(text) ?? /\(k(\d+)r1\)/.exec(text);
  return match ? Number(match[1]) : null;
}
