import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import pg from 'pg';
import { ProblemError } from '../../src/errors/problem.ts';
import { createLog } from '../../src/operations/log.ts';
import { type Embedded, startEmbedded } from '../../src/storage/embedded/run-embedded.ts';
import { databaseFolder } from '../folder.ts';
import { until } from '../until.ts';

const log = createLog({ level: 'silent' });
const root = process.getuid?.() === 0;
const linux = process.platform === 'linux';

/** Cleanup of what a test has started, latest first, before its folder is removed. */
const endings = new WeakMap<TestContext, (() => unknown)[]>();

/** A folder for one test; a server that still runs in it at the end is stopped. */
async function folder(t: TestContext, mode = 0o711): Promise<string> {
  const made = await databaseFolder('embedded');
  await chmod(made, mode);
  const dataDir = path.join(made, 'data');
  const todo: (() => unknown)[] = [];
  endings.set(t, todo);
  t.after(async () => {
    for (const end of todo.reverse()) await end();
    const pid = await serverPid(dataDir);
    if (pid !== null && isRunning(pid)) {
      process.kill(pid, 'SIGQUIT');
      await until('the server is gone', () => !isRunning(pid));
    }
    await rm(made, { recursive: true, force: true });
  });
  return dataDir;
}

async function start(t: TestContext, dataDir: string): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log });
  endings.get(t)?.push(embedded.stop);
  return embedded;
}

async function serverPid(dataDir: string): Promise<number | null> {
  const file = path.join(dataDir, 'postgres', 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : Number(text.split('\n')[0]);
}

async function runningServer(dataDir: string): Promise<number> {
  const pid = await serverPid(dataDir);
  assert.ok(pid !== null && isRunning(pid), 'a server runs');
  return pid;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !linux || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

type Said = { url: string; adopted: boolean; problem?: { code: string } };

async function botProcess(
  t: TestContext,
  dataDir: string,
): Promise<{ child: ChildProcess; said: Said }> {
  const script = new URL('./embedded-bot.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SLACK_BOT_TOKEN: 'xoxb-for-the-bot-alone' },
  });
  endings.get(t)?.push(() => kill9(child));
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, said: JSON.parse(line) };
}

