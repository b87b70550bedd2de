/** Doctor's looks that need nothing but an address: the request URL over HTTP, and where a clock is looked at. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { connectAddress } from '../../src/connect/aws/client.ts';
import { requestUrl } from '../../src/doctor/check/request-url.ts';
import { createHttpReceiver } from '../../src/http/http-receiver.ts';
import { listenOnLoopback } from '../loopback.ts';
import { log } from '../services.ts';

const signingSecret = 'an-app-has-one-of-32-characters!';

const asked = async (publicUrl: string | undefined, secret = signingSecret, withinMs = 3_000) => {
  const http = { kind: 'http', signingSecret: secret, host: '', port: 0 } as const;
  const { status, found, todo } = await requestUrl(
    publicUrl ? { ...http, publicUrl } : http,
    withinMs,
  );
  return `${status}: ${found} → ${todo}`;
};

async function answering(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const port = await listenOnLoopback(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}/`;
}

describe('doctor’s check of the request URL', () => {
  test('passes where the bot answers, and is refused with another signing secret', async (t) => {
    const receiver = createHttpReceiver({
      signingSecret,
      path: '/slack/events',
      pages: {},
      routes: {},
      log,
      now: () => new Date(),
    });
    const server = await receiver.start({ port: 0, host: '127.0.0.1' });
    t.after(() => receiver.stop());
    const { port } = (server as { address(): { port: number } }).address();
    const publicUrl = `http://127.0.0.1:${port}/`;
    assert.match(await asked(publicUrl), /^pass: HTTP: the bot answers at .*\/slack\/events/);
    assert.match(
      await asked(publicUrl, 'b'.repeat(32)),
      /^fail: .* refuses the signature → .*SLACK_SIGNING_SECRET/,
    );
  });

  test('says in a sentence what prevents Slack from reaching the bot', async (t) => {
    assert.match(await asked(undefined), /^skip: .*set PUBLIC_URL.*Event Subscriptions/);
    const gone = await answering(t, () => {});
    assert.match(await asked('http://127.0.0.1:65535/'), /^fail: nothing answers at 127\.0\.0\.1/);
    assert.match(await asked('http://nowhere.invalid/'), /^fail: there is no such host: nowhere/);
    const proxy = await answering(t, (_request, response) => response.writeHead(502).end());
    assert.match(await asked(proxy), /^warn: .* a proxy, and no bot behind it → Start the bot/);
    const otherServer = await answering(t, (_request, response) => response.end('It works!'));
    assert.match(
      await asked(otherServer),
      /^fail: .* answers 200, and not as the bot → .*PUBLIC_URL/,
    );
    assert.match(
      await asked(gone, signingSecret, 50),
      /^fail: .* does not answer in time → Look at firewall/,
    );
  });
});

describe('the address at which the clock of Amazon Connect is read', () => {
  const place = { region: 'eu-central-1' };

  const at = (place: { region: string; endpoint?: string }, env: Record<string, string>) =>
    withEnvironment(env, () => connectAddress(place));

  test('is the policy’s, the environment’s, or AWS’s own', async () => {
    const env = { AWS_ENDPOINT_URL_CONNECT: 'https://vpce.example', AWS_ENDPOINT_URL: 'https://b' };
    const own = { ...place, endpoint: 'https://policy.example' };
    assert.equal(await at(own, env), 'https://policy.example');
    assert.equal(await at(place, env), 'https://vpce.example');
    assert.equal(
      await at(place, { AWS_ENDPOINT_URL: 'http://127.0.0.1:99' }),
      'http://127.0.0.1:99',
    );
    assert.equal(await at(place, {}), 'https://connect.eu-central-1.amazonaws.com');
    const china = { region: 'cn-north-1' };
    assert.equal(await at(china, {}), 'https://connect.cn-north-1.amazonaws.com.cn');
  });

  test('is the address that the AWS profile names', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'connect-add-user-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const AWS_CONFIG_FILE = join(folder, 'config');
    writeFileSync(
      AWS_CONFIG_FILE,
      '[profile bot]\nregion = eu-central-1\nservices = own\n[services own]\nconnect =\n  endpoint_url = https://profile.example\n',
    );
    const env = { AWS_CONFIG_FILE, AWS_PROFILE: 'bot' };
    assert.equal(await at(place, env), 'https://profile.example');
  });
});

/** The SDK reads the process's own environment. */
async function withEnvironment<Answer>(
  env: Record<string, string>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const names = ['AWS_ENDPOINT_URL_CONNECT', 'AWS_ENDPOINT_URL', 'AWS_CONFIG_FILE', 'AWS_PROFILE'];
  const before = new Map(names.map((name) => [name, process.env[name]]));
  const set = (values: (name: string) => string | undefined) => {
    for (const name of names) {
      const value = values(name);
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  set((name) => env[name]);
  try {
    return await work();
  } finally {
    set((name) => before.get(name));
  }
}
