/** The process: reads the configuration, starts the bot, and stops it on a signal. */
import { type RunningApp, startApp } from './app.ts';
import { readableFiles } from './config/read/open-files.ts';
import { formatConfigProblems, readConfig } from './config/read/read-config.ts';
import { explain, ProblemError } from './errors/problem.ts';
import { createLog } from './operations/log.ts';
import { openProcessRecord, standardRecordFolder } from './operations/process-record.ts';
import { proxyHost, useEnvironmentProxy } from './operations/proxy.ts';
import { giveBackStartUpMemory } from './operations/start-up-memory.ts';
import { slackErrorCode } from './slack/slack-failure.ts';
import { AppTokenError } from './slack/sockets/keep-connected.ts';
import { readStartCommand, startUsage } from './start/command-line.ts';
import { whyNotAsRoot } from './start/embedded-as-root.ts';
import { allProblems, filesWithSecrets } from './start/env-file.ts';
import { exampleProblems } from './start/example-values.ts';
import { loadEnvironment } from './start/secret-references.ts';
import { readVersion } from './start/version.ts';
import { refusedRights } from './storage/database.ts';
import { startTracing } from './tracing/start-tracing.ts';

/**
 * SIGHUP reads the policy again. Without a listener it would end the process, so the listener is added at the
 * beginning; a signal during the start is handled when the start has finished.
 */
const started = Promise.withResolvers<RunningApp>();
process.on('SIGHUP', () => {
  started.promise
    .then((app) => app.reload(readConfig(filled.env)))
    .catch((error: unknown) => log.error({ err: error }, 'could not read the policy again'));
});

const command = readStartCommand(process.argv.slice(2));
const version = readVersion(process.env);
if (command.kind === 'help') end(startUsage, 0);
if (command.kind === 'version') end(`connect-add-user ${version.version} (${version.commit})\n`, 0);
if (command.kind === 'unknown') end(`${command.why}\n\n${startUsage}`, 2);

const filled = await loadEnvironment();
const read = readConfig(filled.env);
const examples = exampleProblems(filled.env);
if (!read.ok || filled.problems.length > 0 || examples.length > 0) {
  const problems = allProblems(filled, [...(read.ok ? [] : read.problems), ...examples]);
  const looked = filled.missing
    ? `\n\nThere is no ${filled.missing}: settings came from the environment alone.`
    : '';
  end(`${formatConfigProblems(problems)}${looked}\n`, 1);
}
if (command.kind === 'check') {
  const aliases = read.config.instances.map((instance) => instance.alias).join(', ');
  end(`The settings and the policy are valid (instances: ${aliases}).\n`, 0);
}

const asRoot = whyNotAsRoot(read.config.database, filled.env, process.getuid?.());
if (asRoot) end(`connect-add-user could not start: ${explain(asRoot)}\n`, 1);

const log = createLog(read.config.log);
for (const file of readableFiles(filesWithSecrets(filled.env))) {
  log.warn({ file }, 'everybody on this machine can read a file with secrets');
}

// @slack/socket-mode 3.1 lets a rejection go unhandled when a disconnect races a reconnect; it reconnects by
// itself, and ending the process for it would lose the deliveries of the next seconds.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'an unhandled rejection'));

/**
 * Added at the beginning: a bot that ends in the middle of its start would leave its database running. One Ctrl-C can
 * arrive twice, from the terminal and from npm.
 */
const stopRequested = new Promise<NodeJS.Signals>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
});

/** Which jobs this process runs: a job that ends the process twice is not started again. */
const processRecord = openProcessRecord(standardRecordFolder(), log);

/** Without a connection to Slack the bot can do nothing, so it ends; its supervisor starts it again. */
const deaf = Promise.withResolvers<{ readonly reason: string }>();

try {
  useEnvironmentProxy(process.env);
  const proxy = proxyHost(process.env);
  if (proxy) log.info({ proxy }, 'calls to Slack and AWS go through the proxy');
  const startedAt = performance.now();
  const spans = await startTracing(filled.env, version, log);
  const app = await startApp(read.config, {
    log,
    ...(spans && { spans }),
    processRecord,
    onDeaf: (reason) => deaf.resolve({ reason }),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  log.info(
    {
      ...version,
      instances: read.config.instances.map((instance) => instance.alias),
      port: app.port,
      healthPort: app.healthPort,
      signInPort: app.signInPort,
      seconds,
    },
    'ready',
  );
  giveBackStartUpMemory();
  started.resolve(app);

  const ended = await Promise.race([stopRequested, deaf.promise]);
  if (typeof ended === 'string') log.info({ signal: ended }, 'stopping');
  else log.error(ended, 'nothing was heard from Slack for ten minutes: ending, to be started anew');
  await app.stop();
  await spans?.stop();
  processRecord.close();
  log.info('stopped');
  process.exit(typeof ended === 'string' ? 0 : 1);
} catch (error) {
  processRecord.close();
  log.error({ err: error }, 'could not start');
  process.stderr.write(`\nconnect-add-user could not start: ${whyNot(error)}\n`);
  process.exit(1);
}

/** Prints the text and ends the process; on the error stream, unless nothing is wrong. */
function end(text: string, code: number): never {
  (code === 0 ? process.stdout : process.stderr).write(text);
  process.exit(code);
}

/** The advice for an operator, if there is any. */
function whyNot(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  const rights = refusedRights(error);
  if (rights) return rights.message;
  const code = slackErrorCode(error instanceof AppTokenError ? error.cause : error);
  if (code) {
    const of = error instanceof AppTokenError ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
    const page =
      error instanceof AppTokenError
        ? 'Basic Information → App-Level Tokens'
        : 'OAuth & Permissions';
    return `Slack refused ${of} (${code}). Copy it anew from the app's page: ${page}. npm run doctor looks at the rest.`;
  }
  const system = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (system === 'EADDRINUSE' || system === 'EACCES') {
    const port = error instanceof Error && 'port' in error ? Number(error.port) : undefined;
    const setting =
      port !== undefined && String(port) === filled.env.HEALTH_PORT ? 'HEALTH_PORT' : 'PORT';
    const why = system === 'EACCES' ? 'may not be used by this user' : 'is used by something else';
    return `port ${port} ${why}: set ${setting} to another one.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && error.name.startsWith('WebAPI')
    ? `Slack could not be reached (${message}). Look at this machine's way to slack.com: DNS, firewall, proxy.`
    : message;
}
