/**
 * The bot as src/main.ts starts it, except that each person may open as many forms as they want: in this measurement a few people
 * send the commands of many.
 */
import { startApp } from '../src/app.ts';
import { formatConfigProblems, readConfig } from '../src/config/read/read-config.ts';
import { createLog } from '../src/operations/log.ts';
import { giveBackStartUpMemory } from '../src/operations/start-up-memory.ts';
import { standardTiming } from '../src/services.ts';

const read = readConfig(process.env);
if (!read.ok) {
  process.stderr.write(formatConfigProblems(read.problems));
  process.exit(1);
}
const log = createLog(read.config.log);
const timing = { ...standardTiming, openings: { burst: 1_000_000, everyMs: 1 } };
const app = await startApp(read.config, { log, timing });
process.on('SIGTERM', async () => {
  await app.stop();
  process.exit(0);
});
log.info({ port: app.port }, 'ready');
giveBackStartUpMemory();
