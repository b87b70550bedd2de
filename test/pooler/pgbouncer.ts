/** The real PgBouncer from Debian's package, in front of a test's database. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { listenOnLoopback } from '../loopback.ts';
import { eventually } from '../scenarios/sandbox-calls.ts';

/** Debian installs it into a folder that only root has in its PATH. */
const path = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;

export const isInstalled =
  spawnSync('pgbouncer', ['--version'], { env: { PATH: path } }).error === undefined;

/** PgBouncer refuses to run as root. */
const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];

/** @returns the database's connection string through the pooler */
export async function throughPgBouncer(
  t: TestContext,
  databaseUrl: string,
  mode: 'session' | 'transaction' | 'statement',
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-pgbouncer-'));
  const port = await freePort();
  const { hostname, port: serverPort, username, password } = new URL(databaseUrl);
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
* = host=${hostname} port=${serverPort} user=${username} password='${password}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${mode === 'session' ? 60 : 20}
`,
  );
  await chmod(folder, 0o755);
  const child = spawn('pgbouncer', [...asUser, file], {
    env: { PATH: path },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  t.after(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  });
  const url = new URL(databaseUrl);
  url.port = String(port);
  await eventually('PgBouncer answers', () => answers(url.href), { seen: () => said });
  return url.href;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  server.close();
  await once(server, 'close');
  return port;
}
