/** `npm run migrate -- --dry-run`: the SQL that would run, executed on the database and rolled back. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { getConstructionPlans, getMigrationPlans } from 'pg-boss';
import { pendingMigrations } from '../storage/migrate.ts';
import { withClient } from '../storage/with-client.ts';

export type PlannedMigration = { readonly name: string; readonly statements: readonly string[] };

/**
 * Runs the pending migrations in a transaction that is rolled back, so that their effect on the existing rows is
 * tested as well, and returns their statements.
 *
 * It takes the same locks as the migrations, for the same time; it fails at a table that is busy for 5 s.
 *
 * @throws ProblemError `database.newer`; any error of Postgres that the migrations would cause
 */
export async function planMigrations(url: string): Promise<PlannedMigration[]> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const statements: string[] = [];
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void statements.push(withParameters(query.sql, query.parameters)),
  });
  try {
    const pending = await pendingMigrations(db);
    const planned: PlannedMigration[] = [];
    const trx = await db.startTransaction().execute();
    try {
      await sql`set local lock_timeout = '5s'`.execute(trx);
      for (const [name, migration] of pending) {
        statements.length = 0;
        await migration.up(trx);
        planned.push({ name, statements: [...statements] });
      }
    } finally {
      await trx.rollback().execute();
    }
    return planned;
  } finally {
    await db.destroy();
  }
}

/** The job engine's own SQL, which it runs at the bot's start; undefined when its tables are up to date. */
export function planJobTables(url: string): Promise<string | undefined> {
  return withClient(url, async (client) => {
    const construction = getConstructionPlans('jobs');
    const { rows: installed } = await client.query<{ version: string | null }>(
      `select to_regclass('jobs.version') as version`,
    );
    if (installed[0]?.version == null) return construction;
    const { rows } = await client.query<{ version: number }>('select version from jobs.version');
    const latest = Number(/version\(version\) VALUES \('(\d+)'\)/.exec(construction)?.[1]);
    const version = Number(rows[0]?.version);
    return version < latest ? getMigrationPlans('jobs', version) : undefined;
  });
}

/** Migrations write literals. If one has a parameter anyway, its value is printed in its place. */
function withParameters(text: string, parameters: readonly unknown[]): string {
  return text.replace(/\$(\d+)/g, (whole, number: string) => {
    const value = parameters[Number(number) - 1];
    return value === undefined ? whole : pg.escapeLiteral(String(value));
  });
}
