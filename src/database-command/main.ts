/** `npm run database`: rights of a role; everything from one database to another. */
import { parseArgs } from 'node:util';
import { createLog } from '../operations/log.ts';
import { withDatabase, write } from '../start/database-command.ts';
import { refusedRights } from '../storage/database.ts';
import { exportTo, importFrom } from './carry.ts';
import { grantsSql } from './grants-store.ts';

const usage = `usage: npm run -s database -- grants --to ROLE [--owner OWNER]
       npm run database -- export FILE
       npm run database -- import FILE

  grants   print the SQL that gives ROLE what the bot needs to run, and no more: it may not change tables, and the audit
           trail it can only add to. OWNER (connect_add_user_owner) is the role that runs npm run migrate.
  export   write everything to a new file, out of the database of DATABASE_URL or DATA_DIR. Stop the bot first. The file
           holds names and addresses of people; passwords in it are sealed as they were.
  import   take such a file into a database that holds nothing yet: all of it or none. Numbers of requests go on. Keep
           the SECRETS_KEY, or passwords that were typed and not used yet are lost.
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

try {
  // The job engine may keep a timer.
  process.exit(await main());
} catch (error) {
  const told = refusedRights(error) ?? error;
  process.stderr.write(`${told instanceof Error ? told.message : told}\n`);
  process.exit(error instanceof TypeError && 'code' in error ? 2 : 1);
}
