/**
 * Slack's deliveries over HTTP: read within limits, verified, acknowledged. It replaces Bolt's own receiver, which
 * reads bodies without a time limit and accepts a signed time that is far in the future.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { parse as parseForm } from 'node:querystring';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Log } from '../operations/log.ts';
import { deliveryIdOf } from '../slack/delivery-id.ts';
import { type Connections, keepConnectionsWithin } from './connection-limits.ts';
import { createSparingWarning } from './limited-warnings.ts';
import { listenOn } from './listen.ts';
import { BodyRefused, createBodyBudget, withBody } from './read-body.ts';
import { type Answer, createReplayProtection } from './replay-protection.ts';
import { claimedSignature, isSignedBy } from './signature.ts';

/** Slack's own deliveries have a few kilobytes, and a full view has a few hundred. */
const maxBodyBytes = 1024 * 1024;
const bodyWithinMs = 10_000;
const mostHeldBytes = 32 * 1024 * 1024;
/** Slack opens one connection per delivery; a proxy in front keeps some open. */
const mostConnections = 500;
/** Slack gives up after 3 s, so a later acknowledgement has no effect. */
const acknowledgedWithinMs = 3_100;
/**
 * The remaining bytes of a refused body are read and discarded, up to this limit, so that the sender receives the
 * answer.
 */
const drainedBytes = 64 * 1024;
const stopWithinMs = 3_000;

export type HttpReceiverOptions = {
  readonly signingSecret: string;
  readonly path: string;
  /** Other paths, for GET and HEAD. */
  readonly routes: Readonly<Record<string, RequestListener>>;
  /** Other paths, for every method. */
  readonly pages: Readonly<Record<string, RequestListener>>;
  readonly log: Log;
  readonly now: () => Date;
};

