/** A bot in its own process, for tests that kill it: `embedded-bot.ts <data folder>`. */
import { createLog } from '../../src/operations/log.ts';
import { startEmbedded } from '../../src/storage/embedded/run-embedded.ts';

const [dataDir = ''] = process.argv.slice(2);
const log = createLog({ level: 'silent' });
try {
  const embedded = await startEmbedded({ dataDir, log });
  // Registered before it reports that it runs, because the reader of that line may stop it at once.
  process.on('SIGTERM', () => void embedded.stop().then(() => process.exit(0)));
  console.log(JSON.stringify({ url: embedded.url, adopted: embedded.adopted }));
} catch (error) {
  const code = error instanceof Error && 'problem' in error ? error.problem : String(error);
  console.log(JSON.stringify({ problem: code }));
}
