/** Starts an app under test in its own process and stops it at the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('..', import.meta.url));

export type AppProcess = {
  readonly process: ChildProcess;
  /** Time from the start of the process to its `ready` line. */
  readonly readySeconds: number;
  /** The port from the `ready` line; null when the app does not listen. */
  readonly port: number | null;
};

/**
 * Starts a command in the repository's folder and waits for the JSON line on its standard output whose `msg` is
 * `ready`. Rejects with the output when the process ends before that.
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<AppProcess> {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: repository,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  for await (const line of createInterface(child.stdout)) {
    const ready = readyLine(line);
    if (ready) {
      child.stdout.resume();
      return { process: child, readySeconds: (performance.now() - startedAt) / 1000, ...ready };
    }
    printed.push(`${line}\n`);
  }
  throw new Error(`${command} ${args.join(' ')} ended before it was ready:\n${printed.join('')}`);
}

/**
 * Starts the bot with the flags of node and the memory-allocator settings of `npm start`, but without npm in between,
 * so that npm does not count in the measurement.
 *
 * @param program what is run with them in place of the bot's own main.ts
 */
export async function startBot(
  environment: Readonly<Record<string, string>>,
  program?: string,
): Promise<AppProcess> {
  const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const words = manifest.scripts.start.split(' ');
  const settings = words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('='));
  const args = words.slice(words.lastIndexOf('node') + 1);
  return startProcess(process.execPath, program ? [...args.slice(0, -1), program] : args, {
    ...Object.fromEntries(settings),
    ...environment,
  });
}

/** Sends SIGTERM, as an orchestrator does, and waits until the process has ended. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Calls `use` with a temporary folder for an embedded database, then deletes the folder. */
export async function withDataDir<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-bench-'));
  // When this runs as root, Postgres runs as another account, which must be able to traverse the folder.
  await chmod(folder, 0o711);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readyLine(line: string): { port: number | null } | null {
  if (!line.startsWith('{')) return null;
  const entry = JSON.parse(line) as { msg?: unknown; port?: unknown };
  if (entry.msg !== 'ready') return null;
  return { port: typeof entry.port === 'number' ? entry.port : null };
}
