/**
 * The simulated people of a run. They poll Slack, press the buttons that they see, and press again when nothing
 * changes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionResult } from '../sandbox/api/interactions.ts';
import type { Message } from '../sandbox/api/messages.ts';
import { requestsChannel, somebody } from '../test/scenarios/person.ts';
import type { SandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import { buttonsIn, seen } from '../test/scenarios/seen.ts';
import type { PlannedRequest } from './planned-requests.ts';
import { postOf, readPlace } from './slack-reading.ts';
import { followFile, type SubmittedFile, submitFile } from './submit-file.ts';
import { submitForm } from './submit-form.ts';

export type People = {
  /** Submits this request. */
  begin(request: PlannedRequest): void;
  /** Usernames of submitted forms that Slack showed as accepted. */
  readonly acknowledged: ReadonlySet<string>;
  /** Forms that could not be submitted, and files without an answer. */
  open(): string[];
  stop(): Promise<void>;
};

/** Shared by all people: how they press buttons, and how they wait for each other's modals. */
export type PersonActions = {
  readonly sandbox: SandboxCalls;
  readonly signal: AbortSignal;
  /**
   * Presses the first button with this name, unless somebody pressed it a moment ago. Returns true when Slack
   * accepted the click.
   */
  press(user: string, message: Message, button: RegExp): Promise<boolean>;
  /** Allows one modal at a time for each person, and closes any modal that is left open. */
  withModal(user: string, submission: () => Promise<void>): Promise<void>;
};

const lookEveryMs = 500;
/** How long to wait before a button that is still there is pressed again. */
const patienceMs = 4_000;
/** How long a request stays paused before somebody resumes it. */
const pausedForMs = 3_000;

const admin = 'U0ARI';

export function startPeople(sandbox: SandboxCalls): People {
  const stopping = new AbortController();
  const requests = new Map<number, PlannedRequest>();
  const files: SubmittedFile[] = [];
  const acknowledged = new Set<string>();
  const forms = new Map<string, Promise<void>>();
  const pressedAt = new Map<string, number>();
  const busy = new Set<Promise<unknown>>();
  const denying = new Set<string>();
  const intervened = new Set<string>();
  const runningSince = new Map<string, number>();
  const retried = new Set<string>();
  const pausedSince = new Map<string, number>();
  const modals = new Map<string, Promise<void>>();

  const actions: PersonActions = {
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
        // The button may have been removed meanwhile.
        .catch(() => null);
      return result?.outcome === 'ok';
    },
    withModal(user, submission) {
      const turn = (modals.get(user) ?? Promise.resolve()).then(async () => {
        await submission().catch(() => {});
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

  function inBackground(submission: Promise<unknown>): void {
    const noted = submission.catch(() => {}).finally(() => busy.delete(noted));
    busy.add(noted);
  }

  function lookAtCard(message: Message): void {
    const request = requests.get(numberOnCard(seen(message).text) ?? 0);
    if (!request) return;
    const has = (button: RegExp) =>
      buttonsIn(message.blocks).some((element) => button.test(element.text));
    if (has(/^Approve/)) inBackground(decide(request, message));
    else if (has(/^Resume$/)) inBackground(resume(message));
    else if (has(/^Cancel the rest$/)) inBackground(pauseOrCancel(request, message));
    else if (request.retries && has(/^Retry/)) inBackground(retry(message));
  }

  async function decide(request: PlannedRequest, message: Message): Promise<void> {
    if (request.course === 'withdraw')
      return void (await actions.press(request.by, message, /^Withdraw$/));
    if (request.course === 'deny') return deny(message);
    // When this person is not allowed to approve, the other one tries next time.
    const impatient = pressedAt.has(`${message.channel} ${message.ts} approve_request`);
    await actions.press(impatient ? admin : request.approver, message, /^Approve/);
  }

  async function deny(message: Message): Promise<void> {
    if (denying.has(message.ts)) return;
    denying.add(message.ts);
    await actions.withModal(admin, async () => {
      await somebody(sandbox, admin).deny(seen(message), 'not this month');
    });
    // The card shows the change in a moment; if it does not, the click is repeated.
    await sleep(patienceMs, undefined, { signal: stopping.signal }).catch(() => {});
    denying.delete(message.ts);
  }

  async function pauseOrCancel(request: PlannedRequest, message: Message): Promise<void> {
    if (request.course !== 'pause' && request.course !== 'cut-short') return;
    const since = runningSince.get(message.ts) ?? Date.now();
    runningSince.set(message.ts, since);
    if (intervened.has(message.ts) || Date.now() - since < request.interveneAfterMs) return;
    const button = { pause: /^Pause$/, 'cut-short': /^Cancel the rest$/ } as const;
    if (await actions.press(request.by, message, button[request.course]))
      intervened.add(message.ts);
  }

  /** Retries once: rows that fail again stay failed. */
  async function retry(message: Message): Promise<void> {
    if (retried.has(message.ts)) return;
    if (await actions.press(admin, message, /^Retry/)) retried.add(message.ts);
  }

  /** Resumes the request whoever or whatever paused it. */
  async function resume(message: Message): Promise<void> {
    const since = pausedSince.get(message.ts) ?? Date.now();
    pausedSince.set(message.ts, since);
    if (Date.now() - since < pausedForMs) return;
    if (await actions.press(admin, message, /^Resume$/)) pausedSince.delete(message.ts);
  }

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      const messages = await readPlace(sandbox, admin, requestsChannel).catch(() => []);
      for (const message of messages) if (postOf(message)?.key === 'card') lookAtCard(message);
      await Promise.all(files.map((file) => followFile(actions, file))).catch(() => {});
      await sleep(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const looking = look();
  return {
    acknowledged,
    begin(request) {
      requests.set(request.number, request);
      if (request.how !== 'form') {
        inBackground(submitFile(actions, request).then((file) => void files.push(file)));
        return;
      }
      const name = `form of request ${request.number}`;
      const submission = submitForm(actions, request, (username) => acknowledged.add(username));
      forms.set(name, submission);
      inBackground(submission.finally(() => forms.delete(name)));
    },
    open: () => [
      ...forms.keys(),
      ...files
        .filter((file) => !file.isSettled)
        .map((file) => `file of request ${file.request.number}`),
    ],
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all(busy);
    },
  };
}

/** The submitted request that a card belongs to, identified by its file name or by its only username. */
function numberOnCard(text: string): number | null {
  const match = /chaos-(\d+)\.csv/.exec(text) ?? /\(k(\d+)r1\)/.exec(text);
  return match ? Number(match[1]) : null;
}
