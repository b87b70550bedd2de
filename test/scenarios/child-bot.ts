/**
 * The bot as `npm start` runs it, in its own process that a test can kill. It uses the embedded database, because
 * with another database the next bot would wait for the killed bot's heartbeat to expire before it takes over its
 * jobs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { botEnvironment } from '../../sandbox/bot.ts';
import { startWorkspace } from '../../sandbox/workspace.ts';
import { bareEnvironment } from '../bare-environment.ts';
import { databaseFolder } from '../folder.ts';
import { eventually, sandboxCalls } from './sandbox-calls.ts';
import { type Stage, stage } from './stage.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type KillableScenario = Stage & {
  /** Like `kill -9`: nothing is finished or reported. */
  kill(): Promise<void>;
  /** Starts it again in the same folder. */
  start(): Promise<void>;
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>;
  log(): string;
};

export async function startKillable(
  t: TestContext,
  transport: 'socket' | 'http' = 'socket',
): Promise<KillableScenario> {
  const workspace = await startWorkspace({
    connectSettings: { ratePerSecond: 1000, burst: 1000, searchLagMs: 0 },
  });
  const dataDir = await databaseFolder('killed');
  const environment = {
    ...botEnvironment(workspace, transport, dataDir),
    LOG_LEVEL: 'info',
  };
  const sandbox = sandboxCalls(workspace.url);
  let child: ChildProcess | null = null;
  let lines = '';

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const running = child;
    child = null;
    if (!running) return null;
    if (running.exitCode !== null || running.signalCode !== null) return running.exitCode;
    running.kill(signal);
    await once(running, 'exit');
    return running.exitCode;
  }

  async function start(): Promise<void> {
    let said = '';
    const started = spawn(process.execPath, [main], {
      env: { ...bareEnvironment(), ...environment },
      cwd: dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        lines += text;
      });
    }
    const ready = await eventually(
      'the bot is ready',
      async () => {
        if (started.exitCode !== null) throw new Error(`the bot ended: ${said}`);
        return /"port":(\d+|null).*"msg":"ready"/.exec(said);
      },
      { timeoutMs: 60_000, seen: () => said },
    );
    if (transport === 'socket') return;
    const requestUrl = `http://127.0.0.1:${ready[1]}/slack/events`;
    await sandbox.call('POST', '/bot', { transport, requestUrl });
  }

  t.after(async () => {
    // A killed bot leaves its Postgres running. The next bot adopts that server and stops it at its own end.
    if (!child) await start();
    await end('SIGTERM');
    await workspace.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  await start();

  return {
    ...stage(sandbox),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    start,
    log: () => lines,
  };
}
