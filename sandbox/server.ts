/** The sandbox's HTTP server: Slack's Web API, Socket Mode, files, the sandbox's own interface, and the page. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectSide } from './calls.ts';
import type { RecordedCall } from './connect/calls.ts';
import { answerSandbox } from './routes.ts';
import { answerFiles } from './slack/file-server.ts';
import { sendText, TooLarge } from './slack/http.ts';
import { answerResponseUrl } from './slack/respond.ts';
import { answerWebApi } from './slack/web-api.ts';
import { createWorld, type World, type WorldOptions } from './slack/world.ts';

export type SandboxOptions = WorldOptions & {
  /** 0 takes any free port. */
  port: number;
  connect: ConnectSide;
  /** The page's files by path; null for an unknown path. */
  page?: (path: string) => Promise<{ body: Uint8Array | string; type: string } | null>;
};

export type Sandbox = {
  url: string;
  port: number;
  /** The workspace itself, for tests in the same process. */
  slack: World;
  /** Called by the Connect half after each answered call, and when an instance has changed. */
  onConnectCall(call: RecordedCall): void;
  onConnectChange(instance: string): void;
  stop(): Promise<void>;
};

/** Starts the sandbox on the loopback interface; ready when it resolves. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = createWorld(options);
  const server = createServer((request, response) => {
    answer(world, options, request, response).catch((error) => broken(response, error));
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (request.url?.startsWith('/link/')) world.delivery.sockets.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  world.address.url = `http://127.0.0.1:${port}`;

  return {
    url: world.address.url,
    port,
    slack: world,
    onConnectCall({ operation, request, response, status, error, outcome, durationMs, about }) {
      world.recorder.note({
        kind: 'connect',
        name: operation,
        request,
        response,
        status: error ?? status,
        ok: outcome === 'answered' && error === undefined,
        durationMs: durationMs ?? 0,
        about,
      });
    },
    onConnectChange: (instance) => world.live.tell({ type: 'connect', instance }),
    async stop() {
      await world.delivery.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  world: World,
  options: SandboxOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = URL.parse(request.url ?? '/', world.address.url);
  if (!url) return sendText(response, 400, 'Bad request', 'text/plain');
  const path = url.pathname;
  if (path.startsWith('/api/')) return answerWebApi(world, request, response, url);
  if (path.startsWith('/response/')) return answerResponseUrl(world, request, response, url);
  if (path.startsWith('/files/')) return answerFiles(world, request, response, url);
  if (path.startsWith('/sandbox/')) {
    return answerSandbox({ world, connect: options.connect }, request, response, url);
  }
  // A permalink opens the page at that message.
  const link = /^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(path);
  if (link) {
    const query = new URLSearchParams({ channel: link[1] ?? '', message: `${link[2]}.${link[3]}` });
    return void response.writeHead(302, { location: `/?${query}` }).end();
  }
  const file = await options.page?.(path);
  if (file) sendText(response, 200, file.body, file.type);
  else sendText(response, 404, 'Not found', 'text/plain');
}

function broken(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const status = error instanceof TooLarge ? 413 : 500;
  sendText(response, status, error instanceof Error ? error.message : String(error), 'text/plain');
}
