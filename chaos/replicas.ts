/** Supervises the replicas as an orchestrator does: a replica that ends is started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ReplicaIsReady } from './replica.ts';
import { createRunningTime, type RunningTime } from './running-time.ts';

const standardEntry = fileURLToPath(new URL('./replica.ts', import.meta.url));

/** How long an orchestrator waits after SIGTERM before it kills (Kubernetes' default is 30 s). */
const patienceMs = 30_000;
/** How long to wait before a replica that ended unexpectedly is started again. */
const backOffMs = 1_000;

export type Replicas = {
  readonly logFiles: readonly string[];
  /** Ports of the running replicas, with HTTP. */
  ports(): number[];
  /**
   * Stops a replica with this signal; it starts again after this many milliseconds. Resolves once the signal is sent.
   */
  kill(index: number, signal: 'SIGKILL' | 'SIGTERM', backAfterMs: number): Promise<void>;
  /** Suspends a replica; it continues after this many milliseconds. */
  hang(index: number, forMs: number): void;
  /** Ends every suspension immediately. */
  wake(): void;
  /** Resolves when all replicas run, or when the abort signal ends the wait. */
  ready(signal?: AbortSignal): Promise<void>;
  /**
   * How often a replica ended unexpectedly, and the longest time from SIGTERM to the end of a process, without the
   * time in which it was suspended.
   */
  seen(): { readonly ownEnds: number; readonly slowestStopMs: number };
  stop(): Promise<void>;
};

type Replica = {
  readonly logFile: string;
  process: ChildProcess | null;
  isReady: boolean;
  port: number | null;
  backAfterMs: number;
  askedToEnd: boolean;
  /** Running time of the current process. */
  runningTime: RunningTime;
  /** Ends the suspension; null when the process is not suspended. */
  wake: (() => void) | null;
};

export function startReplicas(options: {
  readonly count: number;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Starts the process of a replica; tests replace it. */
  readonly entry?: string;
}): Replicas {
  const { count, folder, environment, entry = standardEntry } = options;
  const { PATH = '' } = process.env;
  const stopping = new AbortController();
  const noted = { ownEnds: 0, slowestStopMs: 0 };
  const replicas = Array.from(
    { length: count },
    (_, index): Replica => ({
      logFile: join(folder, `replica-${index + 1}.log`),
      process: null,
      isReady: false,
      port: null,
      backAfterMs: backOffMs,
      askedToEnd: false,
      runningTime: createRunningTime(),
      wake: null,
    }),
  );

  function start(replica: Replica): void {
    const log = openSync(replica.logFile, 'a');
    const child = spawn(process.execPath, [entry], {
      cwd: folder,
      env: { PATH, ...environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    Object.assign(replica, { process: child, isReady: false, port: null, askedToEnd: false });
    Object.assign(replica, { backAfterMs: backOffMs, runningTime: createRunningTime() });
    child.on('message', (message: ReplicaIsReady) => {
      if (replica.process === child) Object.assign(replica, { isReady: true, port: message.port });
    });
    child.once('exit', () => void again(replica));
  }

  async function again(replica: Replica): Promise<void> {
    const { backAfterMs, askedToEnd } = replica;
    replica.wake?.();
    Object.assign(replica, { process: null, isReady: false, port: null });
    if (stopping.signal.aborted) return;
    if (!askedToEnd) noted.ownEnds++;
    await sleep(backAfterMs, undefined, { signal: stopping.signal }).catch(() => {});
    if (!stopping.signal.aborted) start(replica);
  }

  /** The process of a replica, as soon as it exists. */
  async function living(index: number): Promise<{ replica: Replica; child: ChildProcess } | null> {
    const replica = replicas[index % replicas.length];
    while (replica && !stopping.signal.aborted) {
      if (replica.process && !replica.askedToEnd) return { replica, child: replica.process };
      await sleep(50, undefined, { signal: stopping.signal }).catch(() => {});
    }
    return null;
  }

  async function endPolitely(replica: Replica, child: ChildProcess): Promise<void> {
    const startedAt = performance.now();
    const { runningTime } = replica;
    const killed = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    clearTimeout(killed);
    // A suspended process can neither receive the signal nor shut down.
    const stopMs = runningTime.between(startedAt, performance.now());
    noted.slowestStopMs = Math.max(noted.slowestStopMs, stopMs);
  }

  for (const replica of replicas) start(replica);

  return {
    logFiles: replicas.map((replica) => replica.logFile),
    ports: () => replicas.flatMap((replica) => (replica.port === null ? [] : [replica.port])),
    async kill(index, signal, backAfterMs) {
      const found = await living(index);
      if (!found) return;
      const { replica, child } = found;
      Object.assign(replica, { backAfterMs, askedToEnd: true });
      if (signal === 'SIGTERM') void endPolitely(replica, child);
      else child.kill('SIGKILL');
    },
    hang(index, forMs) {
      const replica = replicas[index % replicas.length];
      const child = replica?.process;
      // A suspended replica continues at the end of its first suspension: a second one would end with it.
      if (!replica || !child || replica.wake) return;
      const { runningTime } = replica;
      runningTime.stopped(performance.now());
      child.kill('SIGSTOP');
      const wake = () => {
        clearTimeout(timer);
        replica.wake = null;
        child.kill('SIGCONT');
        runningTime.continued(performance.now());
      };
      const timer = setTimeout(wake, forMs);
      replica.wake = wake;
    },
    wake() {
      for (const { wake } of replicas) wake?.();
    },
    async ready(signal) {
      while (
        !signal?.aborted &&
        !stopping.signal.aborted &&
        !replicas.every((replica) => replica.isReady)
      ) {
        await sleep(50);
      }
    },
    seen: () => ({ ...noted }),
    async stop() {
      stopping.abort();
      for (const { wake } of replicas) wake?.();
      await Promise.all(
        replicas.map(async (replica) => {
          if (replica.process) await endPolitely(replica, replica.process);
        }),
      );
    },
  };
}
