/** The SDK's clients as this bot needs them: reads are retried, CreateUser is sent exactly once. */
import { ConnectClient, type ConnectClientConfig, ListUsersCommand } from '@aws-sdk/client-connect';
import type { InstanceConfig } from '../../config/config.ts';
import { connectCalls, throttles } from '../../operations/meters.ts';
import { traceCall } from '../../tracing/span.ts';
import { isThrottling } from './aws-failure.ts';
import { type ProxyEnvironment, requestHandler } from './http-handler.ts';

export type Credentials = NonNullable<ConnectClientConfig['credentials']>;

/** The time limits of the parts of a call; tests shorten them. */
export type Timeouts = {
  readonly connectMs: number;
  readonly readMs: number;
  readonly createMs: number;
  /** The limit for one read including its retries. */
  readonly readDeadlineMs: number;
};

export const standardTimeouts: Timeouts = {
  connectMs: 3_000,
  readMs: 10_000,
  createMs: 15_000,
  readDeadlineMs: 40_000,
};

type Place = Pick<InstanceConfig, 'region' | 'endpoint'>;

/**
 * The address for calls about an instance: the policy's endpoint, that of the environment or of the AWS profile, or
 * AWS's own. It is determined by the SDK itself from a call that is built but not sent.
 */
export async function connectAddress({ region, endpoint }: Place): Promise<string> {
  const client = new ConnectClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  let address = '';
  client.middlewareStack.add(
    () => (args) => {
      const { protocol, hostname, port } = args.request as HttpAddress;
      address = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
      return Promise.resolve({ response: undefined, output: { $metadata: {} } });
    },
    { step: 'build', priority: 'high', name: 'onlySayWhere' },
  );
  try {
    await client.send(new ListUsersCommand({ InstanceId: 'none' }));
    return address;
  } finally {
    client.destroy();
  }
}

type HttpAddress = {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
};

/**
 * Retries with the SDK's standard mode: seven attempts are enough to succeed while another application uses up the
 * account's rate.
 *
 * @param onThrottle called for each attempt that was throttled, including those that are retried
 */
export function readingClient(
  place: Place,
  credentials: Credentials,
  timeouts: Timeouts,
  env?: ProxyEnvironment,
  onThrottle: (operation: string) => void = () => {},
): ConnectClient {
  return measured(
    new ConnectClient({
      ...common(place, credentials),
      retryMode: 'standard',
      maxAttempts: 7,
      requestHandler: requestHandler(
        { connectMs: timeouts.connectMs, answerMs: timeouts.readMs, keepAlive: true },
        env,
      ),
    }),
    onThrottle,
  );
}

/**
 * Only for CreateUser: one attempt per call, because the SDK would also retry after an answer was lost and then
 * report our own user as a duplicate.
 */
export function creatingClient(
  place: Place,
  credentials: Credentials,
  timeouts: Timeouts,
  env?: ProxyEnvironment,
): ConnectClient {
  return measured(
    new ConnectClient({
      ...common(place, credentials),
      retryMode: 'standard',
      maxAttempts: 1,
      // A separate connection for each send: on a reused one, a server that closes the connection at that moment
      // would leave it unclear whether the request arrived.
      requestHandler: requestHandler(
        { connectMs: timeouts.connectMs, answerMs: timeouts.createMs, keepAlive: false },
        env,
      ),
    }),
  );
}

/** Measures the duration of each operation, and counts its throttled attempts. */
function measured(
  client: ConnectClient,
  onThrottle: (operation: string) => void = () => {},
): ConnectClient {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName ?? 'unknown').replace(/Command$/, '');
      const timed = connectCalls.startTimer({ operation });
      try {
        const attributes = { 'rpc.system': 'aws-api', 'rpc.method': operation };
        const answer = await traceCall(`connect ${operation}`, attributes, () => next(args));
        timed({ outcome: 'ok' });
        return answer;
      } catch (error) {
        timed({ outcome: error instanceof Error ? error.name : 'unknown' });
        throw error;
      }
    },
    { step: 'initialize', name: 'measureCalls' },
  );
  client.middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (isThrottling(error)) {
          const operation = String(context.commandName ?? 'unknown').replace(/Command$/, '');
          throttles.inc({ operation });
          onThrottle(operation);
        }
        throw error;
      }
    },
    { step: 'deserialize', priority: 'high', name: 'countThrottles' },
  );
  return client;
}

function common(place: Place, credentials: Credentials): ConnectClientConfig {
  return {
    region: place.region,
    ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
    credentials,
  };
}
