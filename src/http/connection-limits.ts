/**
 * Limits how many connections are open at once. Anybody on the internet can open them without sending anything, so a
 * new connection replaces the one that has gone longest without a signed request: Slack's end within seconds, and an
 * attacker's are closed.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export type Connections = {
  /** Protects the connection while this runs, because its request was sent by Slack. */
  whileSigned<Answer>(socket: Socket, work: () => Promise<Answer>): Promise<Answer>;
};

export function keepConnectionsWithin(server: Server, most: number): Connections {
  /** The connection that was silent longest comes first. */
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