export function createHttpReceiver(options: HttpReceiverOptions): Receiver {
  const { signingSecret, path, routes, pages, log, now } = options;
  const budget = createBodyBudget(mostHeldBytes);
  const limits = { maxBytes: maxBodyBytes, withinMs: bodyWithinMs, budget };
  const replayProtection = createReplayProtection(() => now().getTime());
  const warnUnverified = createSparingWarning(now, (warning) =>
    log.warn(warning, 'a request could not be verified as Slack’s'),
  );
  const warnUnread = createSparingWarning(now, (warning) =>
    log.warn(warning, 'a request was not read'),
  );
  let app: Pick<App, 'processEvent'> | undefined;
  let server: Server | undefined;
  let connections: Connections | undefined;

  async function receive(request: IncomingMessage): Promise<Answer> {
    const { headers } = request;
    const claimed = claimedSignature(headers, now().getTime());
    if (!claimed && !mayBeSslCheck(headers)) return unverified('its headers are not Slack’s');
    return withBody(request, limits, (body) => {
      const contentType = headers['content-type'] ?? '';
      // Slack checks the certificate without a signature; nothing else of such a request is used.
      if (!claimed) {
        return parseForm(body.toString()).ssl_check === '1'
          ? { status: 200, text: '' }
          : unverified('it is not signed');
      }
      if (!isSignedBy(signingSecret, claimed, body)) return unverified('its signature is wrong');
      const delivery = parseDelivery(body.toString('utf8'), contentType);
      if (!delivery) return { status: 400, text: '' };
      const { timestamp, signature } = claimed;
      const answered = () =>
        replayProtection.answerOnce(signature, Number(timestamp) * 1000, () =>
          deliver(delivery, headers),
        );
      return connections ? connections.whileSigned(request.socket, answered) : answered();
    });
  }

  function unverified(why: string): Answer {
    warnUnverified(why);
    return { status: 401, text: '' };
  }

  async function deliver(
    body: ReceiverEvent['body'],
    headers: IncomingMessage['headers'],
  ): Promise<Answer> {
    if (body.type === 'url_verification') {
      const { challenge } = body;
      return typeof challenge === 'string' ? json({ challenge }) : { status: 400, text: '' };
    }
    const delivery = deliveryIdOf(body);
    const acknowledged = Promise.withResolvers<Answer>();
    let isAcknowledged = false;
    const retryNum = Number(headers['x-slack-retry-num'] ?? NaN);
    const retryReason = headers['x-slack-retry-reason'];
    const event: ReceiverEvent = {
      body,
      ...(Number.isSafeInteger(retryNum) ? { retryNum } : {}),
      ...(typeof retryReason === 'string' ? { retryReason } : {}),
      ack: async (response) => {
        if (isAcknowledged) throw new Error('a delivery was acknowledged twice');
        isAcknowledged = true;
        acknowledged.resolve(answerOf(response));
      },
    };
    const processed = (async () => app?.processEvent(event))().then(
      () => notAcknowledged,
      (error: unknown) => {
        log.error({ err: error, delivery }, 'a delivery failed');
        return notAcknowledged;
      },
    );
    const late = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => {
      log.error({ delivery }, 'a delivery was not acknowledged within 3 s');
      late.resolve(notAcknowledged);
    }, acknowledgedWithinMs);
    try {
      return await Promise.race([acknowledged.promise, processed, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Not a valid path.
    const pathname = URL.parse(request.url ?? '/', 'http://localhost')?.pathname ?? '';
    const route =
      request.method === 'GET' || request.method === 'HEAD' ? routes[pathname] : undefined;
    if (route && Object.hasOwn(routes, pathname)) return route(request, response);
    const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
    if (page) return page(request, response);
    if (request.method !== 'POST' || pathname !== path) {
      return respond(request, response, { status: 404, text: '' });
    }
    try {
      respond(request, response, await receive(request));
    } catch (error) {
      if (!(error instanceof BodyRefused)) throw error;
      warnUnread(error.message);
      respond(request, response, { status: error.status, text: '' });
    }
  }

  return {
    init(bolt) {
      app = bolt;
    },
    async start(listen: { readonly port: number; readonly host: string }) {
      const listening = createServer(
        {
          requestTimeout: bodyWithinMs,
          headersTimeout: 5_000,
          keepAliveTimeout: 5_000,
          connectionsCheckingInterval: 1_000,
        },
        (request, response) => {
          answer(request, response).catch((error: unknown) => {
            log.error({ err: error }, 'a request failed');
            if (!response.headersSent) respond(request, response, { status: 500, text: '' });
          });
        },
      );
      connections = keepConnectionsWithin(listening, mostConnections);
      server = listening;
      await listenOn(listening, listen);
      return listening;
    },
    stop() {
      const closing = server;
      if (!closing) return Promise.resolve();
      // A slow sender must not delay the stop.
      setTimeout(() => closing.closeAllConnections(), stopWithinMs).unref();
      return new Promise<void>((resolve) => closing.close(() => resolve()));
    },
  };
}

/** For any status but 2xx, Slack delivers an event again, and shows a person that it failed. */
const notAcknowledged: Answer = { status: 503, text: '' };

/** A check of the certificate: a small form without a signature. */
function mayBeSslCheck(headers: IncomingMessage['headers']): boolean {
  return (
    headers['x-slack-signature'] === undefined &&
    (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') &&
    Number(headers['content-length'] ?? NaN) <= 1024
  );
}

/** The payload of a delivery; null when it is not a JSON object. */
function parseDelivery(text: string, contentType: string): ReceiverEvent['body'] | null {
  try {
    if (!contentType.startsWith('application/x-www-form-urlencoded')) {
      return objectOf(JSON.parse(text));
    }
    const form = parseForm(text);
    return typeof form.payload === 'string' ? objectOf(JSON.parse(form.payload)) : { ...form };
  } catch {
    return null;
  }
}

function objectOf(value: unknown): ReceiverEvent['body'] | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function answerOf(response: unknown): Answer {
  if (response === undefined || response === null || response === '') {
    return { status: 200, text: '' };
  }
  return typeof response === 'string' ? { status: 200, text: response } : json(response);
}

function json(value: unknown): Answer {
  return { status: 200, contentType: 'application/json', text: JSON.stringify(value) };
}

function respond(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, contentType, text } = answer;
  const isRead = request.complete;
  response.writeHead(status, {
    ...(contentType ? { 'content-type': contentType } : {}),
    'content-length': Buffer.byteLength(text),
    // The rest of a refused body must not be parsed as the next request.
    ...(isRead ? {} : { connection: 'close' }),
  });
  response.end(text);
  if (isRead) return;
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > drainedBytes) request.destroy();
  });
  response.once('finish', () => setTimeout(() => request.destroy(), 1_000).unref());
}
