/** The process: reads the configuration, starts the bot, stops it on a signal. */
import { startApp } from './app.ts';
import { formatConfigProblems, readConfig } from './config/read-config.ts';
import { ProblemError } from './errors/problem.ts';
import { createLog } from './operations/log.ts';
import { openProcessRecord, standardRecordFolder } from './operations/process-record.ts';
import { proxyHost, useEnvironmentProxy } from './operations/proxy.ts';
import { giveBackStartUpMemory } from './operations/start-up-memory.ts';
import { slackErrorCode } from './slack/failure.ts';

try {
  process.loadEnvFile('.env');
} catch {
  // No .env: the environment says it all.
}

const read = readConfig(process.env);
if (!read.ok) {
  process.stderr.write(formatConfigProblems(read.problems));
  process.exit(1);
}

const log = createLog(read.config.log);

// @slack/socket-mode 3.1 lets a rejection go unhandled when a disconnect races a reconnect; it reconnects by
// itself, and ending the process for it would lose the deliveries of the next seconds.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'an unhandled rejection'));

/**
 * Obeyed from the beginning: a bot that ended in the middle of its start would leave its database running. One Ctrl-C
 * may arrive twice, from the terminal and from npm.
 */
const stopRequested = new Promise<NodeJS.Signals>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
});

/** Which jobs this process works on: one that ends the process twice is not taken up again. */
const processRecord = openProcessRecord(standardRecordFolder(), log);

/** A bot that hears nothing of Slack is no use to anybody; whoever started it can start it anew. */
const deaf = Promise.withResolvers<{ readonly reason: string }>();

try {
  useEnvironmentProxy(process.env);
  const proxy = proxyHost(process.env);
  if (proxy) log.info({ proxy }, 'calls to Slack and AWS go through the proxy');
  const startedAt = performance.now();
  const app = await startApp(read.config, {
    log,
    processRecord,
    onDeaf: (reason) => deaf.resolve({ reason }),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  log.info(
    { instances: read.config.instances.map((instance) => instance.alias), port: app.port, seconds },
    'ready',
  );
  giveBackStartUpMemory();
  process.on('SIGHUP', () => {
    app
      .reload(readConfig(process.env))
      .catch((error: unknown) => log.error({ err: error }, 'could not read the policy again'));
  });

  const end = await Promise.race([stopRequested, deaf.promise]);
  if (typeof end === 'string') log.info({ signal: end }, 'stopping');
  else log.error(end, 'nothing was heard from Slack for ten minutes: ending, to be started anew');
  await app.stop();
  processRecord.close();
  log.info('stopped');
  process.exit(typeof end === 'string' ? 0 : 1);
} catch (error) {
  processRecord.close();
  log.error({ err: error }, 'could not start');
  process.stderr.write(`\nconnect-add-user could not start: ${whyNot(error)}\n`);
  process.exit(1);
}

/** What an operator can do about it, where that is known. */
function whyNot(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  const code = slackErrorCode(error);
  if (code) {
    return `Slack refused the bot's token (${code}). Take SLACK_BOT_TOKEN and SLACK_APP_TOKEN anew from the app's page: OAuth & Permissions, and Basic Information → App-Level Tokens.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && error.name.startsWith('WebAPI')
    ? `Slack could not be reached (${message}). Look at this machine's way to slack.com: DNS, firewall, proxy.`
    : message;
}
