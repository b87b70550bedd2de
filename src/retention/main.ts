/** `npm run erase -- --user NAME`: erases the bot's data about one person. */

import { parseArgs } from 'node:util';
import { withDatabase } from '../start/database-command.ts';
import { requestNumber } from '../text/request-number.ts';
import { erasePerson } from './erase.ts';

const usage = `Usage: npm run erase -- --user NAME
  Erases names, addresses and cells of every ended request that has a user of this username or email address, and
  identity links (/connect-add-user link) to this username or of this Slack id, also one that holds.
  The audit trail keeps who decided when, about how many, and the hashes. Messages and files in Slack, and the
  user in Amazon Connect, are deleted there.
`;

const { values } = parseArgs({ options: { user: { type: 'string' } }, strict: false });
if (typeof values.user !== 'string' || values.user.trim() === '') {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const user = values.user.trim();
  await withDatabase(async ({ db }) => {
    const { erased, open, links } = await erasePerson({ db, now: () => new Date() }, user);
    const numbers = (ids: readonly number[]) => ids.map(requestNumber).join(', ');
    process.stdout.write(
      erased.length > 0 ? `Erased: ${numbers(erased)}\n` : 'No ended request has such a user.\n',
    );
    if (links > 0) process.stdout.write(`Identity links erased: ${links}\n`);
    if (open.length > 0) {
      process.stdout.write(`Not erased, because they have not ended: ${numbers(open)}\n`);
      process.exitCode = 1;
    }
  });
}
