/** Servers of a test's own, on this machine alone. */
import { once } from 'node:events';
import type { Server } from 'node:net';

/** Listens on this port, or on any free one; answers which. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
