/** A minimal Socket Mode client: it records the envelopes it receives and acknowledges them as the test specifies. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { bot } from '../../../sandbox/seed.ts';
import { until } from '../../until.ts';
import type { Answer, TestSandbox } from './harness.ts';

/** The acknowledgement of an envelope; `undefined` means that it is not acknowledged. */
export type Reply = (envelope: Answer) => { payload?: unknown } | undefined;

export type SocketClient = {
  socket: WebSocket;
  /** Everything that was received, in order. */
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
  // The tests themselves cause connection errors.
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
