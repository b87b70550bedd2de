/** Catalogue of errors: the database, told to the operator. */
import type { ErrorEntry } from './entry.ts';

export const databaseErrors = {
  'database.folder-in-use': {
    sentence: 'Another bot is using the data folder {folder}.',
    todo: 'Stop that one first. To run several bots, give all of them one Postgres through DATABASE_URL.',
  },
  'database.embedded-failed': {
    sentence: 'The database in {folder} did not start: {detail}',
    todo: 'Mend what it names, point DATA_DIR to another folder, or give a Postgres through DATABASE_URL.',
  },
  'database.unreachable': {
    sentence: 'The database at {where} cannot be used: {detail}',
    todo: 'Check DATABASE_URL and that the Postgres behind it runs. Without DATABASE_URL the bot brings its own.',
  },
  'database.newer': {
    sentence: 'The database was prepared by a newer version of this bot (it knows {migrations}).',
    todo: 'Start that version, or a later one; this one would misread what is stored.',
  },
} as const satisfies Record<string, ErrorEntry>;
