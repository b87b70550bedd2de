/** A loopback server with configurable answers, in place of Slack and Amazon Connect. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chance } from '../chaos/seeded.ts';
import { oddText, oddValue } from './odd.ts';

export type OddAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Closes the connection before the body has been sent. */
  readonly cut: boolean;
};

export type StandIn = {
  readonly url: string;
  /** Sets the answer from now on. */
  answer(next: OddAnswer): void;
  stop(): Promise<void>;
};

export async function startStandIn(): Promise<StandIn> {
  let next: OddAnswer = { status: 200, headers: {}, body: '{}', cut: false };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(next.status, next.headers);
      if (next.cut) {
        response.write(next.body.slice(0, next.body.length / 2));
        response.destroy();
      } else {
        response.end(next.body);
      }
    });
    request.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (answer) => {
      next = answer;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param right an answer of the correct shape, which is sometimes damaged */
export function oddAnswer(chance: Chance, right: unknown): OddAnswer {
  const body = chance.happens(0.3)
    ? oddText(chance)
    : JSON.stringify(chance.happens(0.3) ? right : oddValue(chance));
  return {
    status: chance.pick([200, 200, 200, 200, 302, 400, 403, 404, 429, 500, 502, 503]),
    headers: {
      'content-type': chance.pick(['application/json', 'application/json', 'text/html', '']),
      ...(chance.happens(0.1) ? { 'retry-after': chance.pick(['30', '60', 'soon', '']) } : {}),
    },
    body: body ?? '',
    cut: chance.happens(0.05),
  };
}
