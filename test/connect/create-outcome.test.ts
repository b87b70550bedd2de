import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { createAwsGateway } from '../../src/connect/aws/aws-gateway.ts';
import type { CreateOutcome } from '../../src/connect/gateway.ts';
import { answerJson, gatewayTo, mary, shortTimeouts, startStub } from './stub.ts';

const password = 'Pass@Word1';
const input = { user: mary, password, tags: {} };

type Expected = Partial<Record<'kind' | 'scope' | 'reason', string>>;

const refusals: readonly (readonly [number, string, Expected])[] = [
  [400, 'InvalidRequestException', { kind: 'refused', scope: 'row', reason: 'invalid' }],
  [400, 'InvalidParameterException', { kind: 'refused', scope: 'row', reason: 'invalid' }],
  [404, 'ResourceNotFoundException', { kind: 'refused', scope: 'row', reason: 'not-found' }],
  [409, 'DuplicateResourceException', { kind: 'refused', scope: 'row', reason: 'duplicate' }],
  [429, 'LimitExceededException', { kind: 'refused', scope: 'instance', reason: 'quota' }],
  [403, 'AccessDeniedException', { kind: 'refused', scope: 'instance', reason: 'denied' }],
  [403, 'UnrecognizedClientException', { kind: 'refused', scope: 'instance', reason: 'denied' }],
  [403, 'InvalidSignatureException', { kind: 'refused', scope: 'instance', reason: 'denied' }],
  [403, 'ExpiredTokenException', { kind: 'not-sent', reason: 'credentials' }],
  [403, 'RequestTimeTooSkewed', { kind: 'not-sent', reason: 'clock' }],
  [400, 'IncompleteSignature', { kind: 'refused', scope: 'instance', reason: 'denied' }],
  [429, 'ThrottlingException', { kind: 'throttled' }],
  [429, 'TooManyRequestsException', { kind: 'throttled' }],
  [500, 'InternalServiceException', { kind: 'unclear' }],
  [503, 'ServiceUnavailableException', { kind: 'unclear' }],
  [408, 'RequestTimeoutException', { kind: 'unclear' }],
];

