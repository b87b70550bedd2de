import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { LogLevel } from '@slack/web-api';
import { createSlackClient } from '../../src/slack/client.ts';
import { createFetchWithin } from '../../src/slack/fetch-within.ts';
import { slackFailureOf } from '../../src/slack/slack-failure.ts';
import { listenOnLoopback } from '../loopback.ts';

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A client with 300 ms per call, for a Slack whose answers come from `answer`. */
async function clientOf(t: TestContext, answer: RequestListener) {
  const server = createServer(answer);
  const port = await listenOnLoopback(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const slack = { botToken: 'xoxb-test', apiUrl: `http://127.0.0.1:${port}/api/` };
  return createSlackClient(
    slack as Parameters<typeof createSlackClient>[0],
    300,
    silent,
    LogLevel.ERROR,
  );
}

describe('a call to Slack that takes too long', () => {
  test('counts as no answer when nothing comes', async (t) => {
    const client = await clientOf(t, () => {});
    await assert.rejects(client.auth.test(), (error) => {
      assert.deepEqual(slackFailureOf(error), { kind: 'no-answer' });
      return true;
    });
  });

  test('counts as no answer when the answer stops in the middle of its body', async (t) => {
    const client = await clientOf(t, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"ok":true,');
    });
    await assert.rejects(client.auth.test(), (error) => {
      assert.deepEqual(slackFailureOf(error), { kind: 'no-answer' });
      return true;
    });
  });

  test('counts as no answer when the connection breaks in the middle of the body', async (t) => {
    const client = await clientOf(t, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"ok":true,');
      setImmediate(() => response.destroy());
    });
    await assert.rejects(client.auth.test(), (error) => {
      assert.deepEqual(slackFailureOf(error), { kind: 'no-answer' });
      return true;
    });
  });

  test('gives status, headers and body of an answer that came in time', async (t) => {
    const client = await clientOf(t, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': 'commands' });
      response.end('{"ok":true,"user_id":"U1"}');
    });
    const answer = await client.auth.test();
    assert.equal(answer.user_id, 'U1');
    assert.deepEqual(answer.response_metadata?.scopes, ['commands']);
  });

  test('gives the body as text, as JSON and as bytes', async (t) => {
    const server = createServer((_request, response) => response.end('{"name":"Zoë"}'));
    const port = await listenOnLoopback(server);
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const answer = await createFetchWithin(5_000)(`http://127.0.0.1:${port}/`);
    assert.equal(await answer.text(), '{"name":"Zoë"}');
    assert.deepEqual(await answer.json(), { name: 'Zoë' });
    assert.equal((await answer.arrayBuffer()).byteLength, 15);
  });
});
