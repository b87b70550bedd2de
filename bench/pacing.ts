/**
 * Measures the creation rate against the maximum that Amazon Connect's token bucket allows: a file of n rows cannot
 * be created in less than (n − burst) / rate seconds. The setup matches a deployment: bots in their own processes,
 * Postgres on a disk, and Slack and Connect in another process, where each answer of Connect takes 250 ms.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { requestsChannel } from '../test/scenarios/person.ts';
import { eventually } from '../test/scenarios/sandbox-calls.ts';
import { mary } from '../test/scenarios/stage.ts';
import { type Center, type Send, withCenter } from './contact-center.ts';
import { type Bench, type Measurement, percentile } from './measurement.ts';
import { startNeighbor } from './neighbor.ts';

type Say = (line: string) => void;

/** The default quota for CreateUser that AWS documents. */
const account = { ratePerSecond: 2, burst: 5 };
const latencyMs = 250;

export const pacing: Bench = {
  name: 'pacing',
  about:
    'approved rows created at 2 a second: alone, by three bots, in a crowd; a hire in between; the ceiling',
  async run(say) {
    const alone = await crowd(say, { bots: 1, files: [120] });
    const replicas = await crowd(say, { bots: 3, files: [40, 40, 40] });
    const shared = await crowd(say, { bots: 1, files: [120], neighbourPerSecond: 1 });
    const urgentSeconds = await urgentHires(say, { rows: 1_000, hires: 20 });
    const among = await hiresAmongFiles(say, { files: 50, rows: 1_000, hires: 20 });
    const many = await ceiling(say, { rows: 10_000 });
    const throttled = (name: string, value: number, atMost: number): Measurement => ({
      name,
      value,
      unit: '',
      atMost,
    });
    return [
      { name: 'ratio', value: alone.ratio, unit: '×', atMost: 1.02 },
      throttled('throttled_share', alone.throttledShare, 0.01),
      { name: 'replicas_ratio', value: replicas.ratio, unit: '×', atMost: 1.02 },
      throttled('replicas_throttled_share', replicas.throttledShare, 0.01),
      { name: 'shared_ratio', value: shared.ratio, unit: '×', atMost: 1.05 },
      throttled('shared_throttled_share', shared.throttledShare, 0.05),
      { name: 'urgent_p95_s', value: percentile(urgentSeconds, 0.95), unit: 's', atMost: 3 },
      {
        name: 'urgent_among_50_p95_s',
        value: percentile(among.hireSeconds, 0.95),
        unit: 's',
        atMost: 3,
      },
      { name: 'files_progressed_of_50', value: among.filesProgressed, unit: '', atLeast: 50 },
      { name: 'ceiling_rows_per_s', value: many.rowsPerSecond, unit: '', atLeast: 200 },
      { name: 'memory_growth_mb', value: many.memoryGrowthMb, unit: 'MB', atMost: 100 },
      { name: 'messages', value: many.messages, unit: '', atMost: 19 },
    ];
  },
};

export type Crowd = {
  readonly bots: number;
  /** Rows in each file. All files are approved before the first one is finished. */
  readonly files: readonly number[];
  /** Calls of CreateUser a second that another caller makes and retries until they succeed. */
  readonly neighbourPerSecond?: number;
  readonly account?: typeof account;
  readonly latencyMs?: number;
};

export type CrowdResult = {
  /** Compares the time from the first call to the last answer with the capacity that the bucket had left. */
  readonly ratio: number;
  readonly throttledShare: number;
};

/** Number of files that are created at the same time. */
export async function crowd(say: Say, options: Crowd): Promise<CrowdResult> {
  const { bots, files, neighbourPerSecond = 0 } = options;
  const limits = options.account ?? account;
  return withCenter(
    {
      bots,
      pace: limits,
      connect: { ...limits, latencyMs: options.latencyMs ?? latencyMs },
    },
    async (center) => {
      const rows = files.reduce((sum, count) => sum + count, 0);
      const neighbor = startNeighbor(center.connectUrl, neighbourPerSecond);
      await Promise.all(files.map((count, file) => center.approveFile(`file${file}-`, count)));
      const sends = await center.created('file', rows);
      await neighbor.stop();
      const from = Math.min(...sends.map(({ at }) => at));
      const to = Math.max(...sends.map(({ answeredAt }) => answeredAt));
      const seconds = (to - from) / 1000;
      const others = neighbor.taken(from, to) / seconds;
      const limitSeconds = (rows - limits.burst) / (limits.ratePerSecond - others);
      const throttled = sends.filter((send) => send.throttled).length;
      say(
        `${rows} rows, ${bots} bot(s), others ${others.toFixed(2)}/s: ${seconds.toFixed(1)} s where ${limitSeconds.toFixed(1)} s is the limit; ${throttled} of ${sends.length} calls throttled`,
      );
      return { ratio: seconds / limitSeconds, throttledShare: throttled / sends.length };
    },
  );
}

/**
 * Seconds from submitting the form to the created user, for consecutive forms of one person while a file is being
 * created.
 */
