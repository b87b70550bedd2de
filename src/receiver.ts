/** Where deliveries come in: Socket Mode or signed HTTP. */
import type { Server } from 'node:http';
import { type App, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Config } from './config/config.ts';
import { createHttpReceiver } from './http/http-receiver.ts';
import { boltLevel, boltLogger } from './operations/bolt-log.ts';
import type { Log } from './operations/log.ts';

/**
 * Stores what a delivery hands in, where that has to happen before it is acknowledged. False when it could not be
 * stored: it is not acknowledged then, so that Slack delivers it again.
 */
export type StoreFirst = (event: Pick<ReceiverEvent, 'body' | 'retryNum'>) => Promise<boolean>;

export function createReceiver(
  config: Config,
  deps: { readonly log: Log; readonly now: () => Date; readonly storeFirst: StoreFirst },
): Receiver {
  const { log, now, storeFirst } = deps;
  const { transport, apiUrl } = config.slack;
  if (transport.kind === 'http') {
    const receiver = createHttpReceiver({
      signingSecret: transport.signingSecret,
      path: '/slack/events',
      routes: { '/health': (_request, response) => void response.writeHead(200).end('ok') },
      log,
      now,
    });
    return storingFirst(receiver, storeFirst);
  }
  // Clients of their own: these may retry for as long as it takes to get a connection.
  const sockets = socketPair({
    appToken: transport.appToken,
    logger: boltLogger(log),
    logLevel: boltLevel(log),
    installerOptions: { clientOptions: { slackApiUrl: apiUrl, timeout: 10_000 } },
  });
  return storingFirst(sockets, storeFirst);
}

/** Bolt acknowledges an event before any listener gets it (H5), so that what must not be lost is stored before Bolt. */
function storingFirst(receiver: Receiver, storeFirst: StoreFirst): Receiver {
  return {
    init(app) {
      const storing: App = Object.create(app);
      storing.processEvent = async (event) => {
        if (await storeFirst(event)) await app.processEvent(event);
      };
      receiver.init(storing);
    },
    start: (...given) => receiver.start(...given),
    stop: (...given) => receiver.stop(...given),
  };
}

/**
 * Two Socket Mode connections that serve one app. Slack renews each connection every few hours, and the SDK
 * waits about 5 s before it connects anew; without a second one, whoever types a command in those seconds is
 * told that the app did not answer. Slack gives each delivery to one of them.
 */
function socketPair(options: ConstructorParameters<typeof SocketModeReceiver>[0]): Receiver {
  const sockets = [new SocketModeReceiver(options), new SocketModeReceiver(options)];
  return {
    init(app: App) {
      for (const socket of sockets) socket.init(app);
    },
    start: () => Promise.all(sockets.map((socket) => socket.start())),
    stop: () => Promise.all(sockets.map((socket) => socket.stop())),
  };
}

/** Starts the app; answers the port of the request URL, or null with Socket Mode. */
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
