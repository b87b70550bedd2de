/**
 * How many connections are open at once. Anybody on the internet can open them and say nothing, so a new one takes the place
 * of whichever has gone longest without a signed request: Slack's are over within seconds, an attacker's have to wait.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export type Connections = {
  /** Leaves the connection alone while this runs: the sender of the request is Slack. */
  whileSigned<Answer>(socket: Socket, work: () => Promise<Answer>): Promise<Answer>;
};

export function keepConnectionsWithin(server: Server, most: number): Connections {
  /** The longest silent first. */
  const waiting = new Set<Socket>();
  const signed = new Map<Socket, number>();

  server.on('connection', (socket: Socket) => {
    waiting.add(socket);
    socket.once('close', () => {
      waiting.delete(socket);
      signed.delete(socket);
    });
    if (waiting.size + signed.size <= most) return;
    const [longest] = waiting;
    if (longest === undefined) return;
    waiting.delete(longest);
    longest.destroy();
  });

  return {
    async whileSigned(socket, work) {
      waiting.delete(socket);
      signed.set(socket, (signed.get(socket) ?? 0) + 1);
      try {
        return await work();
      } finally {
        const left = (signed.get(socket) ?? 1) - 1;
        if (left > 0) signed.set(socket, left);
        else if (signed.delete(socket) && !socket.destroyed) waiting.add(socket);
      }
    },
  };
}
