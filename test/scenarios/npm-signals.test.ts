/**
 * Only npm gets the signal, as from systemd, Docker or an editor's terminal, and the process that npm has started
 * must stop as well: for `npm start`, `npm run sandbox` and `npm run chaos`.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { botEnvironment } from '../../sandbox/bot.ts';
import { startWorkspace } from '../../sandbox/workspace.ts';
import { testDatabase } from '../database.ts';
import { databaseFolder } from '../folder.ts';
import { until } from '../until.ts';

const onLinux = { skip: process.platform === 'linux' ? false : '/proc is read' };

type Npm = { readonly child: ChildProcess; said(): string };

/**
 * Starts a script of package.json. Processes that remain at the end of the test are killed, so that none is left
 * behind.
 */
function npm(
  t: TestContext,
  args: readonly string[],
  environment: Record<string, string> = {},
): Npm {
  const child = spawn('npm', ['run', '--silent', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  t.after(async () => {
    for (const pid of await below(child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
  });
  return { child, said: () => said };
}

/** Every process that this one has started, directly or indirectly. */
async function below(parent: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The format is "pid (command) state parent …", and the command can contain spaces and brackets.
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (pid: number): boolean => {
    const of = parents.get(pid);
    return of !== undefined && of !== 0 && (of === parent || isBelow(of));
  };
  return [...parents.keys()].filter(isBelow);
}

const isAlive = async (pid: number) =>
  /^State:\s+[^ZX]/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));

/** Signals only npm. Resolves when npm has ended, and fails when a process that it started still runs. */
async function stop({ child, said }: Npm, signal: NodeJS.Signals): Promise<void> {
  const started = await below(child.pid ?? 0);
  assert.ok(started.length > 0, said());
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  const left: number[] = [];
  for (const pid of started) if (await isAlive(pid)) left.push(pid);
  assert.deepEqual(left, [], `${left.length} processes live on after npm has ended: ${said()}`);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`npm start stops the bot when npm gets ${signal}`, onLinux, async (t) => {
    const workspace = await startWorkspace();
    const database = await testDatabase();
    const dataDir = await databaseFolder('signals');
    t.after(async () => {
      await workspace.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });
    assert.equal(database.config.kind, 'url');
    const bot = npm(t, ['start'], {
      ...botEnvironment(workspace, 'socket', dataDir),
      DATABASE_URL: database.config.url,
      LOG_LEVEL: 'info',
    });
    await until('it is ready', () => /"msg":"ready"/.test(bot.said()), 60_000);
    await stop(bot, signal);
    assert.match(bot.said(), /"msg":"stopped"/);
  });
}

test('npm run sandbox stops when npm gets SIGTERM', onLinux, async (t) => {
  const sandbox = npm(t, ['sandbox', '--', '--no-bot'], {
    SANDBOX_PORT: '0',
    SANDBOX_CONNECT_PORT: '0',
  });
  await until('it is ready', () => /^sandbox ready:/m.test(sandbox.said()), 60_000);
  await stop(sandbox, 'SIGTERM');
});

test('npm run chaos clears away what it has started when npm gets SIGTERM', onLinux, async (t) => {
  const chaos = npm(t, ['chaos', '--', '--kills', '50', '--seed', '7']);
  await until('it has begun', () => /seed 7/.test(chaos.said()), 60_000);
  await stop(chaos, 'SIGTERM');
  assert.match(chaos.said(), /stopped/);
});
