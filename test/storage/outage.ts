/** A proxy for the database that can be interrupted, as when Postgres or the network fails. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { listenOnLoopback } from '../loopback.ts';

export type Way = {
  /** The database's connection string through this proxy. */
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Accepts connections again, at the same address. */
  restore(): Promise<void>;
  /** Connections that are open now. */
  connections(): number;
};

export async function wayTo(t: TestContext, databaseUrl: string): Promise<Way> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const inward = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    inward.add(client);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        sockets.delete(from);
        inward.delete(from);
      });
    }
  });
  const port = await listenOnLoopback(server);
  const cut = async () => {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await once(server, 'close');
  };
  const restore = async () => void (await listenOnLoopback(server, port));
  t.after(cut);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return { url: url.href, cut, restore, connections: () => inward.size };
}
