/** `npm run database`: rights of a role. */
import { parseArgs } from 'node:util';
import { write } from '../start/database-command.ts';
import { grantsSql } from './grants-store.ts';

const usage = `usage: npm run -s database -- grants --to ROLE [--owner OWNER]

  grants   print the SQL that gives ROLE what the bot needs to run, and no more: it may not change tables, and the audit
           trail it can only add to. OWNER (connect_add_user_owner) is the role that runs npm run migrate.
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
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) {
    await write(usage);
    return 0;
  }
  if (command !== 'grants' || rest.length > 0 || values.to === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  await write(grantsSql(values.to, values.owner));
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
