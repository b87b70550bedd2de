/** `npm run erase -- --user NAME`: erases what the bot holds about one person. */
import { parseArgs } from 'node:util';
import { databaseOf } from '../config/environment.ts';
import { createLog } from '../operations/log.ts';
import { attachDatabase } from '../storage/attach-database.ts';
import { erasePerson } from './erase.ts';

const usage = `Usage: npm run erase -- --user NAME
  Erases names, addresses and cells of every ended request that has a user of this username or email address.
  The audit trail keeps who decided when, about how many, and the hashes. Messages and files in Slack, and the
  user in Amazon Connect, are deleted there.
`;

try {
  process.loadEnvFile('.env');
} catch {
  // No .env: the environment says it all.
}
const { values } = parseArgs({ options: { user: { type: 'string' } }, strict: false });
if (typeof values.user !== 'string' || values.user.trim() === '') {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const log = createLog({ level: 'warn' }, { write: (line) => process.stderr.write(line) });
  const database = await attachDatabase(databaseOf(process.env), { log });
  try {
    const deps = { db: database.db, now: () => new Date() };
    const { erased, open } = await erasePerson(deps, values.user.trim());
    const numbers = (ids: readonly number[]) => ids.map((id) => `CU-${id}`).join(', ');
    process.stdout.write(
      erased.length > 0 ? `Erased: ${numbers(erased)}\n` : 'No ended request has such a user.\n',
    );
    if (open.length > 0) {
      process.stdout.write(`Not erased, because they have not ended: ${numbers(open)}\n`);
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
}
