/**
 * Brings the tables up to date when the bot starts.
 *
 * Migrations only add (expand): a bot of the previous version continues to work on the tables of the next, so that
 * several bots can be replaced one after the other. Unused parts are dropped one version later. A bot refuses to
 * *start* on tables that a newer one has prepared, because that version's rows can have a meaning that is unknown to
 * it.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { ProblemError, problem } from '../errors/problem.ts';
import * as requests from './migrations/0001-requests.ts';
import * as files from './migrations/0002-files.ts';
import * as pacing from './migrations/0003-pacing.ts';
import * as auditChain from './migrations/0004-audit-chain.ts';
import * as checkedRows from './migrations/0005-checked-rows.ts';
import * as failingJobs from './migrations/0006-failing-jobs.ts';
import * as deliveries from './migrations/0007-deliveries.ts';
import * as homeViewers from './migrations/0008-home-viewers.ts';
import * as sendClaims from './migrations/0009-send-claims.ts';
import * as refusedPosts from './migrations/0010-refused-posts.ts';
import * as notices from './migrations/0011-notices.ts';
import * as requesterConnect from './migrations/0012-requester-connect.ts';
import * as requestIndexes from './migrations/0013-request-indexes.ts';
import * as approvals from './migrations/0014-approvals.ts';
import * as requestedUsernames from './migrations/0015-requested-usernames.ts';
import * as edits from './migrations/0016-edits.ts';
import * as approvalCourse from './migrations/0017-approval-course.ts';
import * as followUps from './migrations/0018-follow-ups.ts';
import * as traces from './migrations/0019-traces.ts';
import * as auditWebhook from './migrations/0020-audit-webhook.ts';
import * as home from './migrations/0021-home.ts';
import * as repairs from './migrations/0021-repairs.ts';
import * as notBefore from './migrations/0022-not-before.ts';
import * as leftOutRows from './migrations/0023-left-out-rows.ts';
import * as fileMappings from './migrations/0024-file-mappings.ts';
import * as replaces from './migrations/0025-replaces.ts';
import * as fileQuestions from './migrations/0026-file-questions.ts';
import * as aliases from './migrations/0027-aliases.ts';
import * as changedRequests from './migrations/0028-changed-requests.ts';
import * as welcomes from './migrations/0029-welcomes.ts';
import * as threadMessages from './migrations/0030-thread-messages.ts';
import * as identityLinks from './migrations/0031-identity-links.ts';
import * as workflowSteps from './migrations/0032-workflow-steps.ts';
import * as signIns from './migrations/0033-sign-ins.ts';
import * as linkQuestions from './migrations/0034-link-questions.ts';
import * as linkSignIns from './migrations/0035-link-sign-ins.ts';

/** In order, and listed manually, because reading a folder works differently when the code is bundled or moved. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-requests': requests,
  '0002-files': files,
  '0003-pacing': pacing,
  '0004-audit-chain': auditChain,
  '0005-checked-rows': checkedRows,
  '0006-failing-jobs': failingJobs,
  '0007-deliveries': deliveries,
  '0008-home-viewers': homeViewers,
  '0009-send-claims': sendClaims,
  '0010-refused-posts': refusedPosts,
  '0011-notices': notices,
  '0012-requester-connect': requesterConnect,
  '0013-request-indexes': requestIndexes,
  '0014-approvals': approvals,
  '0015-requested-usernames': requestedUsernames,
  '0016-edits': edits,
  '0017-approval-course': approvalCourse,
  '0018-follow-ups': followUps,
  '0019-traces': traces,
  '0020-audit-webhook': auditWebhook,
  '0021-home': home,
  '0021-repairs': repairs,
  '0022-not-before': notBefore,
  '0023-left-out-rows': leftOutRows,
  '0024-file-mappings': fileMappings,
  '0025-replaces': replaces,
  '0026-file-questions': fileQuestions,
  '0027-aliases': aliases,
  '0028-changed-requests': changedRequests,
  '0029-welcomes': welcomes,
  '0030-thread-messages': threadMessages,
  '0031-identity-links': identityLinks,
  '0032-workflow-steps': workflowSteps,
  '0033-sign-ins': signIns,
  '0034-link-questions': linkQuestions,
  '0035-link-sign-ins': linkSignIns,
};

export const latestMigration = Object.keys(migrations).at(-1) ?? '';

/** The executed migrations that only a newer version of the bot has. */
export function unknownMigrations(executed: readonly string[]): string[] {
  return executed.filter((name) => !(name in migrations));
}

/** The migrations that a database has not had yet, in order. */
export function missingMigrations(executed: readonly string[]): string[] {
  return Object.keys(migrations).filter((name) => !executed.includes(name));
}

/** An arbitrary number, the same in every version; two bots that start at once run them one after the other. */
const migrationLock = 0x636176;

/** @throws ProblemError `database.newer` */
export async function migrate(url: string): Promise<void> {
  // Separate connections, because a migration may wait for another bot's longer than the bot's queries may.
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5000 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    // A role that may not change tables can run the bot on tables that are up to date.
    if ((await pendingMigrations(db)).length === 0) return;
    const turn = await pool.connect();
    try {
      await turn.query('select pg_advisory_lock($1)', [migrationLock]);
      await migrateToLatest(db);
    } finally {
      // Closes the session, and with it the lock.
      turn.release(true);
    }
  } finally {
    await db.destroy();
  }
}

/**
 * The migrations that the database has not had yet, in order.
 *
 * @throws ProblemError `database.newer`
 */
export async function pendingMigrations(db: Kysely<unknown>): Promise<[string, Migration][]> {
  const done = await executed(db);
  const unknown = unknownMigrations(done);
  if (unknown.length > 0) {
    throw new ProblemError(problem('database.newer', { migrations: unknown.join(', ') }));
  }
  return Object.entries(migrations).filter(([name]) => !done.includes(name));
}

async function migrateToLatest(db: Kysely<unknown>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  await pendingMigrations(db);
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Names of the executed migrations, including those that this version does not have. */
async function executed(db: Kysely<unknown>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
}
