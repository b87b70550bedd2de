/**
 * Keeps Socket Mode connections open. The SDK's own reconnecting ends permanently at `invalid_auth`,
 * `account_inactive` and `team_disabled` while the process continues to run, and its waits grow without a limit. It
 * is therefore disabled and replaced by this code: with bounded waits, connections of different ages, and a process
 * that reports not ready, and finally ends, when it has no connection.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../operations/log.ts';
import { withTimeout } from '../../operations/with-timeout.ts';
import { slackErrorCode, slackFailureOf } from '../slack-failure.ts';

/** The members of the SDK's SocketModeClient that are used, with `autoReconnectEnabled: false`. */
export type Socket = {
  /** Resolves with Slack's hello; rejects when there is no connection. */
  start(): Promise<unknown>;
  disconnect(): Promise<void>;
  on(event: 'disconnected', listener: () => void): unknown;
  off(event: 'disconnected', listener: () => void): unknown;
};

export type SocketTiming = {
  /** Longest wait between two tries. */
  readonly longestWaitMs: number;
  /** A try that takes longer is given up. */
  readonly openWithinMs: number;
  /** When the second connection is renewed once, so that Slack does not renew both at the same time. */
  readonly staggerMs: number;
  /** Without any connection for this long, the process is not ready. */
  readonly unhealthyAfterMs: number;
  /** Without any connection for this long, the process ends, so that it is restarted. */
  readonly endAfterMs: number;
};

export const standardSocketTiming: SocketTiming = {
  longestWaitMs: 10_000,
  openWithinMs: 15_000,
  staggerMs: 20 * 60_000,
  unhealthyAfterMs: 60_000,
  endAfterMs: 10 * 60_000,
};

export type ConnectionHealth = {
  readonly open: number;
  /** False when no connection has been open for a minute. */
  readonly healthy: boolean;
  /** Why the last try failed; null while a connection is open. */
  readonly reason: string | null;
};

/** Slack refuses the app-level token; `cause` is its answer. */
export class AppTokenError extends Error {
  override readonly name = 'AppTokenError';

  constructor(cause: unknown) {
    super(`Slack refuses the app-level token (${slackErrorCode(cause)})`, { cause });
  }
}

export type Connections = {
  /** Resolves when one connection is open; rejects when Slack refuses the app's token. */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): ConnectionHealth;
};

/** @param options.onDeaf called once, with the reason, when nothing has been connected for `endAfterMs` */
export function keepConnected(
  sockets: readonly Socket[],
  options: {
    readonly log: Log;
    readonly onDeaf: (reason: string) => void;
    readonly timing?: SocketTiming;
  },
): Connections {
  const { log, onDeaf, timing = standardSocketTiming } = options;
  const stopping = new AbortController();
  const open = new Set<Socket>();
  const first = Promise.withResolvers<void>();
  let deafSince = performance.now();
  let reason: string | null = 'not connected yet';
  let started = false;
  let keeping: Promise<unknown> = Promise.resolve();

  function opened(socket: Socket): void {
    if (started && open.size === 0) log.info('connected to Slack again');
    open.add(socket);
    reason = null;
    started = true;
    first.resolve();
  }

  function closed(socket: Socket): void {
    if (open.delete(socket) && open.size === 0) {
      deafSince = performance.now();
      if (!stopping.signal.aborted) log.warn('no connection to Slack is open');
    }
  }

  /** Holds one connection open until the bot stops. */
  async function keep(socket: Socket, renewAfterMs: number | null): Promise<void> {
    let failures = 0;
    let renewal = renewAfterMs;
    while (!stopping.signal.aborted) {
      const { gone, forget } = disconnected(socket);
      try {
        await opening(socket, timing.openWithinMs);
        opened(socket);
        failures = 0;
        if (renewal !== null) {
          const due = await withTimeout(
            gone.then(() => 'gone'),
            renewal,
          );
          renewal = null;
          // Only while other connections are open.
          if (due === undefined && open.size > 1) await withTimeout(socket.disconnect(), 5_000);
        }
        await gone;
      } catch (error) {
        failures += 1;
        reason =
          slackErrorCode(error) ?? (error instanceof Error ? error.message : 'no connection');
        if (!started && slackFailureOf(error)?.kind === 'locked-out') {
          first.reject(new AppTokenError(error));
        }
        log.warn({ code: reason, failures }, 'could not connect to Slack');
      }
      forget();
      closed(socket);
      await sleep(waitMs(failures, timing.longestWaitMs), undefined, {
        signal: stopping.signal,
      }).catch(() => {});
    }
  }

  async function watch(): Promise<void> {
    let told = false;
    while (!stopping.signal.aborted) {
      await sleep(Math.min(5_000, timing.unhealthyAfterMs / 4), undefined, {
        signal: stopping.signal,
        ref: false,
      }).catch(() => {});
      const deafForMs = open.size > 0 ? 0 : performance.now() - deafSince;
      if (deafForMs < timing.unhealthyAfterMs) told = false;
      else if (!told) {
        told = true;
        log.error({ code: reason }, 'nothing has been heard of Slack for a minute: not ready');
      }
      if (deafForMs >= timing.endAfterMs && !stopping.signal.aborted) {
        onDeaf(reason ?? 'no connection');
        return;
      }
    }
  }

  return {
    start() {
      deafSince = performance.now();
      const loops = sockets.map((socket, at) => keep(socket, at === 1 ? timing.staggerMs : null));
      keeping = Promise.all([...loops, watch()]);
      return first.promise;
    },
    async stop() {
      stopping.abort();
      // A socket that is already closed emits no further close event.
      await Promise.all(sockets.map((socket) => withTimeout(socket.disconnect(), 2_000)));
      await withTimeout(keeping, 2_000);
    },
    health() {
      const deafForMs = open.size > 0 ? 0 : performance.now() - deafSince;
      return { open: open.size, healthy: deafForMs < timing.unhealthyAfterMs, reason };
    },
  };
}

/** The first try is immediate, the second after a second, and so on, with a limit and a random part. */
function waitMs(failures: number, longestMs: number): number {
  if (failures === 0) return 0;
  const most = Math.min(longestMs, 500 * 2 ** Math.min(failures, 10));
  return most * (0.5 + Math.random() / 2);
}

function disconnected(socket: Socket): { gone: Promise<void>; forget: () => void } {
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const heard = () => resolve();
  socket.on('disconnected', heard);
  return { gone, forget: () => void socket.off('disconnected', heard) };
}

/** Rejects when Slack sends no hello in time. */
async function opening(socket: Socket, withinMs: number): Promise<void> {
  const hello = await withTimeout(
    socket.start().then(() => true),
    withinMs,
  );
  if (hello) return;
  await withTimeout(socket.disconnect(), 1_000);
  throw new Error(`no hello within ${withinMs} ms`);
}
