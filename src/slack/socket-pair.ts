/**
 * Two Socket Mode connections that serve one app. Slack renews each connection every few hours, and the SDK
 * waits about 5 s before it connects anew; without a second one, whoever types a command in those seconds is
 * told that the app did not answer. Slack gives each delivery to one of them.
 */
import {
  type App,
  type Receiver,
  SocketModeReceiver,
  type SocketModeReceiverOptions,
} from '@slack/bolt';

export function createSocketPair(options: SocketModeReceiverOptions): Receiver {
  const sockets = [new SocketModeReceiver(options), new SocketModeReceiver(options)];
  return {
    init(app: App) {
      for (const socket of sockets) socket.init(app);
    },
    start: () => Promise.all(sockets.map((socket) => socket.start())),
    stop: () => Promise.all(sockets.map((socket) => socket.stop())),
  };
}