describe('CreateUser, sent once (H1)', () => {
  for (const [status, name, expected] of refusals) {
    it(`reads ${name} with ${status} as ${Object.values(expected).join(', ')}`, async (t) => {
      const stub = await startStub(t, (response) =>
        answerJson(response, status, { Message: 'what Connect says' }, name),
      );
      const outcome = await gatewayTo(t, stub.url).createUser(input);
      assert.partialDeepStrictEqual(outcome, expected);
      assert.equal(stub.seen.length, 1);
      if ('detail' in outcome) assert.equal(outcome.detail, 'what Connect says');
    });
  }

  it('tells a wrong clock from a wrong secret, although AWS uses one error name for both', async (t) => {
    const said = async (Message: string) => {
      const stub = await startStub(t, (response) =>
        answerJson(response, 403, { Message }, 'InvalidSignatureException'),
      );
      return gatewayTo(t, stub.url).createUser(input);
    };
    for (const message of [
      'Signature expired: 20261126T000000Z is now earlier than 20261126T010000Z',
      'Signature not yet current: 20261126T020000Z is still later than 20261126T010000Z',
    ]) {
      assert.partialDeepStrictEqual(await said(message), { kind: 'not-sent', reason: 'clock' });
    }
    const wrong = 'The request signature we calculated does not match the signature you provided.';
    assert.partialDeepStrictEqual(await said(wrong), { kind: 'refused', reason: 'denied' });
  });

  it('reads the name of an error out of the body too', async (t) => {
    const stub = await startStub(t, (response) =>
      answerJson(response, 409, { __type: 'DuplicateResourceException', message: 'exists' }),
    );
    const outcome = await gatewayTo(t, stub.url).createUser(input);
    assert.partialDeepStrictEqual(outcome, { kind: 'refused', reason: 'duplicate' });
  });

  it('gives the id and ARN of the user that was created', async (t) => {
    const stub = await startStub(t, (response) =>
      answerJson(response, 200, { UserId: 'u-1', UserArn: 'arn:u-1' }),
    );
    const outcome = await gatewayTo(t, stub.url).createUser(input);
    assert.deepEqual(outcome, { kind: 'created', userId: 'u-1', userArn: 'arn:u-1' });
    assert.equal(stub.seen[0]?.method, 'PUT');
  });

  const unclear: readonly (readonly [string, Parameters<typeof startStub>[1]])[] = [
    ['a success without a user id', (response) => answerJson(response, 200, {})],
    [
      'an HTML 502',
      (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>'),
    ],
    [
      'an HTML page that says 200',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    ],
    [
      'an HTML page of a proxy that says 403',
      (response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<html>'),
    ],
    ['a connection that is reset', (_response, _seen, socket) => socket.resetAndDestroy()],
    ['a connection that is closed without an answer', (_response, _seen, socket) => socket.end()],
    ['silence', () => {}],
    [
      'an answer that never ends',
      (response) => {
        response.writeHead(200, { 'content-length': '500' });
        response.write('{"UserId": ');
      },
    ],
  ];
  for (const [what, answer] of unclear) {
    it(`leaves the outcome unclear after ${what}`, async (t) => {
      const stub = await startStub(t, answer);
      const gateway = gatewayTo(t, stub.url, { timeouts: shortTimeouts });
      const outcome = await gateway.createUser(input);
      assert.equal(outcome.kind, 'unclear', JSON.stringify(outcome));
      assert.equal(stub.seen.length, 1);
    });
  }

  it('reports that nothing was sent when no server listens at the address', async (t) => {
    const outcome = await gatewayTo(t, await closedPort()).createUser(input);
    assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
  });

  it('reports that nothing was sent when the host has several addresses and none listens', async (t) => {
    const url = (await closedPort()).replace('127.0.0.1', 'localhost');
    const outcome = await gatewayTo(t, url).createUser(input);
    assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
  });

  it('reports that nothing was sent when the host has no address', async (t) => {
    // A name that is refused without a DNS query, because its first label is longer than DNS allows.
    const outcome = await gatewayTo(t, `http://${'x'.repeat(64)}.invalid`).createUser(input);
    assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
  });

  it('reports that nothing was sent when the server does not support TLS', async (t) => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const outcome = await gatewayTo(t, `https://127.0.0.1:${port}`).createUser(input);
    assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
  });

  it('reports that nothing was sent while a provider temporarily gives no credentials', async (t) => {
    const stub = await startStub(t, (response) => answerJson(response, 200, {}));
    const gateway = createAwsGateway(
      { alias: 'production', instanceId: 'i', region: 'us-west-2', endpoint: stub.url },
      {
        credentials: () =>
          Promise.reject(Object.assign(new Error('no role'), { name: 'CredentialsProviderError' })),
      },
    );
    t.after(() => gateway.close());
    const outcome = await gateway.createUser(input);
    const expected = { kind: 'not-sent', reason: 'credentials', detail: 'no role' };
    assert.deepEqual(outcome, expected);
    assert.equal(stub.seen.length, 0);
  });
});

describe('what Connect said (H4)', () => {
  const detailOf = (outcome: CreateOutcome) => ('detail' in outcome ? outcome.detail : '');

  it('never contains the password, however Connect echoes it', async (t) => {
    const tricky = 'Pass"\\Wörd1/&';
    const echoes = [tricky, JSON.stringify(tricky), encodeURIComponent(tricky)].join(' and ');
    const stub = await startStub(t, (response) =>
      answerJson(response, 400, { Message: `no: ${echoes}` }, 'InvalidParameterException'),
    );
    const outcome = await gatewayTo(t, stub.url).createUser({ ...input, password: tricky });
    assert.equal(detailOf(outcome), 'no: (password) and "(password)" and (password)');
  });

  it('is short, on one line, and without control characters', async (t) => {
    const message = `first\nsecond\u202E\u0007 ${'😀'.repeat(1_000)}`;
    const stub = await startStub(t, (response) =>
      answerJson(response, 400, { Message: message }, 'InvalidParameterException'),
    );
    const detail = detailOf(await gatewayTo(t, stub.url).createUser(input));
    assert.match(detail, /^first second 😀/u);
    assert.ok(detail.length <= 300);
    assert.ok(detail.isWellFormed());
  });
});

/** An address at which no server listens, because its server has just stopped. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
