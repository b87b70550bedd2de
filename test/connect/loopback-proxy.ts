/** A real HTTP proxy on loopback: it forwards plain requests, and creates tunnels (CONNECT) for everything else. */
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export type Proxy = {
  readonly url: string;
  /** The requests that it received: `CONNECT host:port`, or `GET http://…`. */
  readonly seen: string[];
};

/** @param tunnel the result of a CONNECT: established, refused with 403, or never answered */
export async function startProxy(
  t: Pick<TestContext, 'after'>,
  tunnel: 'made' | 'refused' | 'silent' = 'made',
): Promise<Proxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, answer) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const { host: _host, ...headers } = incoming.headers;
    const url = new URL(incoming.url ?? '');
    const onward = request(url, {
      method: incoming.method,
      headers: { ...headers, host: url.host },
    });
    onward.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.writeHead(502).end());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket: Socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    sockets.add(socket);
    socket.on('error', () => {});
    if (tunnel === 'silent') return;
    if (tunnel === 'refused') return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const [host = '', port = ''] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
