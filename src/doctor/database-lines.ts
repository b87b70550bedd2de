/** Doctor's checks of the database. */
import type { Client } from 'pg';
import type { DatabaseConfig } from '../config/config.ts';
import { codeOf, messageOf } from '../operations/error-facts.ts';
import { latestMigration, missingMigrations, unknownMigrations } from '../storage/migrate.ts';
import { isSameDatabase, keepsSession } from '../storage/pooler.ts';
import { isUntrustedCertificate, oldestPostgres } from '../storage/unavailable.ts';
import {
  type Finding,
  fail,
  type Line,
  pass,
  runCheck,
  skip,
  unexplained,
  warn,
} from './check/line.ts';
import {
  type DatabaseFacts,
  readDatabaseFacts,
  readDeadJobs,
  readOldestJob,
  readRefusedPlaces,
  readWebhookState,
  tryWriting,
  withDoctorConnection,
} from './doctor-store.ts';

const names = [
  'database.version',
  'database.encryption',
  'database.rights',
  'database.tables',
  'database.session',
  'database.writing',
  'jobs.dead',
  'jobs.waiting',
  'slack.parked',
  'audit.webhook',
] as const;

/** @param url null when the bot's own embedded database is not running */
export async function databaseLines(config: DatabaseConfig, url: string | null): Promise<Line[]> {
  if (url === null) {
    const found =
      'the embedded database is not running; it starts with the bot, and is looked at while the bot runs';
    return [
      { name: 'database.reachable', ...skip(found) },
      ...names.map((name) => ({ name, ...skip('the database is not running') })),
    ];
  }
  let rest: Line[] = [];
  const reachable = await runCheck(
    'database.reachable',
    () =>
      withDoctorConnection(url, async (client) => {
        rest = await lookAt(client, config, url);
        return pass(config.kind === 'url' ? new URL(url).host : 'embedded');
      }),
    unreachable,
  );
  const missing = names.filter((name) => !rest.some((line) => line.name === name));
  return [
    reachable,
    ...rest,
    ...missing.map((name) => ({ name, ...skip('the database could not be reached') })),
  ];
}

async function lookAt(client: Client, config: DatabaseConfig, url: string): Promise<Line[]> {
  const facts = await readDatabaseFacts(client);
  const isReady = facts.migrations !== null;
  /** Sequentially, because they share a connection. */
  const inTables = (name: string, attempt: () => Promise<Finding>) =>
    runCheck(
      name,
      async () => (isReady ? attempt() : skip('there are no tables yet')),
      (error) => unreadable(error) ?? unexplained(error),
    );
  const lines: Line[] = [
    {
      name: 'database.version',
      ...(facts.versionNumber >= oldestPostgres * 10_000
        ? pass(`Postgres ${facts.version}`)
        : fail(`Postgres ${facts.version} is too old`, `Use Postgres ${oldestPostgres} or newer.`)),
    },
    {
      name: 'database.encryption',
      ...(facts.encrypted || facts.isLocal || config.kind === 'embedded'
        ? pass(facts.encrypted ? 'TLS' : 'on this machine')
        : warn(
            'the connection is not encrypted',
            'Add sslmode=verify-full and sslrootcert=FILE to DATABASE_URL.',
          )),
    },
    { name: 'database.rights', ...rights(facts) },
    { name: 'database.tables', ...tables(facts) },
  ];
  lines.push(await runCheck('database.session', () => session(config, url)));
  lines.push(await runCheck('database.writing', () => writing(client), cannotWrite));
  lines.push(await inTables('jobs.dead', () => deadJobs(client)));
  lines.push(await inTables('jobs.waiting', () => waiting(client)));
  lines.push(await inTables('slack.parked', () => parked(client)));
  lines.push(await inTables('audit.webhook', () => webhook(client)));
  return lines;
}

/** Errors that another line already reports: a missing permission or table. Null for any other error. */
function unreadable(error: unknown): Finding | null {
  switch (codeOf(error)) {
    case '42501':
      return skip('this role may not read it: see database.rights');
    case '42P01':
    case '42703':
    case '3F000':
      return skip('its table is missing: see database.tables');
    default:
      return null;
  }
}

async function webhook(client: Client): Promise<Finding> {
  const state = await readWebhookState(client);
  if (!state) return pass('there is none');
  const { behind, problem, failingSince, stopped } = state;
  if (failingSince === null) return pass(`${behind} events are on their way`);
  const found = `${behind} events wait since ${failingSince.toISOString()}: ${problem}`;
  if (!stopped) return warn(found, 'They are sent as soon as AUDIT_WEBHOOK_URL takes them.');
  return fail(
    `given up; ${found}`,
    'Correct AUDIT_WEBHOOK_URL or its receiver, and restart the bot.',
  );
}

function rights({ user, mayMigrate, forbidden }: DatabaseFacts): Finding {
  if (forbidden.length === 0) {
    return pass(
      mayMigrate ? user : `${user}, which may not change tables: the owner runs npm run migrate`,
    );
  }
  const more = forbidden.length - mostTables;
  const listed = forbidden.slice(0, mostTables).join(', ');
  return fail(
    `${user} may not use ${listed}${more > 0 ? ` and ${more} more` : ''}`,
    `As the owner of the tables, run what this prints: npm run -s database -- grants --to ${user}`,
  );
}

