/**
 * Measures how long `npm start` takes with an existing database, and how much memory the idle bot uses. The embedded
 * Postgres is its own process and does not count in that number.
 */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { botEnvironment } from '../sandbox/bot.ts';
import { startWorkspace } from '../sandbox/workspace.ts';
import { type AppProcess, startProcess, stopProcess, withDataDir } from './app-process.ts';
import { type Bench, type Measurement, percentile } from './measurement.ts';

const starts = 3;
/** Long enough for the bot to have read from Connect and for the first garbage collection. */
const idleMs = 20_000;

export const start: Bench = {
  name: 'start',
  about: '`npm start` to its ready line on an existing embedded database; memory when idle',
  async run(say) {
    const workspace = await startWorkspace();
    try {
      return await withDataDir(async (dataDir) => {
        const environment = {
          ...botEnvironment(workspace, 'socket', dataDir),
          LOG_LEVEL: 'info',
        };
        const begin = () => startProcess('npm', ['start', '--silent'], environment);
        const first = await begin();
        await stopProcess(first.process);
        say(`first start, which makes the database: ${first.readySeconds.toFixed(2)} s`);
        const seconds: number[] = [];
        let residentMb = 0;
        for (let number = 1; number <= starts; number++) {
          const app = await begin();
          seconds.push(app.readySeconds);
          say(`start ${number}: ${app.readySeconds.toFixed(2)} s`);
          if (number === starts) {
            await sleep(idleMs);
            residentMb = await residentMbOf(await botIn(app));
          }
          await stopProcess(app.process);
        }
        const measured: Measurement[] = [
          { name: 'ready_s', value: percentile(seconds, 0.5), unit: 's', atMost: 2 },
          { name: 'rss_mb', value: residentMb, unit: 'MB', atMost: 150 },
          { name: 'first_ready_s', value: first.readySeconds, unit: 's' },
        ];
        return measured;
      });
    } finally {
      await workspace.stop();
    }
  },
};

/** The process id of the bot below npm and its shell. Linux only, because it reads /proc. */
async function botIn(app: AppProcess): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The format is `pid (command) state ppid …`; the command may contain spaces and parentheses.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    parents.set(Number(name), parent);
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === app.process.pid || isBelow(parent));
  };
  for (const pid of parents.keys()) {
    if (!isBelow(pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const [program = '', ...args] = command.split('\0');
    if (program.endsWith('node') && args.includes('src/main.ts')) return pid;
  }
  throw new Error('the bot is not among the processes below npm');
}

async function residentMbOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error('this system does not tell VmRSS');
  return Number(kilobytes) / 1024;
}
