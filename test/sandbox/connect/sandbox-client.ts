/**
 * Shared functions of the tests of the offline Amazon Connect: start one, and call it through the SDK or with raw
 * requests.
 */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  ConnectClient,
  type ConnectClientConfig,
  ConnectServiceException,
} from '@aws-sdk/client-connect';
import {
  type ConnectOptions,
  type ConnectSandbox,
  startConnect,
} from '../../../sandbox/connect/server.ts';

export const production = 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111';
export const sso = 'b2c3d4e5-6789-01ab-cdef-EXAMPLE22222';
export const branch = 'c3d4e5f6-7890-12ab-cdef-EXAMPLE33333';
export const agentProfile = '12345678-1111-2222-aaaa-a1b2c3d4f5g7';
export const basicRouting = '87654321-9999-3434-abcd-x1y2z3a1b2c3';

export type Started = { connectSandbox: ConnectSandbox; client: ConnectClient };

/** Without throttling and search lag unless requested; it is stopped when the test ends. */
export async function start(
  t: Pick<TestContext, 'after'>,
  options: Partial<ConnectOptions> = {},
): Promise<Started> {
  const connectSandbox = await startConnect({
    port: 0,
    ...options,
    settings: { ratePerSecond: 1e6, burst: 1e6, searchLagMs: 0, ...options.settings },
  });
  const client = connectTo(connectSandbox);
  t.after(async () => {
    client.destroy();
    await connectSandbox.stop();
  });
  return { connectSandbox, client };
}

/** One attempt per call, because a retry would hide the sandbox's answer. */
export const connectTo = (
  connectSandbox: ConnectSandbox,
  config: Partial<ConnectClientConfig> = {},
) =>
  new ConnectClient({
    endpoint: connectSandbox.url,
    region: 'us-west-2',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    maxAttempts: 1,
    ...config,
  });

export type Answer = {
  status: number;
  type: string | null;
  requestId: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as a stranger would, without types
  body: any;
};

export type Ask = {
  method: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
};

/** A raw request with a well-formed signature. */
export async function ask(
  connectSandbox: ConnectSandbox,
  { method, path, body, headers }: Ask,
): Promise<Answer> {
  const response = await fetch(`${connectSandbox.url}${path}`, {
    method,
    headers: { ...signed(), ...(body === undefined ? {} : json), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('x-amzn-errortype'),
    requestId: response.headers.get('x-amzn-requestid'),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

const json = { 'content-type': 'application/json' };

export function signed(
  at = new Date(),
  region = 'us-west-2',
  service = 'connect',
): Record<string, string> {
  const date = `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=x/${date.slice(0, 8)}/${region}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  };
}

/** A user that the CONNECT_MANAGED instance accepts. */
export const newUser = (username: string, more: Record<string, unknown> = {}) => ({
  InstanceId: production,
  Username: username,
  Password: 'Pass@Word1',
  IdentityInfo: { FirstName: 'Mary', LastName: 'Major' },
  SecurityProfileIds: [agentProfile],
  RoutingProfileId: basicRouting,
  ...more,
});

/** For assert.rejects: matches the SDK's exception with this name and HTTP status. */
export const refusedWith = (name: string, status: number) => (error: unknown) => {
  assert.ok(error instanceof ConnectServiceException, String(error));
  assert.equal(error.name, name);
  assert.equal(error.$metadata.httpStatusCode, status);
  return true;
};

/** CreateUser as a raw request, so that a test can send values that the SDK's types would reject. */
export const createUser = (
  connectSandbox: ConnectSandbox,
  { InstanceId, ...body }: Record<string, unknown>,
) =>
  ask(connectSandbox, {
    method: 'PUT',
    path: `/users/${encodeURIComponent(String(InstanceId))}`,
    body: JSON.stringify(body),
  });

/** The first profiles of an instance, whose ids differ between instances. */
export function profilesOf(connectSandbox: ConnectSandbox, instance: string) {
  const { routingProfiles, securityProfiles } = connectSandbox.state(instance);
  return {
    InstanceId: instance,
    RoutingProfileId: routingProfiles[0]?.id,
    SecurityProfileIds: [securityProfiles[0]?.id],
  };
}
