import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { WebClient } from '@slack/web-api';
import { bot } from '../../../sandbox/seed.ts';
import { type Answer, startTestSandbox, type TestSandbox } from './harness.ts';

const channel = 'C0REQUESTS';
const bearer = { authorization: `Bearer ${bot.botToken}` };
const content = 'username,first name\nmary,Mary\n'.repeat(40);

let sandbox: TestSandbox;
let client: WebClient;

beforeEach(async () => {
  sandbox = await startTestSandbox({ rateLimits: false });
  client = new WebClient(bot.botToken, {
    slackApiUrl: `${sandbox.url}/api/`,
    retryConfig: { retries: 0 },
  });
});
afterEach(() => sandbox.stop());

/** A file that Tara has shared; the response contains its download address. */
async function shared(where = channel, user = 'U0TARA'): Promise<{ id: string; address: string }> {
  const { message } = await sandbox.call('POST', '/messages', {
    user,
    channel: where,
    text: 'here',
    files: [{ name: 'new hires.csv', contentBase64: Buffer.from(content).toString('base64') }],
  });
  const [file] = message.files;
  const address = `${sandbox.url}/files/files-pri/T0HARBOUR-${file.id}/x.csv`;
  return { id: file.id, address };
}

const fault = (as: string) => sandbox.call('POST', '/faults', { on: 'slack', kind: 'file', as });

describe('Files from people', () => {
  it('come down with the token, byte for byte', async () => {
    const { id } = await shared();
    const { file } = await sandbox.api('files.info', { file: id });
    assert.deepEqual([file.name, file.size], ['new hires.csv', content.length]);
    assert.ok(file.shares.public[channel]);
    const response = await fetch(file.url_private_download, { headers: bearer });
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/csv']);
    assert.equal(await response.text(), content);
  });

  it('are a sign-in page without the token, with another, or where the bot is not', async () => {
    const { address } = await shared();
    const anonymous = await fetch(address, { redirect: 'manual' });
    assert.equal(anonymous.status, 302);
    const followed = await fetch(anonymous.headers.get('location') ?? '');
    const wrong = await fetch(address, { headers: { authorization: 'Bearer xoxb-no' } });
    const hidden = await shared('G0OPS', 'U0ARI');
    const elsewhere = await fetch(hidden.address, { headers: bearer });
    for (const response of [followed, wrong, elsewhere]) {
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /text\/html/);
    }
    assert.equal((await sandbox.api('files.info', { file: hidden.id })).error, 'file_not_found');
  });

  it('cannot be deleted by the bot', async () => {
    const { id } = await shared();
    assert.equal((await sandbox.api('files.delete', { file: id })).error, 'cant_delete_file');
    const { files } = await sandbox.api('files.list', { channel });
    assert.deepEqual(
      files.map((file: Answer) => file.id),
      [id],
    );
  });

  it('fail to download in every way that a fault names', async () => {
    const { address } = await shared();
    const get = (signal?: AbortSignal) =>
      fetch(address, { headers: bearer, redirect: 'manual', ...(signal ? { signal } : {}) });
    await fault('html');
    assert.match((await get()).headers.get('content-type') ?? '', /html/);
    await fault('redirect');
    assert.equal((await get()).status, 302);
    await fault('forbidden');
    assert.equal((await get()).status, 403);
    await fault('cut');
    const cut = await get();
    assert.equal(cut.headers.get('content-length'), String(content.length));
    await assert.rejects(cut.text());
    await fault('slow');
    const slow = await get(AbortSignal.timeout(200));
    await assert.rejects(slow.text());
    assert.equal(await (await get()).text(), content, 'and then it is well again');
  });
});

describe('Files from the bot', () => {
  it('go up with the SDK in its three steps, into a thread', async () => {
    const { ts } = await sandbox.api('chat.postMessage', { channel, text: 'root' });
    const sent = await client.filesUploadV2({
      channel_id: channel,
      thread_ts: String(ts),
      filename: 'results.csv',
      content,
      initial_comment: 'The results',
    });
    assert.ok(sent.ok);
    const { messages } = await sandbox.call(
      'GET',
      `/messages?user=U0TARA&channel=${channel}&thread_ts=${ts}`,
    );
    const [, reply] = messages;
    assert.deepEqual([reply.text, reply.files[0].name], ['The results', 'results.csv']);
    const shown = await fetch(`${sandbox.url}${reply.files[0].url}`);
    assert.equal(await shown.text(), content);
    assert.match(shown.headers.get('content-disposition') ?? '', /^attachment/);
  });

  it('are refused in another length, unfinished, or twice', async () => {
    const reserve = () => sandbox.api('files.getUploadURLExternal', { filename: 'a', length: 3 });
    const complete = (id: string) =>
      sandbox.api('files.completeUploadExternal', { files: [{ id }], channel_id: channel });
    const { upload_url: address, file_id: id } = await reserve();
    assert.equal((await complete(id)).error, 'file_not_found');
    assert.equal((await fetch(address, { method: 'POST', body: 'four' })).status, 400);
    assert.equal((await fetch(address, { method: 'POST', body: 'abc' })).status, 200);
    assert.equal((await complete(id)).files[0].id, id);
    assert.equal((await complete(id)).error, 'file_not_found');
    const unknown = `${sandbox.url}/files/upload/v1/nobody`;
    assert.equal((await fetch(unknown, { method: 'POST', body: 'abc' })).status, 400);
  });
});
