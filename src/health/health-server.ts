/**
 * `/healthz`, `/readyz` and `/metrics` on a separate port: they are for orchestrators and Prometheus inside the
 * network, while the port of the HTTP transport can be open to the internet.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { collectDefaultMetrics } from 'prom-client';
import { closeNow, listenOn } from '../http/listen.ts';
import type { Log } from '../operations/log.ts';
import { meters, slackConnections } from '../operations/meters.ts';
import type { Readiness } from './readiness.ts';

export type HealthServer = {
  readonly port: number;
  stop(): Promise<void>;
};

/**
 * Memory, CPU time, event-loop delay and garbage collection of the process; registered once, because the registry
 * belongs to the process.
 */
function measureProcess(): void {
  if (meters.getSingleMetric('process_cpu_seconds_total')) return;
  collectDefaultMetrics({ register: meters });
}

/**
 * Starts listening. Rejects when the port is taken.
 *
 * @param options.ready the answer of `/readyz`: 200 when everything works, 503 with the reasons otherwise
 */
export async function startHealthServer(options: {
  readonly host: string;
  readonly port: number;
  readonly ready: () => Promise<Readiness>;
  /** Open connections to Slack, with Socket Mode. */
  readonly connections: () => number | null;
  readonly log: Log;
}): Promise<HealthServer> {
  const { host, port, ready, connections, log } = options;
  measureProcess();
  const server = createServer(
    { requestTimeout: 5_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      slackConnections.set(connections() ?? 0);
      answer(request, response, ready).catch((error: unknown) => {
        log.error({ err: error }, 'a question about the health of the bot failed');
        if (!response.headersSent) send(request, response, 500, 'the bot could not tell\n');
      });
    },
  );
  server.maxConnections = 50;
  const listening = await listenOn(server, { host, port });
  server.unref();
  return { port: listening, stop: () => closeNow(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  ready: () => Promise<Readiness>,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(request, response, 405, 'GET or HEAD\n');
  }
  switch (request.url?.split('?')[0]) {
    case '/healthz':
      return send(request, response, 200, 'ok\n');
    case '/readyz':
      return sendReadiness(request, response, await ready());
    case '/metrics':
      return send(request, response, 200, await meters.metrics(), meters.contentType);
    default:
      return send(request, response, 404, '/healthz, /readyz or /metrics\n');
  }
}

/** 200 or 503, and each part with the reason when it does not work. */
export function sendReadiness(
  request: IncomingMessage,
  response: ServerResponse,
  readiness: Readiness,
): void {
  const text = `${JSON.stringify(readiness)}\n`;
  send(request, response, readiness.ready ? 200 : 503, text, 'application/json');
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
