/** What doctor asks the database. Everything is read, but for one temporary table. */
import { sql } from 'kysely';
import pg from 'pg';
import { type WebhookState, webhookState } from '../audit/webhook-store.ts';
import type { Db } from '../storage/database.ts';

export type DatabaseFacts = {
  /** Postgres' own number: 160004 for 16.4. */
  readonly versionNumber: number;
  readonly version: string;
  readonly user: string;
  readonly encrypted: boolean;
  readonly isLocal: boolean;
  /** Migrations that have run; null when the bot has never started on this database. */
  readonly migrations: readonly string[] | null;
  readonly mayCreate: boolean;
  /** Tables that this role may not read or write. */
  readonly forbidden: readonly string[];
};

/** Opens one connection, and closes it after `use`. Rejects when there is none within 5 s. */
export async function withConnection<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  // Its own patience, and no setting of the session: a pooler would keep that for whoever comes next.
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

export async function readDatabaseFacts(client: pg.Client): Promise<DatabaseFacts> {
  const { rows } = await client.query<{
    number: string;
    version: string;
    user: string;
    ssl: boolean | null;
    local: boolean;
    create: boolean;
    migrated: boolean;
  }>(`
    select current_setting('server_version_num') as number, current_setting('server_version') as version,
      current_user as user,
      (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as ssl,
      coalesce(inet_server_addr() is null or host(inet_server_addr()) in ('127.0.0.1', '::1'), true) as local,
      has_schema_privilege('public', 'create') and has_database_privilege(current_database(), 'create') as create,
      to_regclass('kysely_migration') is not null as migrated`);
  const [row] = rows;
  if (!row) throw new Error('Postgres told nothing about itself');
  const migrations = row.migrated
    ? (
        await client.query<{ name: string }>('select name from kysely_migration order by name')
      ).rows.map(({ name }) => name)
    : null;
  const forbidden = await client.query<{ name: string }>(`
    select schemaname || '.' || tablename as name from pg_tables
    where (schemaname = 'public' or schemaname = 'jobs')
      and not (
        has_table_privilege(format('%I.%I', schemaname, tablename), 'select')
        and (tablename in ('audit_chain', 'kysely_migration', 'kysely_migration_lock')
          or has_table_privilege(format('%I.%I', schemaname, tablename), 'insert'))
        and (tablename in ('audit_events', 'audit_chain', 'kysely_migration', 'kysely_migration_lock')
          or has_table_privilege(format('%I.%I', schemaname, tablename), 'update')
            and has_table_privilege(format('%I.%I', schemaname, tablename), 'delete')))
    order by 1`);
  return {
    versionNumber: Number(row.number),
    version: row.version,
    user: row.user,
    encrypted: row.ssl ?? false,
    isLocal: row.local,
    migrations,
    mayCreate: row.create,
    forbidden: forbidden.rows.map(({ name }) => name),
  };
}

/** Writes a little and takes it back: a full disk or a database that is read-only rejects. */
export async function tryWriting(client: pg.Client): Promise<void> {
  await client.query('begin');
  try {
    await client.query('create temporary table connect_add_user_doctor (text text) on commit drop');
    await client.query(
      `insert into connect_add_user_doctor select repeat('x', 1000) from generate_series(1, 100)`,
    );
  } finally {
    await client.query('rollback');
  }
}

export type DeadJob = {
  readonly id: string;
  readonly queue: string;
  readonly reference: string;
  readonly error: string;
  readonly failures: number;
};

export async function readDeadJobs(client: pg.Client): Promise<DeadJob[]> {
  const { rows } = await client.query<DeadJob>(`
    select job_id::text as id, queue, reference, error, failures from failing_jobs
    where given_up_at is not null order by given_up_at desc limit 50`);
  return rows;
}

/** Places that take no messages, with Slack's code and how many messages wait. */
export async function readParked(
  client: pg.Client,
): Promise<{ readonly place: string; readonly code: string; readonly posts: number }[]> {
  const { rows } = await client.query<{ place: string; code: string; posts: number }>(`
    select place, code, count(*)::int as posts from refused_posts group by place, code order by 3 desc limit 20`);
  return rows;
}

/** How far the audit trail was sent to its webhook; null when there never was one. */
export async function readWebhookState(client: pg.Client): Promise<WebhookState | null> {
  const { rows } = await client.query<WebhookState>(webhookState);
  return rows[0] ?? null;
}

/** Jobs that are due and have waited longest, in seconds; 0 when none waits. */
export async function readOldestJob(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ seconds: number | null }>(`
    select extract(epoch from clock_timestamp() - min(greatest(created_on, start_after)))::float8 as seconds
    from jobs.job where state < 'active' and start_after <= clock_timestamp() and name not like '\\_\\_pgboss%'`);
  return rows[0]?.seconds ?? 0;
}

/** What a job that was given up was to do; undefined when there is no such job. */
export async function readDeadJob(
  db: Db,
  id: string,
): Promise<{ readonly queue: string; readonly data: object } | undefined> {
  const { rows } = await sql<{ queue: string; data: object }>`
    select queue, data from failing_jobs where job_id::text = ${id} and given_up_at is not null`.execute(
    db,
  );
  return rows[0];
}

/** The job is not spoken of anymore. */
export async function forgetDeadJob(db: Db, id: string): Promise<void> {
  await sql`delete from failing_jobs where job_id::text = ${id}`.execute(db);
}