async function kill9(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const isProblem = (code: string) => (error: unknown) =>
  error instanceof ProblemError && error.problem.code === code;

describe('the embedded database', { concurrency: false }, () => {
  test('starts on an empty folder, stops without a trace of a process, and keeps what was stored', async (t) => {
    const dataDir = await folder(t);
    const first = await start(t, dataDir);
    await ask(first.url, 'create table kept as select 42 as answer');
    const pid = await runningServer(dataDir);
    await first.stop();
    assert.equal(isRunning(pid), false);
    const second = await start(t, dataDir);
    assert.deepEqual(await ask(second.url, 'select answer from kept'), [{ answer: 42 }]);
    await second.stop();
  });

  test('writes to disk before it confirms, sorts equally on every machine, uses UTF-8 and little memory', async (t) => {
    const { url, stop } = await start(t, await folder(t));
    const [settings] = await ask(
      url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
         current_setting('server_encoding') as encoding, 'ä' > 'z' as by_code_point,
         upper('straße ä') as upper, datlocprovider::text as provider,
         current_setting('shared_buffers') as buffers,
         current_setting('default_statistics_target')::int * 300 as rows_of_a_sample,
         (select count(*)::int from pg_stat_activity where backend_type like 'logical%') as unused
       from pg_database where datname = current_database()`,
    );
    await stop();
    assert.deepEqual(settings, {
      fsync: 'on',
      commits: 'on',
      encoding: 'UTF8',
      by_code_point: true,
      upper: 'STRAßE Ä',
      provider: 'b',
      buffers: '16MB',
      rows_of_a_sample: 3_000,
      unused: 0,
    });
  });

  test('H4: no other account on the machine can connect, see the password, or read the files', async (t) => {
    const dataDir = await folder(t);
    const { url } = await start(t, dataDir);
    const noPassword = new URL(url);
    noPassword.password = '';
    await assert.rejects(ask(noPassword.href, 'select 1'));
    const wrong = new URL(url);
    wrong.password = 'postgres';
    await assert.rejects(ask(wrong.href, 'select 1'), /password authentication failed/);
    assert.equal((await stat(path.join(dataDir, 'postgres.password'))).mode & 0o077, 0);
    assert.equal((await stat(path.join(dataDir, 'postgres'))).mode & 0o077, 0);
    const [listens] = await ask(
      url,
      `select current_setting('listen_addresses') as at, current_setting('unix_socket_directories') as sockets`,
    );
    assert.deepEqual(listens, { at: '127.0.0.1', sockets: '' });
    const hba = await ask(url, 'select distinct auth_method from pg_hba_file_rules');
    assert.deepEqual(hba, [{ auth_method: 'scram-sha-256' }]);
    const secret = new URL(url).password;
    assert.equal(
      (await readFile(path.join(dataDir, 'postgres.log'), 'utf8')).includes(secret),
      false,
    );
  });

  test('H4: neither statements nor values of rows get into its log', async (t) => {
    const dataDir = await folder(t);
    const { url } = await start(t, dataDir);
    await ask(url, 'create table people (name text primary key check (length(name) < 9))');
    await assert.rejects(ask(url, `insert into people values ('much-too-private')`));
    await assert.rejects(
      ask(url, `insert into people select 'private' from generate_series(1, 2)`),
    );
    const logged = await readFile(path.join(dataDir, 'postgres.log'), 'utf8');
    assert.match(logged, /violates check constraint/);
    assert.doesNotMatch(logged, /private/);
  });

  test('H8: after kill -9 of the bot the next one adopts its server, and stops it at the end', async (t) => {
    const dataDir = await folder(t);
    const { child, said } = await botProcess(t, dataDir);
    await ask(said.url, 'create table kept as select 42 as answer');
    const pid = await runningServer(dataDir);
    await kill9(child);
    assert.equal(isRunning(pid), true, 'the server outlives its bot');
    const next = await start(t, dataDir);
    assert.equal(next.adopted, true);
    assert.equal(next.url, said.url);
    assert.deepEqual(await ask(next.url, 'select answer from kept'), [{ answer: 42 }]);
    await next.stop();
    assert.equal(isRunning(pid), false);
  });

  test('a second bot in the same folder is refused, and the first continues', async (t) => {
    const dataDir = await folder(t);
    const first = await start(t, dataDir);
    await assert.rejects(startEmbedded({ dataDir, log }), isProblem('database.folder-in-use'));
    assert.deepEqual(await ask(first.url, 'select 1 as one'), [{ one: 1 }]);
  });

  test('one of two bots that start at once on an empty folder gets it', async (t) => {
    const dataDir = await folder(t);
    const bots = await Promise.all([botProcess(t, dataDir), botProcess(t, dataDir)]);
    const refused = bots.filter(({ said }) => said.problem !== undefined);
    assert.equal(refused.length, 1, JSON.stringify(bots.map(({ said }) => said)));
    assert.equal(refused[0]?.said.problem?.code, 'database.folder-in-use');
    const winner = bots.find(({ said }) => said.problem === undefined);
    assert.deepEqual(await ask(winner?.said.url ?? '', 'select 1 as one'), [{ one: 1 }]);
    const left = (await readdir(dataDir)).filter(
      (name) => !/^postgres(\.log|\.password)?$/.test(name),
    );
    assert.deepEqual(left, []);
  });

  test('H8: when Postgres itself is killed, the bot brings it back at the same address', async (t) => {
    const dataDir = await folder(t);
    const { url, stop } = await start(t, dataDir);
    await ask(url, 'create table kept as select 42 as answer');
    const pid = await runningServer(dataDir);
    process.kill(pid, 'SIGKILL');
    const rows = await until(
      'it answers again',
      () => ask(url, 'select answer from kept').catch(() => null),
      20_000,
    );
    assert.deepEqual(rows, [{ answer: 42 }]);
    // The folder is locked again, and a second bot is refused as before.
    await until('the folder is held', () =>
      startEmbedded({ dataDir, log }).then(
        async (second) => {
          await second.stop();
          return false;
        },
        (error) => isProblem('database.folder-in-use')(error),
      ),
    );
    const again = await runningServer(dataDir);
    await stop();
    assert.equal(isRunning(again), false);
  });

  test('a lock file whose process id now belongs to a different process does not prevent the start', async (t) => {
    const dataDir = await folder(t);
    const first = await start(t, dataDir);
    const lockFile = path.join(dataDir, 'postgres', 'postmaster.pid');
    const lock = await readFile(lockFile, 'utf8');
    const owner = await stat(path.join(dataDir, 'postgres'));
    await first.stop();
    const stranger = spawn('sleep', ['60'], {
      stdio: 'ignore',
      ...(root ? { uid: owner.uid, gid: owner.gid } : {}),
    });
    t.after(() => stranger.kill());
    await writeFile(lockFile, lock.replace(/^\d+/, String(stranger.pid)));
    const second = await start(t, dataDir);
    assert.equal(second.adopted, false);
    assert.equal(stranger.exitCode, null, 'the stranger was left alone');
    await second.stop();
  });

  test('the remains of an interrupted initdb are removed', async (t) => {
    const dataDir = await folder(t);
    const ended = spawn('true', { stdio: 'ignore' });
    await once(ended, 'exit');
    const half = path.join(dataDir, `postgres.new-${ended.pid}`);
    await mkdir(half, { recursive: true });
    if (root) await chmod(dataDir, 0o711);
    await writeFile(path.join(half, 'PG_VERSION'), '18\n');
    await writeFile(`${half}.password`, 'secret');
    const { stop } = await start(t, dataDir);
    await stop();
    const left = (await readdir(dataDir)).filter((name) => name.includes('.new-'));
    assert.deepEqual(left, []);
  });

  test('a folder that cannot be used says why, and what to do', async (t) => {
    const dataDir = await folder(t);
    await mkdir(path.join(dataDir, 'postgres'), { recursive: true });
    await chmod(dataDir, 0o711);
    await writeFile(path.join(dataDir, 'postgres', 'PG_VERSION'), '9.6\n');
    await assert.rejects(startEmbedded({ dataDir, log }), (error) => {
      assert.ok(error instanceof ProblemError, String(error));
      assert.equal(error.problem.code, 'database.embedded-failed');
      assert.match(error.message, /DATABASE_URL/);
      return true;
    });
  });

  test('a lost or wrong password is reported, and leaves no running server', async (t) => {
    const dataDir = await folder(t);
    await (await start(t, dataDir)).stop();
    const file = path.join(dataDir, 'postgres.password');
    await writeFile(file, 'another one\n');
    await assert.rejects(startEmbedded({ dataDir, log }), /password authentication failed/);
    assert.equal(await serverPid(dataDir), null);
    await rm(file);
    await assert.rejects(startEmbedded({ dataDir, log }), /password is lost/);
  });

  test('Ctrl-C in the terminal does not reach it, nor do the bot’s tokens', {
    skip: !linux,
  }, async (t) => {
    const dataDir = await folder(t);
    const { child } = await botProcess(t, dataDir);
    const pid = await runningServer(dataDir);
    const session = (of: number) =>
      readFileSync(`/proc/${of}/stat`, 'latin1')
        .replace(/^.*\) /, '')
        .split(' ')
        .slice(2, 4);
    assert.deepEqual(session(pid), [String(pid), String(pid)], 'a session of its own');
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    assert.doesNotMatch(environment, /SLACK|xoxb/);
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
    assert.equal(isRunning(pid), false, 'the bot stopped it');
  });

  test('as root, an empty folder of root gets only the permission that lets Postgres pass through it', {
    skip: !root,
  }, async (t) => {
    const dataDir = await folder(t);
    await mkdir(dataDir, { mode: 0o700 });
    await start(t, dataDir);
    assert.equal(await realpath(path.join(dataDir, 'postgres')), path.join(dataDir, 'postgres'));
    assert.equal((await stat(dataDir)).mode & 0o777, 0o711);
  });

  test('as root, in a folder that only root can enter, the data goes where Postgres can reach it', {
    skip: !root,
  }, async (t) => {
    const dataDir = await folder(t, 0o700);
    const first = await start(t, dataDir);
    const place = await realpath(path.join(dataDir, 'postgres'));
    t.after(async () => {
      await rm(place, { recursive: true, force: true });
      await rmdir(path.dirname(place)).catch(() => {});
    });
    assert.equal(await readlink(path.join(dataDir, 'postgres')), place);
    assert.equal(place.startsWith(dataDir), false);
    await ask(first.url, 'create table kept as select 42 as answer');
    const pid = await runningServer(dataDir);
    assert.notEqual((await stat(`/proc/${pid}`)).uid, 0, 'Postgres is not root');
    await first.stop();
    const second = await start(t, dataDir);
    assert.deepEqual(await ask(second.url, 'select answer from kept'), [{ answer: 42 }]);
    await second.stop();
  });
});
