/** `npm run database`: the permissions of a role; export and import; the steps after a restore. */

import { parseArgs } from 'node:util';
import { createLog } from '../operations/log.ts';
import { withDatabase, write } from '../start/database-command.ts';
import { refusedRights } from '../storage/database.ts';
import { requestNumber } from '../text/request-number.ts';
import { afterRestore, exportTo, importFrom } from './export-import.ts';
import { grantsSql } from './grants-store.ts';

const usage = `usage: npm run -s database -- grants --to ROLE [--owner OWNER]
       npm run database -- export FILE
       npm run database -- import FILE
       npm run database -- restored

  grants   print the SQL that gives ROLE what the bot needs to run, and no more: it may not change tables, and the audit
           trail it can only add to. OWNER (connect_add_user_owner) is the role that runs npm run migrate.
  export   write everything to a new file, out of the database of DATABASE_URL or DATA_DIR. Stop the bot first. The file
           holds names and addresses of people; passwords in it are sealed as they were.
  import   take such a file into a database that holds nothing yet: all of it or none. Numbers of requests go on. Keep
           the SECRETS_KEY, or passwords that were typed and not used yet are lost.
  restored after an older copy was restored, before the bot starts: the cards of requests that are open in it are written
           anew, and those requests are listed. What happened since the copy was made is not in it.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      owner: { type: 'string', default: 'connect_add_user_owner' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, file, ...rest] = positionals;
  if (values.help || command === undefined) {
    await write(usage);
    return 0;
  }
  if (command === 'grants' && file === undefined && values.to !== undefined) {
    await write(grantsSql(values.to, values.owner));
    return 0;
  }
  if (command === 'restored' && file === undefined) return tellRestored();
  if ((command !== 'export' && command !== 'import') || file === undefined || rest.length > 0) {
    process.stderr.write(usage);
    return 2;
  }
  const log = createLog({ level: 'warn' }, { write: (line) => process.stderr.write(line) });
  const carry = command === 'export' ? exportTo : importFrom;
  const { rows, tables } = await withDatabase((database) => carry(file, database, log));
  await write(
    `${command === 'export' ? 'Exported' : 'Imported'} ${rows} rows of ${tables} tables; the audit trail is whole.\n`,
  );
  return 0;
}

async function tellRestored(): Promise<number> {
  const log = createLog({ level: 'warn' }, { write: (line) => process.stderr.write(line) });
  const open = await withDatabase((database) => afterRestore(database, log));
  for (const { id, state } of open) await write(`${requestNumber(id)}\t${state}\n`);
  await write(
    open.length === 0
      ? 'No request is open in this copy.\n'
      : `${open.length} open in this copy; their cards are written anew when the bot starts. Whoever decided one of them since then decides it again; users that it created are recognized.\n`,
  );
  return 0;
}

try {
  // The job engine may keep a timer.
  process.exit(await main());
} catch (error) {
  const told = refusedRights(error) ?? error;
  process.stderr.write(`${told instanceof Error ? told.message : told}\n`);
  process.exit(error instanceof TypeError && 'code' in error ? 2 : 1);
}
