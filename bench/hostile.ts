/**
 * Posts files that are designed to exhaust the bot, one after the other, while another person uses the form. Measures
 * how soon each file is answered, the peak memory of the bot and its Postgres, and how long a form waits for its
 * card.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { hostileFiles } from '../test/attacks/hostile-files.ts';
import { postFile } from '../test/scenarios/handed-files.ts';
import { requestsChannel } from '../test/scenarios/person.ts';
import { eventually } from '../test/scenarios/sandbox-calls.ts';
import { mary } from '../test/scenarios/stage.ts';
import { type Center, withCenter } from './contact-center.ts';
import { type Bench, nowMs, percentile } from './measurement.ts';

const measureEveryMs = 100;
const formsBeside = 3;
/** Slack accepts about one message a second in a channel; that limit is not what is measured here. */
const betweenCardsMs = 1_200;

export const hostile: Bench = {
  name: 'hostile',
  about: 'files that become large, while somebody else uses the form',
  run(say) {
    const quick = { ratePerSecond: 100, burst: 100 };
    // The files are created first: this takes seconds, and idle connections to the sandbox would be closed meanwhile.
    const files = hostileFiles().map(({ about, name, bytes }) => ({
      about,
      name,
      content: bytes(),
    }));
    return withCenter({ bots: 1, pace: quick, connect: quick }, async (center) => {
      const folder = await dataFolder(center.databaseUrl);
      const pid = center.bots[0]?.process.pid ?? 0;
      let peakMb = 0;
      const timer = setInterval(() => {
        peakMb = Math.max(peakMb, memoryMb(pid, folder));
      }, measureEveryMs);
      const answered: number[] = [];
      const forms: number[] = [];
      try {
        // The first form also opens connections that the bot opens only once, so it is not measured.
        await cardSeconds(center, 'first');
        for (const [number, file] of files.entries()) {
          const others = async () => {
            for (let at = 0; at < formsBeside; at += 1) {
              await sleep(betweenCardsMs);
              forms.push(await cardSeconds(center, `other${number}x${at}`));
            }
          };
          const [seconds] = await Promise.all([answerSeconds(center, file), others()]);
          answered.push(seconds);
          const peak = `${Math.round(peakMb)} MB at most so far`;
          say(
            `${file.about}: answered after ${seconds.toFixed(2)} s; ${peak}; bot ${Math.round(kilobytes(`/proc/${pid}/status`, 'VmHWM') / 1024)} now ${Math.round(kilobytes(`/proc/${pid}/status`, 'VmRSS') / 1024)}`,
          );
        }
      } finally {
        clearInterval(timer);
      }
      const isUp = center.bots[0]?.process.exitCode === null;
      return [
        { name: 'peak_rss_mb', value: peakMb, unit: 'MB' as const, atMost: 400 },
        { name: 'answered_s', value: percentile(answered, 1), unit: 's' as const, atMost: 10 },
        {
          name: 'other_form_p95_s',
          value: percentile(forms, 0.95),
          unit: 's' as const,
          atMost: 1,
        },
        { name: 'bot_ended', value: isUp ? 0 : 1, unit: '' as const, atMost: 0 },
      ];
    });
  },
};

/**
 * Milliseconds from the posted message to the bot's first answer in its thread that states the result of the file.
 */
async function answerSeconds(
  { sandbox, noa, ari }: Center,
  file: { readonly name: string; readonly content: Uint8Array },
): Promise<number> {
  const before = nowMs();
  const { name, content } = file;
  const where = { channel: requestsChannel, text: '<@U0BOT> please', name, content };
  const posted = await postFile(sandbox, noa.id, where);
  // The bot's progress message contains this word while it reads the file; the message that replaces it is the
  // answer.
  const isAnswer = (said: string) => said.includes(name) && !/Reading .*…/.test(said);
  await eventually(
    `${file.name} is answered`,
    async () => (await ari.thread(posted)).some(({ text }) => isAnswer(text)),
    { timeoutMs: 120_000 },
  );
  return (nowMs() - before) / 1000;
}

/** Milliseconds from pressing the form's button to the card in the channel. */
async function cardSeconds({ tara, card }: Center, username: string): Promise<number> {
  const form = await tara.openForm();
  const before = nowMs();
  await form.submit({ ...mary, Username: username });
  await card(new RegExp(`\\b${username}\\b`));
  return (nowMs() - before) / 1000;
}

async function dataFolder(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  await client.end();
  return rows[0]?.data_directory ?? '';
}

/**
 * The bot's resident memory plus the proportional set size (PSS) of its Postgres processes, which counts shared pages
 * once. Linux only.
 */
function memoryMb(botPid: number, folder: string): number {
  const bytes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => {
      try {
        if (Number(pid) === botPid) return sum + kilobytes(`/proc/${pid}/status`, 'VmRSS');
        const isPostgres = readlinkSync(`/proc/${pid}/cwd`) === folder;
        return isPostgres ? sum + kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss') : sum;
      } catch {
        // The process has ended or belongs to another account.
        return sum;
      }
    }, 0);
  return bytes / 1024;
}

function kilobytes(file: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'));
  return Number(found?.[1] ?? 0);
}
