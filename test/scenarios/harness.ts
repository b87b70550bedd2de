/**
 * One scenario: the real bot, composed as `npm start` composes it, against the real sandbox over real sockets, with
 * its own database. Slack's rate limits are active; Connect is fast unless a test slows it down.
 */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { ConnectSettings } from '../../sandbox/api/connect.ts';
import { botEnvironment } from '../../sandbox/bot.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../sandbox/workspace.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import type { Config, InstanceConfig } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/read/read-config.ts';
import { createLog } from '../../src/operations/log.ts';
import { standardTiming, type Timing } from '../../src/services.ts';
import type { SpanSink } from '../../src/tracing/span.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { eventually, sandboxCalls } from './sandbox-calls.ts';
import { type Stage, stage } from './stage.ts';

export type ScenarioOptions = {
  readonly transport?: 'socket' | 'http';
  /** Changes the sandbox's own policy for this scenario. */
  readonly config?: (config: Config) => Config;
  /** Changes every instance of the policy. */
  readonly instance?: Partial<InstanceConfig>;
  readonly timing?: Partial<Timing>;
  readonly connect?: Partial<ConnectSettings>;
  /** `info` by default, because `debug` costs as much time as everything else together. */
  readonly logLevel?: Config['log']['level'];
  /** Slack's own time limits are ten times as long, unless the test is about them. */
  readonly workspace?: Pick<
    WorkspaceOptions,
    'ackTimeoutMs' | 'triggerMs' | 'organization' | 'retryDelaysMs' | 'pingMs' | 'withPage'
  >;
  /** Another connection string to the scenario's database, such as one that can be interrupted. */
  readonly databaseUrl?: (url: string) => string | Promise<string>;
  /** Whether that connection goes through a pooler, so that the direct URL is the one without the pooler. */
  readonly directUrl?: boolean;
  /** Receives the spans of traces. */
  readonly spans?: SpanSink;
  /** Another endpoint for Amazon Connect. */
  readonly connectUrl?: (url: string) => string | Promise<string>;
};

export type Scenario = Stage & {
  readonly database: TestDatabase;
  /** Every line that the bot has logged so far. */
  log(): string;
  /** Waits until a line of the log says this. */
  logSays(words: RegExp): Promise<void>;
  /** Waits until no due job is left, so that the bot has finished everything that it does without further input. */
  settled(): Promise<void>;
  /** The bot's request URL, with HTTP. */
  requestUrl(): string;
  /** The bot's health endpoints: `/healthz`, `/readyz`, `/metrics`. */
  healthUrl(path: string): string;
  /** The port of the sign-in pages. */
  signInPort(): number | null;
  stopBot(): Promise<void>;
  startBot(): Promise<void>;
  /** Starts a second bot on the same database, as a second replica; it stops with the scenario. */
  startReplica(): Promise<void>;
  /** The request URL of the last replica, with HTTP. */
  replicaUrl(): string;
};

/** Pauses are short, and limits are ten times the bot's, so that no test depends on the load of the machine. */
const patient: Timing = {
  holdRetryMs: 200,
  lookupWindowMs: 400,
  lookupEveryMs: 50,
  markCountsForMs: 5_000,
  directLookEveryMs: 500,
  endOverdueEveryMs: 60_000,
  openings: { burst: 100, everyMs: 500 },
  updates: { burst: 100, everyMs: 500 },
  saySlowAfterMs: 7_000,
  giveUpAfter: { failures: 3, ms: 1_000 },
  beforeAcknowledging: { databaseMs: 10_000, readMs: 8_000, offerMs: 15_000, fileMs: 12_000 },
  forTheCard: { audienceMs: 10_000, colleaguesMs: 20_000 },
  slackCallMs: 20_000,
  connect: { connectMs: 10_000, readMs: 20_000, createMs: 20_000, readDeadlineMs: 40_000 },
};

/** For tests of calls that never answer: the limits are reached quickly. */
export const impatient = {
  slackCallMs: 2_000,
  connect: { connectMs: 500, readMs: 1_000, createMs: 2_000, readDeadlineMs: 1_500 },
} satisfies Partial<Timing>;

/** For tests of the messages during a wait: the bot's own limits. */
export const { beforeAcknowledging } = standardTiming;