export async function urgentHires(
  say: Say,
  options: { readonly rows: number; readonly hires: number },
): Promise<number[]> {
  return withCenter(
    {
      bots: 1,
      pace: account,
      connect: { ...account, latencyMs },
      approvalNeeded: 'unless-permitted',
    },
    async (center) => {
      await center.approveFile('long-', options.rows);
      await eventually(
        'the file is under way',
        async () => (await center.sends('long-')).length > 10,
      );
      const seconds: number[] = [];
      for (let number = 1; number <= options.hires; number++) {
        seconds.push(await hire(center, `urgent-${number}`));
      }
      const during = (await center.sends('long-')).filter(({ ok }) => ok).length;
      if (during >= options.rows) throw new Error('the file was done before the last hire');
      say(
        `${seconds.length} single hires during a file of ${options.rows}: p50 ${percentile(seconds, 0.5).toFixed(2)} s, slowest ${Math.max(...seconds).toFixed(2)} s`,
      );
      return seconds;
    },
  );
}

/**
 * Seconds from submitting the form to the created user, for consecutive forms while many approved files are
 * unfinished; and how many of these files had users created meanwhile.
 */
export async function hiresAmongFiles(
  say: Say,
  options: { readonly files: number; readonly rows: number; readonly hires: number },
): Promise<{ readonly hireSeconds: number[]; readonly filesProgressed: number }> {
  const { files, rows, hires } = options;
  return withCenter(
    {
      bots: 1,
      pace: account,
      connect: { ...account, latencyMs },
      approvalNeeded: 'unless-permitted',
    },
    async (center) => {
      const prefixes = Array.from({ length: files }, (_, file) => `among${file}-`);
      for (const prefix of prefixes) await center.approveFile(prefix, rows);
      say(`${files} files of ${rows} rows are approved`);
      const approvedAt = Date.now();
      const hireSeconds: number[] = [];
      for (let number = 1; number <= hires; number++) {
        hireSeconds.push(await hire(center, `among-hire-${number}`));
      }
      const progressed = async () => {
        const sends = (await center.sends('among')).filter(({ ok, at }) => ok && at > approvedAt);
        return prefixes.filter((prefix) =>
          sends.some(({ username }) => username.startsWith(prefix)),
        );
      };
      // Two rounds: when the last file was approved, one of the other files may just have had its turn.
      const twoRoundsMs = (2 * files * 1000) / account.ratePerSecond;
      await sleep(Math.max(0, approvedAt + twoRoundsMs - Date.now()));
      const filesProgressed = (await progressed()).length;
      say(
        `${hires} single hires among ${files} files: p50 ${percentile(hireSeconds, 0.5).toFixed(2)} s, slowest ${Math.max(...hireSeconds).toFixed(2)} s; ${filesProgressed} files went on within ${twoRoundsMs / 1000} s`,
      );
      return { hireSeconds, filesProgressed };
    },
  );
}

/** Ari holds Users – Create, so her requests are created without another approver. */
async function hire({ ari, sends }: Center, username: string): Promise<number> {
  const form = await ari.openForm();
  const sentAt = Date.now();
  await form.submit({ ...mary, Username: username, Email: `${username}@harbour.example` });
  const made = await eventually(`${username} exists`, async () => {
    await sleep(100);
    return (await sends(username)).find(({ ok }) => ok);
  });
  return (made.answeredAt - sentAt) / 1000;
}

/** The bot's own speed, with an account that allows a thousand calls a second and answers immediately. */
export async function ceiling(
  say: Say,
  options: { readonly rows: number },
): Promise<{ rowsPerSecond: number; memoryGrowthMb: number; messages: number }> {
  const pace = { ratePerSecond: 1_000, burst: 1_000 };
  return withCenter(
    { bots: 1, pace, connect: { ratePerSecond: 10_000, burst: 10_000 } },
    async (center) => {
      const pid = center.bots[0]?.process.pid ?? 0;
      await center.approveFile('first-', 200);
      await center.created('first-', 200);
      const before = await residentMb(pid);
      const postedBefore = await posted(center);
      let peak = before;
      const watch = setInterval(async () => {
        peak = Math.max(peak, await residentMb(pid));
      }, 100);
      await center.approveFile('many-', options.rows);
      const sends = await center.created('many-', options.rows);
      const receipt = await eventually(
        'the receipt',
        async () =>
          (await center.ari.messages(requestsChannel)).find(
            ({ text }) =>
              text.includes(`✅ ${options.rows.toLocaleString('en-US')} created`) ||
              text.includes(`✅ ${options.rows} created`),
          ),
        { timeoutMs: 120_000 },
      );
      await eventually('the results file', async () =>
        (await center.ari.thread(receipt)).some(({ raw }) =>
          raw.files.some(({ name }) => name.includes('results')),
        ),
      );
      clearInterval(watch);
      peak = Math.max(peak, await residentMb(pid));
      const rowsPerSecond = rateOf(sends);
      say(
        `${options.rows} rows: ${rowsPerSecond.toFixed(0)} a second; memory ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most`,
      );
      const messages = (await posted(center)) - postedBefore;
      return { rowsPerSecond, memoryGrowthMb: peak - before, messages };
    },
  );
}

/** Messages and files that the bot has sent so far, without edits. */
async function posted({ sandbox }: Center): Promise<number> {
  const calls = await sandbox.wire('web-api');
  return calls.filter(({ name }) => /^(chat\.post|files\.completeUpload)/.test(name)).length;
}

function rateOf(sends: readonly Send[]): number {
  const from = Math.min(...sends.map(({ at }) => at));
  const to = Math.max(...sends.map(({ answeredAt }) => answeredAt));
  return sends.filter(({ ok }) => ok).length / ((to - from) / 1000);
}

/** Resident memory of a process. Linux only, because it reads /proc. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}
