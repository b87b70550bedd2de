/**
 * A contact center for benchmarks: the sandbox in its own process, a database, and any number of bots started like
 * `npm start`. Simulated people work in Slack, and the results are read from the recorder of the sandbox's Amazon
 * Connect.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import type { ConnectSettings } from '../sandbox/api/connect.ts';
import type { WireEntry } from '../sandbox/api/wire.ts';
import { botEnvironment, policyFile } from '../sandbox/bot.ts';
import { createLog } from '../src/operations/log.ts';
import { startEmbedded } from '../src/storage/embedded/run-embedded.ts';
import { csv, postFile, rowOf } from '../test/scenarios/handed-files.ts';
import { requestsChannel } from '../test/scenarios/person.ts';
import { eventually, type SandboxCalls, sandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import type { Seen } from '../test/scenarios/seen.ts';
import { type Stage, stage } from '../test/scenarios/stage.ts';
import { type AppProcess, repository, startBot, stopProcess, withDataDir } from './app-process.ts';

export type CenterOptions = {
  readonly bots: number;
  /** The rate and burst that the bots are configured with, and the token bucket of Connect. */
  readonly pace: { readonly ratePerSecond: number; readonly burst: number };
  readonly connect: Partial<ConnectSettings>;
  readonly approvalNeeded?: 'always' | 'unless-permitted';
  /** Instance alias → requests channel, for instances that should not use the channel in the sandbox's policy. */
  readonly requestsChannels?: Readonly<Record<string, string>>;
};

export type Center = Stage & {
  readonly sandboxUrl: string;
  readonly connectUrl: string;
  readonly databaseUrl: string;
  readonly bots: readonly AppProcess[];
  /** Posts a file with this many new users and requests them. Resolves when an admin has approved the request. */
  approveFile(prefix: string, rows: number): Promise<void>;
  /** Every call of CreateUser whose username has this prefix, in order. */
  sends(prefix: string): Promise<Send[]>;
  /** Waits until this many users with this username prefix exist, and returns the calls that created them. */
  created(prefix: string, rows: number): Promise<Send[]>;
};

export type Send = {
  readonly username: string;
  /** When Connect received the call and when it answered, in milliseconds since 1970. */
  readonly at: number;
  readonly answeredAt: number;
  readonly ok: boolean;
  readonly throttled: boolean;
};

/** Time limit: longer than creating a thousand rows at two a second takes. */
const patienceMs = 900_000;

export async function withCenter<T>(
  options: CenterOptions,
  use: (center: Center) => Promise<T>,
): Promise<T> {
  return withDataDir(async (folder) => {
    const closers: (() => Promise<unknown>)[] = [];
    try {
      const log = createLog({ level: 'error' });
      // Uses a disk and synchronous commits, as a real deployment does.
      const database = await startEmbedded({ dataDir: folder, log, maxConnections: 100 });
      closers.push(() => database.stop());
      const sandbox = await startSandboxProcess();
      closers.push(() => stopProcess(sandbox.process));
      const calls = sandboxCalls(sandbox.url);
      await calls.configureConnect({ usersQuota: 1_000_000, ...options.connect });
      const policy = join(folder, 'policy.yaml');
      await writeFile(policy, await policyOf(options));
      const place = { url: sandbox.url, connect: { url: sandbox.connectUrl } };
      const environment = {
        ...botEnvironment(place, 'socket', folder),
        CONFIG_FILE: policy,
        DATABASE_URL: database.url,
        // Its `ready` line is read below.
        LOG_LEVEL: 'info',
      };
      const bots: AppProcess[] = [];
      closers.push(() => Promise.all(bots.map((bot) => stopProcess(bot.process))));
      for (let number = 0; number < options.bots; number++) {
        bots.push(await startBot(environment));
      }
      return await use(centerOf(calls, sandbox, bots, database.url));
    } finally {
      for (const close of closers.reverse()) await close();
    }
  });
}

