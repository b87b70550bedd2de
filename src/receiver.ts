/** Where deliveries come in: Socket Mode or signed HTTP. */
import type { Server } from 'node:http';
import { type App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Config } from './config/config.ts';
import { boltLevel, boltLogger } from './operations/bolt-log.ts';
import type { Log } from './operations/log.ts';

export function createReceiver(config: Config, log: Log): Receiver {
  const { transport, apiUrl } = config.slack;
  const logger = boltLogger(log);
  const logLevel = boltLevel(log);
  if (transport.kind === 'http') {
    return new HTTPReceiver({
      signingSecret: transport.signingSecret,
      endpoints: '/slack/events',
      logger,
      logLevel,
      customRoutes: [
        {
          path: '/health',
          method: 'GET',
          handler: (_request, response) => void response.writeHead(200).end('ok'),
        },
      ],
    });
  }
  // Clients of their own: these may retry for as long as it takes to get a connection.
  return socketPair({
    appToken: transport.appToken,
    logger,
    logLevel,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl, timeout: 10_000 } },
  });
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