/** More would not be read on one line. */
const mostTables = 5;

function tables({ migrations, mayMigrate, user }: DatabaseFacts): Finding {
  if (migrations === 'unreadable') {
    return skip(`${user} may not read the list of migrations: see database.rights`);
  }
  const unknown = unknownMigrations(migrations ?? []);
  if (unknown.length > 0) {
    return fail(
      `a newer version of the bot has used this database (${unknown.join(', ')})`,
      'Start that version, or restore a backup from before the upgrade.',
    );
  }
  const missing = missingMigrations(migrations ?? []);
  if (missing.length === 0) return pass(`up to date (${latestMigration})`);
  const found =
    migrations === null
      ? 'there are none yet'
      : `behind: ${missing.slice(0, mostTables).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
  return mayMigrate
    ? warn(found, 'The bot brings them up to date when it starts.')
    : fail(
        `${found}, and ${user} may not change tables: the bot does not start`,
        'Run npm run migrate as the owner of the database (docs/database.md).',
      );
}

async function session(config: DatabaseConfig, url: string): Promise<Finding> {
  const directUrl = config.kind === 'url' ? config.directUrl : undefined;
  if (!(await keepsSession(directUrl ?? url))) {
    return fail(
      'notices do not arrive: a pooler in transaction or statement mode is in between',
      directUrl === undefined
        ? 'Set DATABASE_DIRECT_URL to Postgres itself, or the pooler’s pool_mode to session for this database.'
        : 'Point DATABASE_DIRECT_URL at Postgres itself, past the pooler.',
    );
  }
  if (directUrl === undefined) return pass('sessions are kept: no pooler, or one in session mode');
  const same = await isSameDatabase(directUrl, url);
  if (same === 'yes') return pass('through a pooler, and past it by DATABASE_DIRECT_URL');
  return same === 'no'
    ? fail(
        'DATABASE_URL and DATABASE_DIRECT_URL lead to different databases',
        'Let both end in the same database of the same Postgres.',
      )
    : fail(
        'the pooler in DATABASE_URL takes no transactions',
        'Set its pool_mode to transaction or session for this database.',
      );
}

async function writing(client: Client): Promise<Finding> {
  await tryWriting(client);
  return pass('something was written and taken back');
}

function cannotWrite(error: unknown): Finding {
  const message = messageOf(error);
  switch (codeOf(error)) {
    case '53100':
      return fail('the disk of the database is full', 'Make room on it.');
    case '25006':
      return fail('the database is read-only', 'Point DATABASE_URL at the primary.');
    case '42501':
      // The bot itself creates no temporary tables.
      return skip('this role may not make a temporary table, so nothing was written');
    default:
      return fail(message, 'Look the message up in Postgres’ own log.');
  }
}

async function deadJobs(client: Client): Promise<Finding> {
  const dead = await readDeadJobs(client);
  if (dead.length === 0) return pass('none');
  const list = dead
    .slice(0, 5)
    .map(({ id, queue, reference, error }) => `${id} (${queue}, reference ${reference}, ${error})`);
  return fail(
    `${dead.length} given up: ${list.join('; ')}`,
    'Search the log for the reference, correct the cause, then retry: npm run doctor -- --retry ID; or give up: npm run doctor -- --give-up ID.',
  );
}

async function waiting(client: Client): Promise<Finding> {
  const seconds = Math.round(await readOldestJob(client));
  if (seconds < 60) return pass('none waits for long');
  return warn(
    `the oldest job has waited for ${seconds} s`,
    'Is a bot running? If so, look at docs/runbooks.md#connectadduserjobswait.',
  );
}

async function parked(client: Client): Promise<Finding> {
  const places = await readRefusedPlaces(client);
  if (places.length === 0) return pass('Slack takes every message');
  const list = places.slice(0, 5).map(({ place, code, posts }) => `${posts} to ${place} (${code})`);
  return warn(
    `messages wait: ${list.join('; ')}`,
    'Invite the bot to the channel, or unarchive it; they are posted within the hour.',
  );
}

function unreachable(error: unknown): Finding {
  const code = codeOf(error);
  const message = messageOf(error);
  if (isUntrustedCertificate(error)) {
    return fail(
      `its certificate is not trusted: ${message}`,
      'Name the file of its authority: sslmode=verify-full&sslrootcert=FILE in DATABASE_URL.',
    );
  }
  switch (code) {
    case 'ECONNREFUSED':
      return fail(
        `nothing answers: ${message}`,
        'Is Postgres running there? Look at DATABASE_URL.',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fail(`there is no such host: ${message}`, 'Look at the host in DATABASE_URL.');
    case '28P01':
    case '28000':
      return fail(
        `Postgres refuses the user: ${message}`,
        'Look at user and password in DATABASE_URL.',
      );
    case '42501':
      return fail(message, 'Grant the role the right to connect to the database.');
    case '3D000':
      return fail(message, 'Create the database: create database connect_add_user;');
    default:
      return fail(message || code, 'Look at DATABASE_URL and at the way to the database.');
  }
}
