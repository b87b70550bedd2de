/**
 * Deliveries from Slack to the bot. Each is sent over the current transport, and its acknowledgement is awaited for
 * three seconds; events that fail are sent again, as Slack does. The delivery faults are implemented here, so that
 * they work with both transports.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BotState } from '../api/workspace.ts';
import type { Finished, Recorder } from '../recorder.ts';
import { bot } from '../seed.ts';
import type { FaultBox } from './faults.ts';
import type { JsonObject } from './json.ts';
import { type ParcelType, postTo, signedRequest, verifyRequestUrl } from './request-url.ts';
import { createSockets, type Sockets } from './sockets.ts';

export type Parcel = {
  type: ParcelType;
  /** Its name in the recorder and in faults: `message`, `slash_commands`, `view_submission`, … */
  name: string;
  payload: JsonObject;
  /** Whether the acknowledgement may contain an answer. */
  acceptsResponse: boolean;
  about?: string;
};

export type Ack = {
  outcome: 'ok' | 'timeout' | 'error';
  ms: number;
  body?: unknown;
  detail?: string;
};

export type Delivery = {
  /** For an action of a person, who waits three seconds. There is no retry. */
  interact(parcel: Parcel): Promise<Ack>;
  /** For an event: returns immediately, and retries when the delivery fails. */
  event(parcel: Parcel): void;
  sockets: Sockets;
  state(): BotState;
  /** Switches to Socket Mode, or to a request URL after it has passed Slack's verification. */
  setTransport(
    transport: 'socket' | 'http',
    requestUrl?: string,
  ): Promise<{ good: boolean; detail: string }>;
  /** Applies a `drop-socket` fault to the open connections. */
  dropSockets(): void;
  stop(): Promise<void>;
};

type Retry = { attempt: number; reason: string };
type Result = Ack & { status?: string | number; reason?: string; noRetry?: boolean };
type Sent = { end: (answer: Finished) => void; result: Promise<Result> };

