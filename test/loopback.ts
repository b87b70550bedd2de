/** Servers that a test starts, reachable only from this machine. */
import { once } from 'node:events';
import type { Server } from 'node:net';

/** Listens on this port, or on any free one, and returns the port. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
