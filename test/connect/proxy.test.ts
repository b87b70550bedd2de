/** HTTPS_PROXY and related variables: calls to AWS and Slack use a real proxy on loopback. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import tls from 'node:tls';
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'undici';
import { startWorkspace } from '../../sandbox/workspace.ts';
import type { AssumedRole } from '../../src/config/config.ts';
import { createAwsGateway, type GatewayDeps } from '../../src/connect/aws/aws-gateway.ts';
import { proxyHost, socketDispatcher, useEnvironmentProxy } from '../../src/operations/proxy.ts';
import { start as startConnectSandbox } from '../sandbox/connect/sandbox-client.ts';
import { startProxy } from './loopback-proxy.ts';
import { answerJson, credentials, mary, shortTimeouts, startStub } from './stub.ts';

const production = 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111';
const input = { user: mary, password: 'Pass@Word1', tags: {} };

function gatewayTo(
  t: TestContext,
  endpoint: string,
  env: GatewayDeps['env'] = {},
  role?: AssumedRole,
) {
  const gateway = createAwsGateway(
    { alias: 'x', instanceId: production, region: 'us-west-2', endpoint, ...(role && { role }) },
    { credentials, timeouts: shortTimeouts, env },
  );
  t.after(() => gateway.close());
  return gateway;
}

/** Answers every CreateUser over TLS, with a certificate that this process trusts. */
async function startSecureConnect(t: TestContext): Promise<{ port: number; calls: string[] }> {
  const read = (file: string) => readFileSync(new URL(`../tls/${file}`, import.meta.url), 'utf8');
  const cert = read('localhost-certificate.pem');
  // The effect of NODE_EXTRA_CA_CERTS at the start of a process.
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, cert]);
  t.after(() => tls.setDefaultCACertificates(before));
  const calls: string[] = [];
  const server = createServer({ cert, key: read('localhost-key.pem') }, (request, response) => {
    calls.push(`${request.method} ${request.url}`);
    answerJson(response, 200, { UserId: 'id', UserArn: 'arn' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, calls };
}

describe('with HTTPS_PROXY', () => {
  it('Amazon Connect is called through a tunnel, over TLS', async (t) => {
    const proxy = await startProxy(t);
    const { port, calls } = await startSecureConnect(t);
    const gateway = gatewayTo(t, `https://localhost:${port}`, { HTTPS_PROXY: proxy.url });
    const outcome = await gateway.createUser(input);
    assert.equal(outcome.kind, 'created', JSON.stringify(outcome));
    assert.deepEqual(proxy.seen, [`CONNECT localhost:${port}`]);
    assert.equal(calls.length, 1);
  });

  it('a host of NO_PROXY is called directly', async (t) => {
    const proxy = await startProxy(t);
    const { port } = await startSecureConnect(t);
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: 'example.com,localhost' };
    const outcome = await gatewayTo(t, `https://localhost:${port}`, env).createUser(input);
    assert.equal(outcome.kind, 'created', JSON.stringify(outcome));
    assert.deepEqual(proxy.seen, []);
  });

  for (const tunnel of ['refused', 'silent'] as const) {
    it(`nothing was sent when the tunnel is ${tunnel}`, async (t) => {
      const proxy = await startProxy(t, tunnel);
      const { port, calls } = await startSecureConnect(t);
      const gateway = gatewayTo(t, `https://localhost:${port}`, { HTTPS_PROXY: proxy.url });
      const outcome = await gateway.createUser(input);
      assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
      assert.deepEqual([proxy.seen.length, calls.length], [1, 0]);
    });
  }

  it('a call counts as not sent when nothing listens at the proxy’s address', async (t) => {
    const { port } = await startSecureConnect(t);
    const env = { HTTPS_PROXY: 'http://127.0.0.1:1' };
    const outcome = await gatewayTo(t, `https://localhost:${port}`, env).createUser(input);
    assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
  });

  it('a role is assumed through the proxy too', async (t) => {
    const proxy = await startProxy(t);
    const { connectSandbox } = await startConnectSandbox(t);
    const before = process.env.AWS_ENDPOINT_URL_STS;
    process.env.AWS_ENDPOINT_URL_STS = connectSandbox.url;
    t.after(() => {
      if (before === undefined) delete process.env.AWS_ENDPOINT_URL_STS;
      else process.env.AWS_ENDPOINT_URL_STS = before;
    });
    const role = { arn: 'arn:aws:iam::123456789012:role/connect-add-user' };
    const gateway = gatewayTo(t, connectSandbox.url, { HTTP_PROXY: proxy.url }, role);
    assert.equal((await gateway.instance()).id, production);
    assert.deepEqual(
      proxy.seen.map((line) => line.replace(connectSandbox.url, '')),
      ['POST /', `GET /instance/${production}`],
    );
  });

  it('Slack’s Web API and Socket Mode go through it', async (t) => {
    const proxy = await startProxy(t);
    const env = { http_proxy: proxy.url };
    const slack = await startStub(t, (response) => response.end('{"ok":true}'));
    t.after(useEnvironmentProxy(env));
    await new WebClient('xoxb-1', { slackApiUrl: `${slack.url}/api/` }).auth.test();
    assert.equal(proxy.seen.length, 1);

    const workspace = await startWorkspace();
    t.after(() => workspace.stop());
    const opened = await fetch(`${workspace.url}/api/apps.connections.open`, {
      method: 'POST',
      headers: { authorization: 'Bearer xapp-1-A0CONNECT-sandbox-app-token' },
    });
    const { url } = (await opened.json()) as { url: string };
    const dispatcher = socketDispatcher(env);
    assert.ok(dispatcher);
    t.after(() => dispatcher.close());
    const socket = new WebSocket(url, { dispatcher });
    t.after(() => socket.close());
    await new Promise((resolve, reject) => {
      socket.addEventListener('message', resolve);
      socket.addEventListener('error', reject);
    });
    assert.match(proxy.seen.at(-1) ?? '', new RegExp(`^CONNECT ${new URL(workspace.url).host}`));
  });

  it('the log names the proxy without its password', () => {
    assert.equal(proxyHost({}), null);
    assert.equal(proxyHost({ HTTPS_PROXY: 'http://me:secret@proxy.test:3128' }), 'proxy.test:3128');
  });
});
