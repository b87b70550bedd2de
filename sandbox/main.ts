/**
 * `npm run sandbox [-- --http] [-- --no-bot] [-- --organization] [-- --sign-in] [-- --record FILE]`: an offline Slack workspace and an offline Amazon Connect with
 * the bot in them, in one process. Nothing is kept: every start is a fresh workspace and a fresh database.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { botEnvironment, signInPolicyFile } from './bot.ts';
import { clearLeftovers, makeDataDir } from './leftovers.ts';
import { openRecordFile } from './record-file.ts';
import { people } from './seed.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

const usage =
  'usage: npm run sandbox [-- --http] [-- --no-bot] [-- --organization] [-- --sign-in] [-- --record FILE] (SANDBOX_PORT, SANDBOX_CONNECT_PORT, SANDBOX_IDENTITY_PORT, SANDBOX_BOT_PORT)';

const { values: flags } = parseArgs({
  options: {
    http: { type: 'boolean', default: false },
    'no-bot': { type: 'boolean', default: false },
    organization: { type: 'boolean', default: false },
    'sign-in': { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});
const transport = flags.http ? 'http' : 'socket';

/** Signal handlers are installed first, so that a start that is interrupted leaves nothing running. */
const stopRequested = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
});

try {
  const record = flags.record === undefined ? null : openRecordFile(flags.record);
  const workspace = await startWorkspace({
    port: portOf('SANDBOX_PORT', 4000),
    connectPort: portOf('SANDBOX_CONNECT_PORT', 4001),
    withPage: true,
    organization: flags.organization,
    ...(record ? { record: record.write } : {}),
  });
  const identity = flags['sign-in'] ? await startIdentity() : null;
  const dataDir = await makeDataDir();
  void clearLeftovers();
  const bot = flags['no-bot'] ? null : await startBot(workspace, dataDir, identity?.environment);
  if (!bot) tellHowToStart(workspace, identity?.environment);
  console.log(`sandbox connect ready: ${workspace.connect.url}`);
  if (identity) console.log(`sandbox identity provider ready: ${identity.provider.issuer}`);
  console.log(`sandbox ready: ${workspace.url}`);
  await stopRequested;
  await bot?.stop();
  await identity?.provider.stop();
  await workspace.stop();
  record?.close(workspace.slack.slack.recorder.underWay());
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    inUse
      ? `${error.message}: another sandbox? Set SANDBOX_PORT and SANDBOX_CONNECT_PORT (0 = any free one), and with --sign-in SANDBOX_IDENTITY_PORT and SANDBOX_BOT_PORT.`
      : error,
  );
  console.error(usage);
  process.exit(1);
}

/** The real bot, composed as `npm start` composes it, from the same environment variables. */
async function startBot(
  workspace: Workspace,
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
) {
  const environment = { ...botEnvironment(workspace, transport, dataDir), ...more };
  // The AWS SDK reads its variables from the process environment.
  Object.assign(process.env, environment);
  const [{ startApp }, { readConfig, formatConfigProblems }, { createLog }] = await Promise.all([
    import('../src/app.ts'),
    import('../src/config/read/read-config.ts'),
    import('../src/operations/log.ts'),
  ]);
  const read = readConfig(environment);
  if (!read.ok) throw new Error(formatConfigProblems(read.problems));
  const app = await startApp(read.config, { log: createLog(read.config.log) });
  if (app.port !== null) {
    const requestUrl = `http://127.0.0.1:${app.port}/slack/events`;
    await setRequestUrl(workspace, requestUrl);
  }
  return app;
}

async function setRequestUrl(workspace: Workspace, requestUrl: string): Promise<void> {
  const answer = await fetch(`${workspace.url}/sandbox/bot`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ transport: 'http', requestUrl }),
  });
  if (!answer.ok) throw new Error(`the request URL was refused: ${await answer.text()}`);
}

/** The identity provider, and the settings that the bot needs for it. */
async function startIdentity() {
  const { oidcClient, startIdentityProvider } = await import('./identity/identity-provider.ts');
  const port = portOf('SANDBOX_BOT_PORT', 4003);
  const publicUrl = `http://127.0.0.1:${port}`;
  const provider = await startIdentityProvider({
    port: portOf('SANDBOX_IDENTITY_PORT', 4002),
    redirectUri: `${publicUrl}/sign-in/callback`,
    accounts: people
      .filter(({ deleted }) => !deleted)
      .map(({ id, realName, email }) => ({
        sub: id,
        name: realName,
        email,
        email_verified: true,
      })),
  });
  const environment = {
    CONFIG_FILE: signInPolicyFile,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: oidcClient.id,
    OIDC_CLIENT_SECRET: oidcClient.secret,
  };
  return { provider, environment };
}

function tellHowToStart(workspace: Workspace, more: Readonly<Record<string, string>> = {}): void {
  const environment = { ...botEnvironment(workspace, transport, './data'), ...more };
  console.log('no bot was started; to start one in another terminal:');
  for (const [name, value] of Object.entries(environment))
    console.log(`  export ${name}='${value}'`);
  console.log('  npm start');
}

function portOf(variable: string, standard: number): number {
  const text = process.env[variable] ?? String(standard);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`${variable} must be a port number, not '${text}'`);
  return port;
}