export function createDelivery(options: {
  now: () => Date;
  recorder: Recorder;
  faults: FaultBox;
  ackTimeoutMs: number;
  retryDelaysMs: readonly number[];
  pingMs: number;
  onChange: () => void;
}): Delivery {
  const { now, recorder, faults, ackTimeoutMs, retryDelaysMs, onChange } = options;
  const stopping = new AbortController();
  /** Deliveries that are held back until another one has been sent. */
  const held: (() => void)[] = [];
  /** Callers that wait for an acknowledgement; they are notified when the sandbox stops. */
  const waits = new Set<() => void>();
  let transport: 'socket' | 'http' = 'socket';
  let requestUrl: string | undefined;
  let answeredLast = false;

  const sockets = createSockets({
    recorder,
    now,
    pingMs: options.pingMs,
    onOpen: dropSockets,
    onChange,
  });

  function dropSockets(): void {
    while (sockets.count() > 0) {
      const fault = faults.take('drop-socket', '');
      if (!fault) return;
      sockets.drop(fault.announce);
    }
  }

  function overSocket(parcel: Parcel, envelopeId: string, retry?: Retry): Sent {
    const startedAt = performance.now();
    const envelope = {
      envelope_id: envelopeId,
      type: parcel.type,
      payload: parcel.payload,
      accepts_response_payload: parcel.acceptsResponse,
      ...(parcel.type === 'events_api' || retry
        ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
        : {}),
    };
    const end = begin(parcel, { transport: 'socket', ...envelope });
    const answer = sockets.send(envelope);
    if (!answer) {
      const detail = 'no open Socket Mode connection: the app is not running';
      const result: Result = { outcome: 'error', ms: 0, detail, reason: 'connection_failed' };
      return { end, result: Promise.resolve({ ...result, status: 'not_connected' }) };
    }
    const result = answer.then((body): Result => {
      const ms = performance.now() - startedAt;
      return { outcome: 'ok', ms, status: 'ack', ...(body === undefined ? {} : { body }) };
    });
    return { end, result };
  }

  function overHttp(parcel: Parcel, url: string, retry?: Retry): Sent {
    const startedAt = performance.now();
    const { type, payload } = parcel;
    const request = signedRequest({ type, payload, now: now(), ...(retry ? { retry } : {}) });
    const end = begin(parcel, { transport: 'http', headers: request.headers, payload });
    const result = postTo(url, request, stopping.signal).then((answer): Result => {
      const connected = answer.status !== null;
      if (connected !== answeredLast) {
        answeredLast = connected;
        onChange();
      }
      return {
        ...answer,
        ms: performance.now() - startedAt,
        status: answer.status ?? 'connection_failed',
      };
    });
    return { end, result };
  }

  function begin({ name, about }: Parcel, request: unknown) {
    return recorder.begin({ kind: 'delivery', name, request, about });
  }

  /** Releases the held-back deliveries in the next turn, so that the one just sent is first. */
  function release(): void {
    const waiting = held.splice(0);
    setImmediate(() => {
      for (const go of waiting) go();
    });
  }

  /** Sends it once and waits for the acknowledgement as long as Slack does. */
  async function hand(parcel: Parcel, envelopeId: string, retry?: Retry): Promise<Result> {
    const lost = faults.take('lose-ack', parcel.name) !== undefined;
    const url = requestUrl;
    const { end, result } =
      transport === 'http' && url !== undefined
        ? overHttp(parcel, url, retry)
        : overSocket(parcel, envelopeId, retry);
    release();
    const heard = lost
      ? result.then(({ body }) => {
          end({ response: body ?? null, status: 'ack lost', ok: false });
          return new Promise<Result>(() => {});
        })
      : result;
    const { body, ...rest } = await withinTime(heard);
    end({
      response: body ?? rest.detail ?? null,
      status: rest.status ?? null,
      ok: rest.outcome === 'ok',
    });
    // The body of an acknowledgement that may not contain an answer is ignored.
    return parcel.acceptsResponse && body !== undefined ? { ...rest, body } : rest;
  }

  function withinTime(result: Promise<Result>): Promise<Result> {
    return new Promise((resolve) => {
      const settle = (outcome: Result) => {
        clearTimeout(timer);
        waits.delete(giveUp);
        resolve(outcome);
      };
      const late = (detail: string): Result => ({
        outcome: 'timeout',
        ms: ackTimeoutMs,
        status: 'timeout',
        reason: transport === 'http' ? 'http_timeout' : 'timeout',
        detail,
      });
      const giveUp = () => settle(late('the sandbox stopped'));
      const timer = setTimeout(
        () => settle(late(`no acknowledgement within ${ackTimeoutMs} ms`)),
        ackTimeoutMs,
      );
      waits.add(giveUp);
      result.then(settle, (error) =>
        settle({ outcome: 'error', ms: 0, detail: String(error), reason: 'unknown_error' }),
      );
    });
  }

  /** Sends one delivery and applies its active faults. */
  async function deliver(parcel: Parcel, retry?: Retry): Promise<Result> {
    const envelopeId = randomUUID();
    const late = faults.take('late', parcel.name);
    const reorder = faults.take('reorder', parcel.name);
    const duplicate = faults.take('duplicate', parcel.name);
    if (late) await pause(late.delayMs, undefined, { signal: stopping.signal });
    if (reorder) await new Promise<void>((resolve) => held.push(resolve));
    const first = hand(parcel, envelopeId, retry);
    if (duplicate) {
      const attempt = duplicate.retryAttempt;
      const again = attempt === undefined ? retry : { attempt, reason: 'timeout' };
      void hand(parcel, envelopeId, again);
    }
    return first;
  }

  async function deliverEvent(parcel: Parcel): Promise<void> {
    let result = await deliver(parcel);
    for (const [at, delayMs] of retryDelaysMs.entries()) {
      if (result.outcome === 'ok' || result.noRetry) return;
      await pause(delayMs, undefined, { signal: stopping.signal });
      result = await deliver(parcel, { attempt: at + 1, reason: result.reason ?? 'unknown_error' });
    }
  }

  return {
    sockets,
    dropSockets,
    async interact(parcel) {
      const startedAt = performance.now();
      // The person's three seconds start with the action, even when the delivery is delayed.
      const { outcome, body, detail } = await withinTime(deliver(parcel));
      const ms = Math.round(performance.now() - startedAt);
      return {
        outcome,
        ms,
        ...(body === undefined ? {} : { body }),
        ...(detail === undefined ? {} : { detail }),
      };
    },
    event(parcel) {
      // Rejects only when the sandbox stops while a retry is pending.
      deliverEvent(parcel).catch(() => {});
    },
    state: () => ({
      userId: bot.userId,
      name: '',
      transport,
      connected: transport === 'socket' ? sockets.count() > 0 : answeredLast,
      sockets: sockets.count(),
      ...(requestUrl === undefined ? {} : { requestUrl }),
    }),
    async setTransport(wanted, url) {
      if (wanted === 'socket') {
        transport = 'socket';
        requestUrl = undefined;
        onChange();
        return { good: true, detail: '' };
      }
      if (url === undefined || URL.parse(url) === null) {
        return { good: false, detail: '`requestUrl` must be an address' };
      }
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(ackTimeoutMs)]);
      const verified = await verifyRequestUrl(url, now(), signal);
      if (!verified.good) return verified;
      transport = 'http';
      requestUrl = url;
      answeredLast = true;
      sockets.disconnectAll('link_disabled');
      onChange();
      return verified;
    },
    async stop() {
      stopping.abort();
      for (const giveUp of [...waits]) giveUp();
      await sockets.stop();
    },
  };
}