/** The sandbox's policy file with a different rate and burst. */
async function policyOf({
  pace,
  approvalNeeded = 'always',
  requestsChannels = {},
}: CenterOptions): Promise<string> {
  const policy = parse(await readFile(policyFile, 'utf8')) as {
    approval: object;
    instances: { alias: string; requestsChannel: string }[];
  };
  return stringify({
    ...policy,
    approval: { ...policy.approval, needed: approvalNeeded },
    instances: policy.instances.map((instance) => ({
      ...instance,
      requestsChannel: requestsChannels[instance.alias] ?? instance.requestsChannel,
      pace,
    })),
  });
}

type SandboxProcess = {
  readonly process: ChildProcess;
  readonly url: string;
  readonly connectUrl: string;
};

async function startSandboxProcess(): Promise<SandboxProcess> {
  const child = spawn(process.execPath, ['sandbox/main.ts', '--no-bot'], {
    cwd: repository,
    env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_CONNECT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const urls: Record<string, string> = {};
  for await (const line of createInterface(child.stdout)) {
    const [, what, url] = /^sandbox (connect )?ready: (.+)$/.exec(line) ?? [];
    if (url) urls[what ? 'connect' : 'slack'] = url;
    const { slack, connect } = urls;
    if (!slack || !connect) continue;
    child.stdout.resume();
    return { process: child, url: slack, connectUrl: connect };
  }
  throw new Error('the sandbox ended before it was ready');
}

function centerOf(
  calls: SandboxCalls,
  sandbox: SandboxProcess,
  bots: AppProcess[],
  databaseUrl: string,
): Center {
  const cast = stage(calls);
  const sends = async (prefix: string) => {
    const wire = await calls.wire('connect');
    return wire
      .filter(({ name, about }) => name === 'CreateUser' && about?.startsWith(prefix))
      .map(sendOf);
  };
  return {
    ...cast,
    sandboxUrl: sandbox.url,
    connectUrl: sandbox.connectUrl,
    databaseUrl,
    bots,
    sends,
    async approveFile(prefix, rows) {
      const { tara, ari } = cast;
      const names = Array.from({ length: rows }, (_, row) => `${prefix}${row + 1}`);
      const posted = await postFile(calls, tara.id, {
        channel: requestsChannel,
        text: '<@U0BOT>',
        name: `${prefix}.csv`,
        content: csv(...names.map((name) => rowOf(name))),
      });
      const inThread = <T>(what: string, look: (texts: Seen[]) => T | undefined) =>
        eventually(what, async () => look(await ari.thread(posted)), { timeoutMs: patienceMs });
      const offer = await inThread('rows are ready to request', (thread) =>
        thread.find(({ buttons }) => buttons.some((button) => button.startsWith('Request'))),
      );
      await tara.press(offer, offer.buttons.find((button) => button.startsWith('Request')) ?? '');
      const card = await eventually(
        'the card can be approved',
        async () =>
          (await ari.messages(requestsChannel)).find(
            ({ text, buttons }) =>
              text.includes(`${prefix}.csv`) &&
              buttons.some((button) => button.startsWith('Approve')),
          ),
        { timeoutMs: patienceMs },
      );
      await ari.press(card, card.buttons.find((button) => button.startsWith('Approve')) ?? '');
    },
    async created(prefix, rows) {
      let all: Send[] = [];
      await eventually(
        `${rows} users exist`,
        async () => {
          // Polling uses the sandbox's CPU time, so there is a pause between polls.
          await sleep(1_000);
          all = await sends(prefix);
          return all.filter(({ ok }) => ok).length >= rows;
        },
        { timeoutMs: patienceMs, seen: () => all.length },
      );
      return all;
    },
  };
}

function sendOf({ at, durationMs, about = '', status, ok }: WireEntry): Send {
  const from = Date.parse(at);
  return {
    username: about,
    at: from,
    answeredAt: from + (durationMs ?? 0),
    ok: ok === true,
    throttled: /Throttling|TooManyRequests/.test(String(status)),
  };
}
