/** Catalogue of errors: the database, told to the operator. */
import type { ErrorEntry } from './entry.ts';

export const databaseErrors = {
  'database.folder-in-use': {
    sentence: 'Another bot is using the data folder {folder}.',
    todo: 'Stop that one first. To run several bots, give all of them the same Postgres in DATABASE_URL.',
  },
  'database.as-root': {
    sentence:
      'Postgres does not run as root: the bot’s own database would run as the account “postgres” (made if missing), with its programs copied for it.',
    todo: 'The bot was started as root. Start it as another user, set DATABASE_URL, or agree by EMBEDDED_AS_ROOT=1.',
  },
  'database.embedded-failed': {
    sentence: 'The database in {folder} did not start: {detail}',
    todo: 'Fix the reported problem, set DATA_DIR to another folder, or set DATABASE_URL to use your own Postgres.',
  },
  'database.unreachable': {
    sentence: 'The database at {where} can’t be used: {detail}',
    todo: 'Check DATABASE_URL and that Postgres is running there. Without DATABASE_URL the bot starts its own database.',
  },
  'database.pooler': {
    sentence:
      '{setting} leads through a pooler in transaction mode, which loses the notices and locks that the bot’s jobs need.',
    todo: 'Keep the pooler in DATABASE_URL and set DATABASE_DIRECT_URL to Postgres itself, or set its pool_mode to session.',
  },
  'database.two-databases': {
    sentence: 'DATABASE_URL and DATABASE_DIRECT_URL lead to different databases.',
    todo: 'Both must end in the same database of the same Postgres: one through the pooler, one past it.',
  },
  'database.no-transactions': {
    sentence: 'The pooler in DATABASE_URL takes no transactions: it is in statement mode.',
    todo: 'Set the pooler’s pool_mode to transaction or session for this database.',
  },
  'database.not-allowed': {
    sentence: 'Postgres does not allow the bot’s role what it needs: {detail}.',
    todo: 'Run npm run migrate as the role that owns the tables, then what npm run database -- grants prints. See docs/database.md.',
  },
  'database.too-old': {
    sentence: 'The database at {where} is Postgres {version}; the bot needs {oldest} or newer.',
    todo: 'Upgrade Postgres, or set DATABASE_URL to a newer one.',
  },
  'database.certificate': {
    sentence: 'The certificate of the database at {where} is not trusted: {detail}.',
    todo: 'Name the file of the authority that signed it: sslmode=verify-full&sslrootcert=FILE in DATABASE_URL.',
  },
  'database.newer': {
    sentence: 'The database was prepared by a newer version of this bot (it knows {migrations}).',
    todo: 'Start that version or a later one. This version would misread what is stored.',
  },
} as const satisfies Record<string, ErrorEntry>;
