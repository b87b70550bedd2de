/** Socket Mode: the bot's connections, the deliveries over them, and its acknowledgements. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Recorder } from '../recorder.ts';
import { bot } from '../seed.ts';
import { secret } from './ids.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { limits } from './limits.ts';

export type Sockets = {
  /** A new `ws://` URL for one connection. */
  issueUrl(httpUrl: string): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  count(): number;
  /** Sends over one of the open connections; resolves with the bot's acknowledgement, however late. */
  send(envelope: JsonObject & { envelope_id: string }): Promise<unknown> | undefined;
  /** Closes one connection, with or without a `disconnect` message before. */
  drop(announce: boolean): void;
  /** Sends every connection a `disconnect` message with this reason, and closes those that stay open. */
  disconnectAll(reason: string): void;
  /** Closes every connection with a closing handshake, and terminates those that do not answer in time. */
  stop(): Promise<void>;
};

/** Time from the warning to the end of a connection (docs: Socket Mode, about ten seconds). */
const graceMs = 10_000;
/** How long the sandbox waits for a client's part of the closing handshake when it stops. */
const farewellMs = 500;

export function createSockets(options: {
  recorder: Recorder;
  now: () => Date;
  pingMs: number;
  onOpen: () => void;
  onChange: () => void;
}): Sockets {
  const { recorder, now } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: 10_000_000 });
  const tickets = new Map<string, number>();
  const open: WebSocket[] = [];
  const waiting = new Map<string, ((body: unknown) => void)[]>();
  const timers = new Set<NodeJS.Timeout>();
  let turn = 0;

  function note(name: string, request: unknown, ok = true): void {
    recorder.note({ kind: 'socket', name, request, response: null, status: null, ok });
  }

  function hello(socket: WebSocket): void {
    const message = {
      type: 'hello',
      num_connections: open.length,
      debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: bot.appId },
    };
    socket.send(JSON.stringify(message));
    note('hello', message);
  }

  function heard(data: string): void {
    const message = parseJson(data);
    if (!isObject(message) || typeof message.envelope_id !== 'string') {
      note('unreadable', data.slice(0, 2000), false);
      return;
    }
    const next = waiting.get(message.envelope_id)?.shift();
    if (next) next(message.payload);
    else note('unknown envelope', message, false);
  }

  function gone(socket: WebSocket): void {
    const at = open.indexOf(socket);
    if (at < 0) return;
    open.splice(at, 1);
    note('close', { num_connections: open.length });
    options.onChange();
  }

  function keepAlive(socket: WebSocket): void {
    let unanswered = 0;
    const timer = setInterval(() => {
      unanswered += 1;
      if (unanswered > 3) socket.terminate();
      else socket.ping('Ping from Slack');
    }, options.pingMs);
    socket.on('pong', () => {
      unanswered = 0;
    });
    socket.on('close', () => clearInterval(timer));
  }

  function tell(socket: WebSocket, reason: string): void {
    const message = { type: 'disconnect', reason, debug_info: { host: 'sandbox' } };
    socket.send(JSON.stringify(message));
    note('disconnect', message);
  }

  /** Closes the connection after the grace period, unless the client closes it first; then sends `last`. */
  function endLater(socket: WebSocket, last?: string): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (last !== undefined) tell(socket, last);
      socket.close(1000);
    }, graceMs);
    timers.add(timer);
    socket.on('close', () => {
      clearTimeout(timer);
      timers.delete(timer);
    });
  }

  function accept(socket: WebSocket): void {
    // An error of a connection is followed by its close event, which is handled.
    socket.on('error', () => {});
    if (open.length >= limits.sockets.max) {
      tell(socket, 'too_many_websockets');
      socket.close();
      return;
    }
    open.push(socket);
    socket.on('message', (data) => heard(String(data)));
    socket.on('close', () => gone(socket));
    keepAlive(socket);
    hello(socket);
    options.onChange();
    options.onOpen();
  }

  function leave(socket: WebSocket): void {
    const at = open.indexOf(socket);
    if (at >= 0) open.splice(at, 1);
    options.onChange();
  }

  return {
    issueUrl(httpUrl) {
      const ticket = secret();
      tickets.set(ticket, now().getTime());
      return `${httpUrl.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${bot.appId}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? '';
      const issuedAt = tickets.get(ticket);
      tickets.delete(ticket);
      if (issuedAt === undefined || now().getTime() - issuedAt > limits.socketUrlMs.max) {
        note('refused', { reason: 'an unknown, used or old ticket' }, false);
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    count: () => open.length,
    send(envelope) {
      const socket = open[turn % Math.max(1, open.length)];
      turn += 1;
      if (!socket) return undefined;
      const answer = new Promise((resolve) => {
        const queue = waiting.get(envelope.envelope_id) ?? [];
        queue.push(resolve);
        waiting.set(envelope.envelope_id, queue);
        if (waiting.size > 10_000) waiting.delete(waiting.keys().next().value ?? '');
      });
      socket.send(JSON.stringify(envelope));
      return answer;
    },
    drop(announced) {
      const socket = open.shift();
      if (!socket) return;
      if (announced) {
        tell(socket, 'warning');
        endLater(socket, 'refresh_requested');
      } else {
        socket.terminate();
      }
      note('close', { announced, num_connections: open.length });
      options.onChange();
    },
    disconnectAll(reason) {
      for (const socket of [...open]) {
        tell(socket, reason);
        endLater(socket);
        leave(socket);
      }
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      const closed = [...server.clients].map((socket) => {
        const gone = once(socket, 'close');
        const timer = setTimeout(() => socket.terminate(), farewellMs);
        socket.close(1001);
        return gone.finally(() => clearTimeout(timer));
      });
      await Promise.allSettled(closed);
      server.close();
    },
  };
}
