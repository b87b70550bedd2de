/** `npm run sandbox` in a process of its own, on any free ports, for the scripts that make pictures. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('..', import.meta.url));

export type SandboxProcess = { readonly address: string; stop(): Promise<void> };

/** Starts the sandbox with the bot in it. Throws when it ends before it is ready. */
export async function startSandbox(): Promise<SandboxProcess> {
  const child: ChildProcess = spawn(process.execPath, ['sandbox/main.ts'], {
    cwd: repository,
    env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_CONNECT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { stdout } = child;
  if (!stdout) throw new Error('the sandbox has no output');
  for await (const line of createInterface(stdout)) {
    const ready = /^sandbox ready: (\S+)$/.exec(line)?.[1];
    if (!ready) continue;
    // Read on, or a full pipe would stop it.
    stdout.resume();
    return {
      address: ready,
      async stop() {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      },
    };
  }
  throw new Error('the sandbox did not start');
}
