/** A Connect endpoint with configurable answers, and the users and directories that tests need. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createAwsGateway } from '../../src/connect/aws/aws-gateway.ts';
import type { Timeouts } from '../../src/connect/aws/client.ts';
import type { ConnectGateway } from '../../src/connect/gateway.ts';
import type { NewUser } from '../../src/users/new-user.ts';

export type Seen = { readonly method: string; readonly path: string; readonly body: string };

export type Answering = (response: ServerResponse, seen: Seen, socket: Socket) => void;

export type Stub = { readonly url: string; readonly seen: Seen[] };

export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

export const shortTimeouts: Timeouts = {
  connectMs: 1_000,
  readMs: 500,
  createMs: 1_000,
  readDeadlineMs: 1_500,
};

/** Listens on loopback until the test ends. */
export async function startStub(t: TestContext, answer: Answering): Promise<Stub> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const call = await read(request).catch(() => undefined);
    if (!call) return;
    seen.push(call);
    answer(response, call, request.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen };
}

async function read(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Answers in the restJson1 format: the name of an error is in a header. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  errorType?: string,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(errorType && { 'x-amzn-errortype': errorType }),
  });
  response.end(JSON.stringify(body));
}

export function gatewayTo(
  t: TestContext,
  url: string,
  options: { readonly instanceId?: string; readonly timeouts?: Timeouts } = {},
): ConnectGateway {
  const gateway = createAwsGateway(
    {
      alias: 'production',
      instanceId: options.instanceId ?? 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
      region: 'us-west-2',
      endpoint: url,
    },
    { credentials, ...(options.timeouts && { timeouts: options.timeouts }) },
  );
  t.after(() => gateway.close());
  return gateway;
}

/** AWS's own example, as a checked user. */
export const mary: NewUser = {
  username: 'Mary',
  firstName: 'Mary',
  lastName: 'Major',
  routingProfile: {
    id: '87654321-9999-3434-abcd-x1y2z3a1b2c3',
    name: 'Basic Routing Profile',
  },
  securityProfiles: [{ id: '12345678-1111-2222-aaaa-a1b2c3d4f5g7', name: 'Agent' }],
  phone: { type: 'desk', number: '+15555551212', autoAccept: true },
  afterContactWorkSeconds: 60,
  tags: {},
};
