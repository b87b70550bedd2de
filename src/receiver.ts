/** Where deliveries come in: Socket Mode or signed HTTP. */
import type { RequestListener, Server } from 'node:http';
import { type App, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Config } from './config/config.ts';
import { createHttpReceiver } from './http/http-receiver.ts';
import { boltLevel, boltLogger } from './operations/bolt-log.ts';
import type { Log } from './operations/log.ts';
import { withLogContext } from './operations/log-context.ts';
import { acknowledged } from './operations/meters.ts';
import { socketDispatcher } from './operations/proxy.ts';
import { deliveryIdOf } from './slack/delivery-id.ts';
import { type ConnectionHealth, keepConnected } from './slack/sockets/keep-connected.ts';
import type { TraceDelivery } from './tracing/traced.ts';

/**
 * Stores the content of a delivery, if that has to happen before the acknowledgement. False when it could not be
 * stored: it is not acknowledged then, so that Slack delivers it again.
 */
export type StoreFirst = (event: Pick<ReceiverEvent, 'body' | 'retryNum'>) => Promise<boolean>;

export type Deliveries = {
  readonly receiver: Receiver;
  /** The connections to Slack; null with HTTP. */
  readonly health: () => ConnectionHealth | null;
};

export function createReceiver(
  config: Config,
  deps: {
    readonly log: Log;
    readonly now: () => Date;
    readonly storeFirst: StoreFirst;
    /** Answers GET and HEAD of `/health`, with HTTP. */
    readonly onHealth: RequestListener;
    /** Pages for browsers, with HTTP. */
    readonly pages: Readonly<Record<string, RequestListener>>;
    /** Called when no delivery can arrive anymore, with the reason. */
    readonly onDeaf: (reason: string) => void;
    readonly trace: TraceDelivery;
  },
): Deliveries {
  const { log, now, storeFirst, onHealth, onDeaf } = deps;
  const { transport, apiUrl } = config.slack;
  if (transport.kind === 'http') {
    const receiver = createHttpReceiver({
      signingSecret: transport.signingSecret,
      path: '/slack/events',
      routes: { '/health': onHealth },
      pages: deps.pages,
      log,
      now,
    });
    // Whether Slack reaches a request URL can only be seen from arriving deliveries.
    return { receiver: storingFirst(receiver, storeFirst, 'http', deps), health: () => null };
  }
  const dispatcher = socketDispatcher(process.env);
  const options = {
    appToken: transport.appToken,
    ...(dispatcher && { dispatcher }),
    logger: boltLogger(log),
    logLevel: boltLevel(log),
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: 10_000,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  };
  // Two, because Slack renews each of them every few hours, and a person who types a command during that time would
  // see that the app did not respond. Slack sends each delivery to one of the two.
  const sockets = [new SocketModeReceiver(options), new SocketModeReceiver(options)];
  const connections = keepConnected(
    sockets.map((socket) => socket.client),
    { log, onDeaf },
  );
  const both: Receiver = {
    init(app: App) {
      for (const socket of sockets) socket.init(app);
    },
    start: () => connections.start(),
    stop: () => connections.stop(),
  };
  return {
    receiver: storingFirst(both, storeFirst, 'socket', deps),
    health: () => connections.health(),
  };
}

/**
 * Bolt acknowledges an event before any listener gets it (H5), so content that must not be lost is stored before Bolt
 * gets it.
 */
function storingFirst(
  receiver: Receiver,
  storeFirst: StoreFirst,
  transport: 'socket' | 'http',
  { log, trace }: { readonly log: Log; readonly trace: TraceDelivery },
): Receiver {
  return {
    init(app) {
      const storing: App = Object.create(app);
      storing.processEvent = async (event) => {
        const timed = acknowledged.startTimer({ transport });
        const ack: typeof event.ack = async (response) => {
          timed();
          await event.ack(response);
        };
        const id = deliveryIdOf(event.body);
        const [type = ''] = id.split(' ');
        const deliver = async () => {
          log.debug({ type, retry: event.retryNum }, 'a delivery arrived');
          if (await storeFirst(event)) await app.processEvent({ ...event, ack });
        };
        await withLogContext({ delivery: id }, () => trace({ type, id }, deliver));
      };
      receiver.init(storing);
    },
    start: (...given) => receiver.start(...given),
    stop: (...given) => receiver.stop(...given),
  };
}

/** Starts the app; returns the port of the request URL, or null with Socket Mode. */
export async function startReceiver(app: App, config: Config): Promise<number | null> {
  const { transport } = config.slack;
  if (transport.kind === 'socket') {
    await app.start();
    return null;
  }
  const server: Server = await app.start({ port: transport.port, host: transport.host });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : transport.port;
}
