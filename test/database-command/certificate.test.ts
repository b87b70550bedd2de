/** A Postgres server whose certificate was signed by a private authority, as with Amazon RDS. */
import assert from 'node:assert/strict';
import { chmod, chown, copyFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { readEnvironment } from '../../src/config/environment/read-environment.ts';
import { databaseLines } from '../../src/doctor/database-lines.ts';
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { type Embedded, startEmbedded } from '../../src/storage/embedded/run-embedded.ts';
import { createJobs } from '../../src/storage/jobs.ts';
import { databaseFolder } from '../folder.ts';

const log = createLog({ level: 'silent' });
const authority = path.resolve('test/tls/postgres-authority.pem');

describe('TLS to the database', () => {
  let server: Embedded;
  let folder: string;

  before(async () => {
    folder = await databaseFolder('certificate');
    server = await startEmbedded({ dataDir: folder, log });
    const cluster = path.join(folder, 'postgres');
    const { uid, gid } = await stat(cluster);
    for (const name of ['certificate', 'key']) {
      const file = path.join(cluster, `${name}.pem`);
      await copyFile(`test/tls/postgres-${name}.pem`, file);
      await chmod(file, 0o600);
      if (process.getuid?.() === 0) await chown(file, uid, gid);
    }
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => {});
    await client.connect();
    await client.query(`alter system set ssl_cert_file = 'certificate.pem'`);
    await client.query(`alter system set ssl_key_file = 'key.pem'`);
    await client.query('alter system set ssl = on');
    await client.query('select pg_reload_conf()');
    await client.end();
  });

  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const urlWith = (params: Record<string, string>) => {
    const url = new URL(server.url);
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
    return url.href;
  };

  test('all connections are encrypted with sslmode=verify-full and the file of the certificate authority', async () => {
    const url = urlWith({ sslmode: 'verify-full', sslrootcert: authority });
    const database = await openDatabase({ kind: 'url', url }, { log });
    const jobs = createJobs({ database, log });
    try {
      await jobs.start();
      const { rows } = await database.pool.query<{ name: string; ssl: boolean }>(
        `select application_name as name, ssl from pg_stat_ssl join pg_stat_activity using (pid)
         where application_name in ('connect-add-user', 'connect-add-user jobs')`,
      );
      assert.ok(rows.some(({ name }) => name === 'connect-add-user jobs'));
      assert.deepEqual(
        rows.filter(({ ssl }) => !ssl),
        [],
      );
      const lines = await databaseLines({ kind: 'url', url }, url);
      const line = lines.find(({ name }) => name === 'database.encryption');
      assert.equal(`${line?.status} ${line?.found}`, 'pass TLS');
    } finally {
      await jobs.stop({ graceful: true, timeoutMs: 5_000 });
      await database.close();
    }
  });

  test('a certificate of an unknown authority is not trusted, and the bot says so at once', async () => {
    const url = urlWith({ sslmode: 'verify-full' });
    // As docs/database.md says, these are equivalent here, in contrast to psql.
    for (const sslmode of ['verify-full', 'verify-ca', 'require', 'prefer']) {
      await assert.rejects(openDatabase({ kind: 'url', url: urlWith({ sslmode }) }, { log }), {
        message: /certificate of the database at .* is not trusted.*sslrootcert=FILE/s,
      });
    }
    const lines = await databaseLines({ kind: 'url', url }, url);
    const line = lines.find(({ name }) => name === 'database.reachable');
    assert.match(
      `${line?.status} ${line?.found} ${line?.todo}`,
      /^fail .*not trusted.*sslrootcert/,
    );
  });

  test('a certificate of another host is not trusted', async () => {
    const urlOfOtherHost = new URL(urlWith({ sslmode: 'verify-full', sslrootcert: authority }));
    // The same machine under a name that is not in the certificate.
    urlOfOtherHost.hostname = 'localhost';
    await assert.rejects(openDatabase({ kind: 'url', url: urlOfOtherHost.href }, { log }), {
      message: /not trusted: Hostname\/IP does not match/,
    });
  });

  test('a missing certificate file is reported with its setting before anything is connected to', () => {
    const url = urlWith({ sslmode: 'verify-full', sslrootcert: '/nowhere/rds.pem' });
    const { problems } = readEnvironment({ DATABASE_URL: url });
    const found = problems.find(({ setting }) => setting === 'DATABASE_URL');
    assert.match(found?.wrong ?? '', /sslrootcert.*\/nowhere\/rds\.pem \(ENOENT\)/);
  });
});
