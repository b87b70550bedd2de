/**
 * Listens on the way to Amazon Connect for the passwords that are sent: the recorder never keeps one, and
 * they are what must are in no log. Bytes pass as they are, so that every fault arrives as it is.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../test/loopback.ts';

export type Tap = {
  readonly url: string;
  /** Every password that was sent, typed or generated. */
  readonly passwords: ReadonlySet<string>;
  stop(): Promise<void>;
};

/** More than a CreateUser with everything in it: a password may lie across two pieces. */
const remembered = 16_384;

export async function tapOn(connectUrl: string): Promise<Tap> {
  const target = new URL(connectUrl);
  const passwords = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let heard = '';
    client.on('data', (chunk) => {
      heard = (heard + chunk.toString('latin1')).slice(-remembered);
      for (const [, text] of heard.matchAll(/"Password":"((?:[^"\\]|\\.)*)"/g)) {
        passwords.add(String(JSON.parse(`"${text}"`)));
      }
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', (broken) => {
        sockets.delete(from);
        // What was answered before a polite end still has to arrive.
        if (broken) to.destroy();
        else to.end();
      });
    }
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    passwords,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
