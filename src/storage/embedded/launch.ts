/** One start of Postgres: its settings, and its own messages when it does not start. */
import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { serverEnvironment } from './cluster.ts';
import { readPostmaster } from './postmaster.ts';

/** What a start needs to know. */
export type Place = {
  readonly cluster: string;
  readonly logFile: string;
  readonly postgres: string;
  readonly account: Account | null;
  readonly maxConnections: number;
};

export type Launched =
  | { readonly ok: true; readonly port: number }
  | { readonly ok: false; readonly trouble: string };

/** Starts the server and waits until it accepts connections, or throws its messages when it ended. */
export async function launch(place: Place, port: number, deadline: number): Promise<Launched> {
  const log = await openLog(place.logFile);
  const from = (await log.stat()).size;
  try {
    const child = spawn(place.postgres, serverArguments(place, port), {
      ...place.account,
      cwd: '/',
      env: { ...serverEnvironment(), ...allocator },
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      windowsHide: true,
    });
    let ended = false;
    let trouble: string | undefined;
    child.once('exit', () => {
      ended = true;
    });
    child.once('error', (error) => {
      ended = true;
      trouble = error.message;
    });
    child.unref();
    while (!ended && Date.now() < deadline) {
      const found = await readPostmaster(place.cluster);
      if (found?.pid === child.pid && found?.status === 'ready') return { ok: true, port };
      await sleep(10);
    }
    return { ok: false, trouble: trouble ?? (await readLog(place.logFile, from)) };
  } finally {
    await log.close();
  }
}

/**
 * The memory of a large statement is returned to the system when it ends. Otherwise glibc keeps blocks of up to 32 MB
 * in each process (https://man7.org/linux/man-pages/man3/mallopt.3.html), and the bot's connections live for long.
 */
const allocator = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' };

function serverArguments(place: Place, port: number): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: place.maxConnections,
    cluster_name: 'connect-add-user',
    // A bot's database is small and shares a machine with the bot.
    shared_buffers: '16MB',
    // 300 rows per unit: for a large file's rows, the standard of 100 takes 40 MB, and 25 take 16 MB.
    default_statistics_target: 10,
    autovacuum_max_workers: 1,
    maintenance_work_mem: '16MB',
    io_method: 'sync',
    max_worker_processes: 2,
    max_parallel_workers: 0,
    max_wal_size: '256MB',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    jit: 'off',
    // Data that was acknowledged to Slack must survive a power failure (H5).
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    // Neither statements nor the values in a failing row, because they can be text that people typed (H4).
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', place.cluster, ...flags];
}

const logLimitBytes = 5_000_000;

async function openLog(file: string) {
  const size = await stat(file).then(
    (info) => info.size,
    () => 0,
  );
  if (size > logLimitBytes) await rename(file, `${file}.1`);
  return await open(file, 'a+', 0o600);
}

/** The end of what Postgres wrote since `from`, without times and process numbers. */
async function readLog(file: string, from: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - 2000);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(Math.max(0, size - start)),
      position: start,
    });
    const lines = buffer.toString('utf8', 0, bytesRead).trim().split('\n');
    const telling = lines.map((line) => line.replace(/^\S+ \S+ UTC \[\d+\] /, ''));
    return (
      telling.filter((line) => /FATAL|ERROR|LOG: {2}could not|HINT/.test(line)).join(' ') ||
      (telling.at(-1) ?? '')
    );
  } finally {
    await handle.close();
  }
}

/** A port that is free now. Another program can take it before Postgres does; `launch` is then tried again. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port on the loopback address'));
      });
    });
  });
}
