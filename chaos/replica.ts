/**
 * One replica: the bot as src/main.ts starts it, with shorter waits, so that a run with many kills ends within
 * minutes. It sends its parent a message when it is ready, and exits when the parent has ended.
 */
import { startApp } from '../src/app.ts';
import { formatConfigProblems, readConfig } from '../src/config/read/read-config.ts';
import { createLog } from '../src/operations/log.ts';
import { standardTiming } from '../src/services.ts';

/** The messages that a replica sends to its parent. */
export type ReplicaIsReady = { readonly ready: true; readonly port: number | null };

const read = readConfig(process.env);
if (!read.ok) {
  process.stderr.write(formatConfigProblems(read.problems));
  process.exit(1);
}
const log = createLog(read.config.log);

// As in src/main.ts: @slack/socket-mode 3.1 leaves a rejection unhandled when a disconnect races a reconnect.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'an unhandled rejection'));
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

try {
  const timing = {
    ...standardTiming,
    holdRetryMs: 3_000,
    // Longer than the maximum search lag of the sandbox, just as the default is longer than that of AWS.
    lookupWindowMs: 4_000,
    lookupEveryMs: 500,
    slackCallMs: 3_000,
    // A few people of the run do the work of many.
    openings: { burst: 1_000, everyMs: 1 },
    connect: { connectMs: 1_000, readMs: 3_000, createMs: 5_000, readDeadlineMs: 8_000 },
  };
  const app = await startApp(read.config, { log, timing });
  process.on('SIGTERM', async () => {
    log.info('stopping');
    await app.stop();
    log.info('stopped');
    process.exit(0);
  });
  const message: ReplicaIsReady = { ready: true, port: app.port };
  process.send?.(message);
} catch (error) {
  log.error({ err: error }, 'could not start');
  process.exit(1);
}
