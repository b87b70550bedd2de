/**
 * Records which jobs a process was running, so that a job that ends the process is recognized at the next start. A
 * process that was killed from outside does not count against its jobs. A process that ended itself leaves evidence:
 * the report that Node writes when the heap is full (https://nodejs.org/api/report.html), or a line about an uncaught
 * error or almost exhausted memory.
 */
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, totalmem, userInfo } from 'node:os';
import path from 'node:path';
import type { Log } from './log.ts';

export type ProcessRecord = {
  /** Jobs that earlier processes were running when they ended themselves, repeated for each time. */
  readonly suspects: readonly string[];
  /** Records that a job begins; the returned function records its end. */
  begin(jobId: string): () => void;
  /** The process ends normally, so its record is removed. */
  close(): void;
};

/** A line that means: if the process ends now, the cause is most likely its own work. */
const endedItself = 'ended itself';

/** The share of the available memory; when memory runs out, the kernel kills the process without notice. */
const nearlyAll = 0.9;
const lookEveryMs = 1_000;

/** In the temporary folder of this account, which no other account can read. */
export function standardRecordFolder(): string {
  return path.join(tmpdir(), `connect-add-user-${userInfo().uid}`);
}

/** Reads the records of earlier processes, and begins this one's. Without a writable folder, nothing is recorded. */
export function openProcessRecord(folder: string, log: Log): ProcessRecord {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0) throw new Error('it is not ours alone');
    const suspects = readEnded(folder);
    return { suspects, ...recordOf(folder) };
  } catch (error) {
    log.warn({ err: error, folder }, 'it is not recorded which jobs the process works on');
    return { suspects: [], begin: () => () => {}, close: () => {} };
  }
}

function recordOf(folder: string): Pick<ProcessRecord, 'begin' | 'close'> {
  const name = `${process.pid}-${randomUUID()}`;
  const file = path.join(folder, `${name}.jobs`);
  const report = `${name}.report.json`;
  writeFileSync(file, '', { mode: 0o600 });
  const note = (line: string) => appendFileSync(file, `${line}\n`);
  // No Node report is written, because it would contain the error's message.
  const noteError = () => note(endedItself);
  process.on('uncaughtExceptionMonitor', noteError);
  // The report of a full heap would contain the environment, and with it the tokens (H4), unless this flag was given.
  if (process.execArgv.includes('--report-exclude-env')) {
    const written = { directory: folder, filename: report, compact: true, excludeNetwork: true };
    Object.assign(process.report, { ...written, reportOnFatalError: true });
  }
  const most = nearlyAll * Math.min(totalmem(), process.constrainedMemory() || totalmem());
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > most) note(endedItself);
  }, lookEveryMs);
  timer.unref();
  return {
    begin(jobId) {
      note(`+${jobId}`);
      return () => note(`-${jobId}`);
    },
    close() {
      clearInterval(timer);
      process.off('uncaughtExceptionMonitor', noteError);
      rmSync(file, { force: true });
      rmSync(path.join(folder, report), { force: true });
    },
  };
}

/** Jobs of processes that ended themselves; their records are removed. */
function readEnded(folder: string): string[] {
  const suspects: string[] = [];
  for (const name of readdirSync(folder)) {
    const [, pid] = /^(\d+)-[0-9a-f-]+\.jobs$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const file = path.join(folder, name);
    const report = file.replace(/\.jobs$/, '.report.json');
    const lines = readFileSync(file, 'utf8').split('\n');
    if (exists(report) || lines.includes(endedItself)) suspects.push(...openJobs(lines));
    rmSync(file, { force: true });
    rmSync(report, { force: true });
  }
  return suspects;
}

function openJobs(lines: readonly string[]): Set<string> {
  const open = new Set<string>();
  for (const line of lines) {
    if (line.startsWith('+')) open.add(line.slice(1));
    else if (line.startsWith('-')) open.delete(line.slice(1));
  }
  return open;
}

/**
 * A container's processes often have the same process id as the one before, so this id can be that of an earlier
 * process.
 */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function exists(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