/**
 * A test about something else must not fail because the machine is busy; tests of Slack's three seconds set
 * `slackTimeLimits`.
 */
const patientSlack = { ackTimeoutMs: 30_000, triggerMs: 30_000 };

/** Slack's limits: three seconds for an acknowledgement, and three for a trigger. */
export const slackTimeLimits = { ackTimeoutMs: 3_000, triggerMs: 3_000 };

/** Opening a connection costs as much as a dozen statements, and a scenario does little at once. */
const workConnections = 3;

const fastConnect = { ratePerSecond: 1000, burst: 1000, searchLagMs: 0 };

export async function startScenario(
  t: TestContext,
  options: ScenarioOptions = {},
): Promise<Scenario> {
  const [workspace, database] = await Promise.all([
    startWorkspace({
      ...patientSlack,
      ...options.workspace,
      connectSettings: { ...fastConnect, ...options.connect },
    }),
    testDatabase(),
  ]);
  const lines: string[] = [];
  const log = createLog(
    { level: options.logLevel ?? 'info' },
    { write: (line: string) => void lines.push(line) },
  );
  const config = await configOf(workspace, database, options);
  const timing = { ...patient, ...options.timing };
  const ours = { log, timing, workConnections };
  const spans = options.spans ? { spans: options.spans } : {};
  const sandbox = sandboxCalls(workspace.url);
  let app: RunningApp | null = null;
  const replicas: RunningApp[] = [];

  const urlOf = (bot: RunningApp | null | undefined) =>
    `http://127.0.0.1:${bot?.port}/slack/events`;
  const requestUrl = () => urlOf(app);
  const stopBot = async () => {
    const running = app;
    app = null;
    await running?.stop();
  };
  const startBot = async () => {
    app = await startApp(config, { ...ours, ...spans });
    if (app.port === null) return;
    await sandbox.call('POST', '/bot', { transport: 'http', requestUrl: requestUrl() });
  };
  t.after(async () => {
    await Promise.all([stopBot(), ...replicas.map((replica) => replica.stop())]);
    await workspace.stop();
    await database.drop();
  });
  await startBot();

  return {
    ...stage(sandbox),
    database,
    log: () => lines.join(''),
    logSays: async (words) =>
      void (await eventually(`the log says ${words}`, async () =>
        lines.some((line) => words.test(line)),
      )),
    settled: async () =>
      void (await eventually('no job is left', async () => {
        const left = await database.query(
          `select 1 from jobs.job where state in ('active', 'retry')
           or (state = 'created' and start_after <= now()) limit 1`,
        );
        return left.length === 0;
      })),
    requestUrl,
    healthUrl: (path) => `http://127.0.0.1:${app?.healthPort}${path}`,
    signInPort: () => app?.signInPort ?? null,
    stopBot,
    startBot,
    replicaUrl: () => urlOf(replicas.at(-1)),
    startReplica: async () => void replicas.push(await startApp(config, { ...ours, ...spans })),
  };
}

/** The configuration that the sandbox gives its bot, changed to this scenario's database. */
async function configOf(
  workspace: Workspace,
  database: TestDatabase,
  options: ScenarioOptions,
): Promise<Config> {
  const environment = botEnvironment(workspace, options.transport ?? 'socket', 'unused');
  const url = (await options.databaseUrl?.(database.url)) ?? database.url;
  const read = readConfig({
    ...environment,
    DATABASE_URL: url,
    ...(options.directUrl ? { DATABASE_DIRECT_URL: database.url } : {}),
  });
  assert.ok(read.ok, 'the sandbox’s own configuration is valid');
  // The AWS SDK reads its credentials from the process; the endpoint differs between scenarios.
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL_STS']) {
    process.env[name] = environment[name];
  }
  const endpoint = (await options.connectUrl?.(workspace.connect.url)) ?? workspace.connect.url;
  const instances = read.config.instances.map((instance) => ({
    ...instance,
    endpoint,
    pace: { ratePerSecond: 100, burst: 100 },
    readPace: { ratePerSecond: 1000, burst: 1000 },
    ...options.instance,
  }));
  const config = { ...read.config, instances, health: { host: '127.0.0.1', port: 0 } };
  return options.config ? options.config(config) : config;
}
