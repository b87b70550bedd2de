/** Doctor's queries of the database. Everything is read-only, except for one temporary table. */
import { sql } from 'kysely';
import type pg from 'pg';
import { type WebhookState, webhookState } from '../audit/webhook-store.ts';
import type { StoredLink } from '../auth/stored-links.ts';
import type { Db } from '../storage/database.ts';
import { withClient } from '../storage/with-client.ts';

export type DatabaseFacts = {
  /** Postgres' own version number: 160004 for 16.4. */
  readonly versionNumber: number;
  readonly version: string;
  readonly user: string;
  readonly encrypted: boolean;
  readonly isLocal: boolean;
  /** Migrations that have run; null when the bot has never started on this database. */
  readonly migrations: readonly string[] | 'unreadable' | null;
  /** Whether this role can update the tables itself: it may create tables, and owns the existing ones. */
  readonly mayMigrate: boolean;
  /** Tables and sequences for which this role lacks permissions that the bot needs. */
  readonly forbidden: readonly string[];
};

/** One connection for doctor, on which no statement may take longer than 5 s. */
export function withDoctorConnection<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return withClient(url, use, { query_timeout: 5_000 });
}

/**
 * Read from the catalog, which every role may read, because `to_regclass` and names fail for a role that may not use
 * the schema.
 */
export async function readDatabaseFacts(client: pg.Client): Promise<DatabaseFacts> {
  const { rows } = await client.query<{
    number: string;
    version: string;
    user: string;
    ssl: boolean | null;
    local: boolean;
    create: boolean;
  }>(`
    select current_setting('server_version_num') as number, current_setting('server_version') as version,
      current_user as user,
      (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as ssl,
      coalesce(inet_server_addr() is null or host(inet_server_addr()) in ('127.0.0.1', '::1'), true) as local,
      (has_database_privilege(current_database(), 'create')
        or exists (select from pg_namespace where nspname = 'jobs'))
      and coalesce(
        (select has_schema_privilege(oid, 'create') from pg_namespace where nspname = 'public'), false) as create`);
  const [row] = rows;
  if (!row) throw new Error('Postgres told nothing about itself');
  const tables = await readTables(client);
  return {
    versionNumber: Number(row.number),
    version: row.version,
    user: row.user,
    encrypted: row.ssl ?? false,
    isLocal: row.local,
    migrations: await readMigrations(client, tables),
    mayMigrate: row.create && tables.every(({ owned }) => owned),
    forbidden: tables.filter(({ usable }) => !usable).map(({ name }) => name),
  };
}

type TableFacts = {
  readonly name: string;
  readonly readable: boolean;
  /** Whether the role has the permissions of `npm run database -- grants` for it. */
  readonly usable: boolean;
  readonly owned: boolean;
};

/**
 * Only the bot's own tables, because other applications and extensions can have tables in the schema `public` too.
 */
async function readTables(client: pg.Client): Promise<TableFacts[]> {
  const { rows } = await client.query<TableFacts>(`
    select name, owned, readable, readable and case
        when kind = 'S' or name in ('public.audit_chain', 'public.kysely_migration', 'public.kysely_migration_lock')
          then true
        when name = 'public.audit_events' then has_table_privilege(oid, 'insert')
        else has_table_privilege(oid, 'insert') and has_table_privilege(oid, 'update')
          and has_table_privilege(oid, 'delete')
      end as usable
    from (
      select c.oid, c.relkind as kind, n.nspname || '.' || c.relname as name,
        pg_has_role(c.relowner, 'usage') as owned,
        has_schema_privilege(n.oid, 'usage') and case when c.relkind = 'S'
          then has_sequence_privilege(c.oid, 'usage') else has_table_privilege(c.oid, 'select') end as readable
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where (n.nspname = 'jobs' or n.nspname = 'public' and c.relowner = (
          select relowner from pg_class
          where relname = 'kysely_migration' and relnamespace = n.oid and relkind = 'r'))
      and (c.relkind in ('r', 'p')
        -- An identity column's sequence needs no right of its own.
        or c.relkind = 'S' and not exists (select from pg_depend where objid = c.oid and deptype = 'i'))
    ) as tables
    order by name`);
  return rows;
}

async function readMigrations(
  client: pg.Client,
  tables: readonly TableFacts[],
): Promise<DatabaseFacts['migrations']> {
  const list = tables.find(({ name }) => name === 'public.kysely_migration');
  if (!list) return null;
  if (!list.readable) return 'unreadable';
  const { rows } = await client.query<{ name: string }>(
    'select name from public.kysely_migration order by name',
  );
  return rows.map(({ name }) => name);
}

/** Identity links that an admin confirmed, in all instances. */
export async function readConfirmedLinks(
  client: pg.Client,
): Promise<(StoredLink & { readonly personId: string; readonly instance: string })[]> {
  const { rows } = await client.query<{
    person_id: string;
    instance: string;
    user_id: string;
    username: string;
  }>(`
    select person_id, instance, connect_user_id as user_id, connect_username as username
    from identity_links where state = 'confirmed'`);
  return rows.map(({ person_id: personId, instance, user_id: userId, username }) => ({
    personId,
    instance,
    userId,
    username,
  }));
}

/** Writes a little and rolls it back: rejects when the disk is full or the database is read-only. */
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

/** Channels and people whose messages Slack refuses, with Slack's code and the number of waiting messages. */
export async function readRefusedPlaces(
  client: pg.Client,
): Promise<{ readonly place: string; readonly code: string; readonly posts: number }[]> {
  const { rows } = await client.query<{ place: string; code: string; posts: number }>(`
    select place, code, count(*)::int as posts from refused_posts group by place, code order by 3 desc limit 20`);
  return rows;
}

/** Which events were sent to the audit trail's webhook; null when there never was one. */
export async function readWebhookState(client: pg.Client): Promise<WebhookState | null> {
  const { rows } = await client.query<WebhookState>(webhookState);
  return rows[0] ?? null;
}

/** How long the oldest due job has waited, in seconds; 0 when none waits. */
export async function readOldestJob(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ seconds: number | null }>(`
    select extract(epoch from clock_timestamp() - min(greatest(created_on, start_after)))::float8 as seconds
    from jobs.job where state < 'active' and start_after <= clock_timestamp() and name not like '\\_\\_pgboss%'`);
  return rows[0]?.seconds ?? 0;
}

/** The data of a job that was given up; undefined when there is no such job. */
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

/** Removes the job from reports. */
export async function forgetDeadJob(db: Db, id: string): Promise<void> {
  await sql`delete from failing_jobs where job_id::text = ${id}`.execute(db);
}
