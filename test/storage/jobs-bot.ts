/** A bot in its own process that takes a job and never ends it: `jobs-bot.ts <database url>`. */
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createJobs } from '../../src/storage/jobs.ts';

const [url = ''] = process.argv.slice(2);
const log = createLog({ level: 'silent' });
const database = await openDatabase({ kind: 'url', url }, { log });
const jobs = createJobs({ database, log });
await jobs.start();
await jobs.work('provision', async ({ data }) => {
  console.log(`working on ${data.requestId}`);
  await new Promise(() => {});
});
