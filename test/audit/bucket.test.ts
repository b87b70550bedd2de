/** Heads of the audit chain in a bucket, tested with a stand-in for S3 that refuses what S3 refuses. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { bucketAnchor, hasObjectLock } from '../../src/audit/bucket.ts';

const bucket = { name: 'audit-bucket', prefix: 'heads/', retainDays: 400 };
const at = new Date('2026-11-26T10:15:30.000Z');

type Stored = {
  readonly key: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
};

describe('heads of the audit chain in a bucket', () => {
  const stored: Stored[] = [];
  let isLocking = true;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://stand-in');
      const refuse = (status: number, code: string) =>
        response
          .writeHead(status, { 'content-type': 'application/xml' })
          .end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);
      const { headers } = request;
      if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))
        return refuse(403, 'AccessDenied');
      if (request.method === 'GET' && url.searchParams.has('object-lock')) {
        if (!isLocking) return refuse(404, 'ObjectLockConfigurationNotFoundError');
        response.writeHead(200, { 'content-type': 'application/xml' });
        return response.end(
          '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
        );
      }
      // S3 accepts a locked object only with a checksum of its content.
      const hasChecksum = Object.keys(headers).some((name) =>
        /^content-md5$|^x-amz-checksum-/.test(name),
      );
      const isLocked =
        headers['x-amz-object-lock-mode'] && headers['x-amz-object-lock-retain-until-date'];
      if (!isLocking && isLocked) return refuse(400, 'InvalidRequest');
      if (isLocked && !hasChecksum) return refuse(400, 'InvalidRequest');
      stored.push({ key: url.pathname, body: Buffer.concat(chunks).toString(), headers });
      return response.writeHead(200, { etag: '"x"' }).end();
    });
  });
  const saved = { ...process.env };
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-central-1',
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    process.env = saved;
  });

  test('are objects of their own that nobody can delete before their time', async () => {
    await bucketAnchor(bucket).put({ seq: 7, hash: 'ab'.repeat(32) }, at);
    const [head] = stored;
    assert.equal(head?.key, '/audit-bucket/heads/audit-head-2026-11-26T101530.000Z-7.json');
    assert.equal(head.headers['x-amz-object-lock-mode'], 'COMPLIANCE');
    const until = String(head.headers['x-amz-object-lock-retain-until-date']);
    assert.equal(new Date(until).toISOString(), '2027-12-31T10:15:30.000Z');
    assert.deepEqual(JSON.parse(head.body), {
      seq: 7,
      hash: 'ab'.repeat(32),
      at: '2026-11-26T10:15:30.000Z',
    });
  });

  test('are refused by a bucket without Object Lock, which doctor sees before', async () => {
    assert.equal(await hasObjectLock(bucket), true);
    isLocking = false;
    assert.equal(await hasObjectLock(bucket), false);
    await assert.rejects(bucketAnchor(bucket).put({ seq: 8, hash: 'cd'.repeat(32) }, at), {
      name: 'InvalidRequest',
    });
    assert.equal(stored.length, 1);
  });
});
