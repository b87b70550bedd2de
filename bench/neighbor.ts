/** Another caller in the same AWS account that calls CreateUser at a given rate and retries each throttled call. */
import { ConnectClient, CreateUserCommand } from '@aws-sdk/client-connect';
import { sandboxCredentials } from '../sandbox/connect/accounts/sessions.ts';
import { region } from '../sandbox/seed.ts';

export type Neighbor = {
  /** How many calls took a token between two times, in milliseconds since 1970. */
  taken(from: number, to: number): number;
  stop(): Promise<void>;
};

/** Pause after a throttled call. */
const insistAfterMs = 200;

/** @param perSecond calls a second; 0 switches the caller off */
export function startNeighbor(endpoint: string, perSecond: number): Neighbor {
  const client = new ConnectClient({
    endpoint,
    region,
    credentials: sandboxCredentials,
    maxAttempts: 1,
  });
  const taken: number[] = [];
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();

  /** Sends an invalid user: the bucket counts the call, but no user is created. */
  async function call(): Promise<void> {
    const at = Date.now();
    const throttled = await client
      .send(
        new CreateUserCommand({
          InstanceId: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
          Username: 'neighbor',
          Password: 'Neighbor-1',
          PhoneConfig: { PhoneType: 'SOFT_PHONE' },
          SecurityProfileIds: ['no-such-profile'],
          RoutingProfileId: 'no-such-profile',
        }),
      )
      .then(
        () => false,
        (error: Error) => /Throttling|TooManyRequests/.test(error.name),
      );
    if (!throttled) {
      taken.push(at);
    } else if (!stopped.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, insistAfterMs));
      await call();
    }
  }

  const timer =
    perSecond === 0
      ? null
      : setInterval(() => {
          const work = call().finally(() => underWay.delete(work));
          underWay.add(work);
        }, 1000 / perSecond);
  return {
    taken: (from, to) => taken.filter((at) => at >= from && at <= to).length,
    async stop() {
      if (timer) clearInterval(timer);
      stopped.abort();
      await Promise.all(underWay);
      client.destroy();
    },
  };
}
