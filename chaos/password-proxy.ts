/**
 * A proxy in front of Amazon Connect that records the passwords that are sent. The sandbox's recorder never stores
 * one, and these are the secrets that no log may contain. Bytes are forwarded unchanged, so that each fault has its
 * usual effect.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../test/loopback.ts';

export type PasswordProxy = {
  readonly url: string;
  /** Every password that was sent, typed or generated. */
  readonly passwords: ReadonlySet<string>;
  stop(): Promise<void>;
};

/** Larger than the largest CreateUser, because a password may be split across two chunks. */
const remembered = 16_384;

export async function startPasswordProxy(connectUrl: string): Promise<PasswordProxy> {
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
        // Data that was received before a graceful close still has to be forwarded.
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
