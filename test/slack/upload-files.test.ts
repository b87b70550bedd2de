/** A report is sent in its parts: it is not copied, and Slack gets it in one piece with its length. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import type { WebClient } from '@slack/web-api';
import { SlackUnavailableError } from '../../src/slack/slack-failure.ts';
import { uploadLarge } from '../../src/slack/upload-files.ts';
import { listenOnLoopback } from '../loopback.ts';

/** Uploads these parts to a server with this status; returns the promise of it, and what the server got. */
async function upload(t: TestContext, bytes: readonly Uint8Array[], status = 200) {
  const received: { length?: string | undefined; coding?: string | undefined; body?: Buffer } = {};
  const server = createServer(async (request, response) => {
    received.length = request.headers['content-length'];
    received.coding = request.headers['transfer-encoding'];
    received.body = await buffer(request);
    response.writeHead(status).end('OK');
  });
  const port = await listenOnLoopback(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const told: number[] = [];
  const client = {
    files: {
      getUploadURLExternal: async ({ length }: { length: number }) => {
        told.push(length);
        return { ok: true, upload_url: `http://127.0.0.1:${port}/`, file_id: 'F1' };
      },
      completeUploadExternal: async () => ({ ok: true }),
    },
  } as unknown as WebClient;
  const place = { channel: 'C1', threadTs: undefined };
  const uploaded = uploadLarge(client, place, { filename: 'report.csv', bytes, blocks: [] });
  return { uploaded, received, told };
}

const parts = [randomBytes(3), randomBytes(300_000), randomBytes(100_000)];

test('the parts of a file arrive as one body of a stated length', async (t) => {
  const { uploaded, received, told } = await upload(t, parts);
  assert.equal(await uploaded, 'F1');
  assert.deepEqual(told, [400_003]);
  assert.equal(received.length, '400003');
  assert.equal(received.coding, undefined);
  assert.ok(received.body?.equals(Buffer.concat(parts)));
});

test('the parts of a file are handed to fetch as they are, without a copy', async (t) => {
  const send = globalThis.fetch;
  const sent: unknown[] = [];
  t.mock.method(globalThis, 'fetch', async (input: string, init: RequestInit) => {
    assert.ok(init.body instanceof ReadableStream);
    const [seen, left] = init.body.tee();
    const answer = await send(input, { ...init, body: left });
    for await (const part of seen as unknown as AsyncIterable<unknown>) sent.push(part);
    return answer;
  });
  const { uploaded } = await upload(t, parts);
  await uploaded;
  assert.equal(sent.length, parts.length);
  for (const [at, part] of sent.entries()) assert.equal(part, parts[at]);
});

test('an upload that is refused counts as not arrived', async (t) => {
  const { uploaded } = await upload(t, parts, 500);
  await assert.rejects(uploaded, SlackUnavailableError);
});
