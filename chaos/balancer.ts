/** A load balancer in front of the replicas in HTTP mode: each delivery goes to the next replica that accepts it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../test/loopback.ts';

export type Balancer = { readonly url: string; stop(): Promise<void> };

/**
 * There are no sticky sessions. A replica that refuses the connection is skipped; a replica that hangs keeps its
 * delivery.
 */
export async function startBalancer(ports: () => readonly number[]): Promise<Balancer> {
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    turn++;
    const targets = ports();
    const order = targets.map((_, index) => targets[(turn + index) % targets.length] ?? 0);
    pass(incoming, Buffer.concat(chunks), outgoing, order);
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function pass(
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  [port, ...others]: readonly number[],
): void {
  if (port === undefined) {
    outgoing.writeHead(503).end();
    return;
  }
  const { method, headers, url: path } = incoming;
  const onward = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  onward.on('error', (error) => {
    const refused = 'code' in error && error.code === 'ECONNREFUSED';
    if (refused) pass(incoming, body, outgoing, others);
    else if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  });
  outgoing.on('close', () => onward.destroy());
  onward.end(body);
}
