/**
 * Creates everything that a run needs and removes it afterward: workspace, Postgres, replicas, and the proxies
 * between them.
 */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { botEnvironment, policyFile } from '../sandbox/bot.ts';
import { startWorkspace } from '../sandbox/workspace.ts';
import { type SandboxCalls, sandboxCalls } from '../test/scenarios/sandbox-calls.ts';
import { startBalancer } from './balancer.ts';
import { type PasswordProxy, startPasswordProxy } from './password-proxy.ts';
import { type Plan, replicaCount } from './plan.ts';
import { type ChaosPostgres, startPostgres } from './postgres.ts';
import { type Replicas, startReplicas } from './replicas.ts';
import type { Secrets } from './secrets.ts';

export type ChaosEnvironment = {
  readonly folder: string;
  readonly sandbox: SandboxCalls;
  readonly postgres: ChaosPostgres;
  readonly replicas: Replicas;
  readonly passwordProxy: PasswordProxy;
  /** Secrets that the replicas received in their environment. */
  readonly secrets: Secrets;
  /** Stops everything; keeps the logs when `keepLogs` is set. */
  close(options: { keepLogs: boolean }): Promise<void>;
};

/** Slack's own retry pauses are 1 and 5 minutes, which is too long for a run. */
const retryDelaysMs = [0, 2_000, 8_000];
/** How often Slack pings a socket; a suspended replica loses its sockets after three missed pings. */
const pingMs = 2_000;

/** @throws the reason of the signal, when the signal aborts the run before everything has started */
export async function startEnvironment(plan: Plan, signal: AbortSignal): Promise<ChaosEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-chaos-'));
  // When this runs as root, Postgres runs as another account, which must be able to traverse the folder.
  await chmod(folder, 0o711);
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const closers: (() => Promise<unknown>)[] = [];
  const close = async ({ keepLogs }: { keepLogs: boolean }) => {
    for (const closer of closers.splice(0).reverse()) await closer();
    await rm(keepLogs ? join(folder, 'database') : folder, { recursive: true, force: true });
  };
  try {
    const workspace = await startWorkspace({
      retryDelaysMs,
      pingMs,
      connectSettings: plan.connect,
    });
    closers.push(() => workspace.stop());
    const sandbox = sandboxCalls(workspace.url);
    const passwordProxy = await startPasswordProxy(workspace.connect.url);
    closers.push(() => passwordProxy.stop());
    const postgres = await startPostgres(folder);
    closers.push(() => postgres.stop());
    signal.throwIfAborted();
    const environment = {
      ...botEnvironment(workspace, plan.transport, join(folder, 'unused')),
      CONFIG_FILE: await writePolicy(folder, plan, passwordProxy.url),
      DATABASE_URL: postgres.url,
      LOG_LEVEL: 'info',
      // Half of the start time is compilation. The cache is kept between starts, and also between runs.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(folder, 'compiled'),
    };
    const replicas = startReplicas({ count: replicaCount, folder: logs, environment });
    closers.push(() => replicas.stop());
    await replicas.ready(signal);
    signal.throwIfAborted();
    if (plan.transport === 'http') {
      const balancer = await startBalancer(replicas.ports);
      closers.push(() => balancer.stop());
      const requestUrl = `${balancer.url}/slack/events`;
      await sandbox.call('POST', '/bot', { transport: 'http', requestUrl });
    }
    const secrets = secretsOf(environment, postgres.password);
    return { folder, sandbox, postgres, replicas, passwordProxy, secrets, close };
  } catch (error) {
    await close({ keepLogs: !signal.aborted });
    throw error;
  }
}

/**
 * The sandbox's policy with the rate of this run, and with Connect reached through the proxy that records passwords.
 */
async function writePolicy(folder: string, plan: Plan, endpoint: string): Promise<string> {
  const policy: { instances: object[] } = parse(await readFile(policyFile, 'utf8'));
  const { ratePerSecond = 2, burst = 5 } = plan.connect;
  const instances = policy.instances.map((instance) => ({
    ...instance,
    endpoint,
    pace: { ratePerSecond, burst },
  }));
  const file = join(folder, 'policy.yaml');
  await writeFile(file, stringify({ ...policy, instances }));
  return file;
}

const secretVariables = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SECRETS_KEY',
  'AWS_SECRET_ACCESS_KEY',
] as const;

function secretsOf(
  environment: Readonly<Record<string, string>>,
  databasePassword: string,
): Map<string, string> {
  const secrets = new Map([['the database’s password', databasePassword]]);
  for (const name of secretVariables) {
    const value = environment[name];
    if (value !== undefined) secrets.set(name, value);
  }
  return secrets;
}
