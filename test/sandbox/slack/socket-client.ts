/** A Socket Mode client without any cleverness: it keeps what came and acknowledges as it is told. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { bot } from '../../../sandbox/seed.ts';
import { until } from '../../until.ts';
import type { Answer, TestSandbox } from './harness.ts';

/** What to acknowledge an envelope with; `undefined` is not to acknowledge it. */
export type Reply = (envelope: Answer) => { payload?: unknown } | undefined;

export type SocketClient = {
  socket: WebSocket;
  /** Everything received, in order. */
  heard: Answer[];
  /** The envelopes of this event or interaction type, or command. */
  envelopes(name: string): Answer[];
  /** Waits for this many of them. */
  wait(name: string, count?: number): Promise<Answer[]>;
  close(): Promise<void>;
};

/** Connects and waits for the hello. */
export async function connectSocket(
  sandbox: TestSandbox,
  reply: Reply = () => ({}),
): Promise<SocketClient> {
  const { url } = await sandbox.api('apps.connections.open', {}, bot.appToken);
  const socket = new WebSocket(url);
  const heard: Answer[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    heard.push(message);
    if (!message.envelope_id) return;
    const answer = reply(message);
    if (answer) socket.send(JSON.stringify({ envelope_id: message.envelope_id, ...answer }));
  });
  // A dropped connection is a test's own doing.
  socket.on('error', () => {});
  await until('the socket says hello', () => heard.some(({ type }) => type === 'hello'));
  const envelopes = (name: string) => heard.filter((message) => nameOf(message) === name);
  return {
    socket,
    heard,
    envelopes,
    async wait(name, count = 1) {
      await until(`${count} × ${name}`, () => envelopes(name).length >= count);
      return envelopes(name);
    },
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

function nameOf(message: Answer): string | undefined {
  if (!message.envelope_id) return message.type;
  return message.payload.event?.type ?? message.payload.type ?? message.type;
}
