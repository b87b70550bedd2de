/** An app under test in a process of its own, from its start to its `ready` line to its end. */
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
  /** From the start of the process to its `ready` line. */
  readonly readySeconds: number;
  /** What it said it listens on; null when it does not listen. */
  readonly port: number | null;
};

/**
 * Starts a command in the repository's folder and waits for the line of JSON on its standard output whose
 * `msg` is `ready`. Rejects, with what it printed, when it ends before that.
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
 * The bot as `npm start` runs it, without npm in between: node's flags and the settings of the memory allocator
 * count as well.
 */
export async function startBot(environment: Readonly<Record<string, string>>): Promise<AppProcess> {
  const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const words = manifest.scripts.start.split(' ');
  const settings = words.filter((word) => /^[A-Z_]+=/.test(word)).map((word) => word.split('='));
  return startProcess(process.execPath, words.slice(words.lastIndexOf('node') + 1), {
    ...Object.fromEntries(settings),
    ...environment,
  });
}

/** Ends it as an orchestrator would, and waits until it is gone. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** A folder for an embedded database, which is gone after `use`. */
export async function withDataDir<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-bench-'));
  // As root, Postgres runs as somebody else and must be able to pass.
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
