/**
 * Exports the contents of a database as text, and imports them. A row is written in Postgres' own format
 * (`(1,"text",…)`), which loses nothing of any type, so a sealed password keeps its exact bytes.
 */
import pg from 'pg';

/** One table, or the part of it that is exported. */
export type Table = { readonly name: string; readonly columns: readonly string[] };

export type Counter = { readonly name: string; readonly last: string; readonly called: boolean };

/** Finished jobs are only the job engine's history, which is useless in another database. */
const onlyWhere: Readonly<Record<string, string>> = { 'jobs.job': `state < 'completed'` };

/** The text that Postgres writes must not depend on the server's settings. */
const plainText = `set local datestyle = iso; set local intervalstyle = postgres; set local timezone = utc;
  set local bytea_output = hex; set local extra_float_digits = 1`;

/** One consistent snapshot of all tables, until the connection ends. */
export async function beginReading(client: pg.Client): Promise<void> {
  await client.query(`begin isolation level repeatable read read only; ${plainText}`);
}

export async function beginWriting(client: pg.Client): Promise<void> {
  await client.query(`begin; ${plainText}`);
}

/** The number of bot processes that use this database now. */
export async function countBots(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bots: number }>(`
    select count(*)::int as bots from pg_stat_activity
    where datname = current_database() and application_name = 'connect-add-user jobs'`);
  return rows[0]?.bots ?? 0;
}

/** The exported tables, each after the tables that it references. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] | null }>(`
    select c.oid::regclass::text as name,
      array_agg(a.attname::text order by a.attnum) as columns,
      (select array_agg(distinct confrelid::regclass::text) from pg_constraint
       where conrelid = c.oid and contype = 'f' and confrelid <> c.oid) as needs
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where a.attgenerated = '' and (
      c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
      or c.oid = to_regclass('jobs.job'))
    group by c.oid order by 1`);
  const ordered: Table[] = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ needs }) => !waiting.some(({ name }) => needs?.includes(name)));
    const [next] = waiting.splice(Math.max(at, 0), 1);
    if (next) ordered.push({ name: next.name, columns: next.columns });
  }
  return ordered;
}

/** Tables that already contain rows. */
export async function readFilled(client: pg.Client, tables: readonly Table[]): Promise<string[]> {
  const filled: string[] = [];
  for (const { name } of tables) {
    const where = onlyWhere[name] ?? 'true';
    const { rowCount } = await client.query(`select 1 from ${name} where ${where} limit 1`);
    if (rowCount) filled.push(name);
  }
  return filled;
}

/** The rows of a table as text, some at a time, in the order in which they were written. */
export async function* readRows(client: pg.Client, { name }: Table): AsyncGenerator<string[]> {
  const where = onlyWhere[name] ?? 'true';
  await client.query(
    `declare carried no scroll cursor for select t::text as row from ${name} t where ${where} order by t.ctid`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>('fetch 500 from carried');
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await client.query('close carried');
}

/** @throws any error of Postgres, such as a row that violates a constraint of its table */
export async function writeRows(
  client: pg.Client,
  { name, columns }: Table,
  rows: readonly string[],
): Promise<void> {
  const names = columns.map((column) => pg.escapeIdentifier(column));
  await client.query(
    `insert into ${name} (${names.join(', ')}) overriding system value
     select ${names.map((column) => `(r).${column}`).join(', ')}
     from (select text::${name} as r from unnest($1::text[]) as text offset 0) as read`,
    [rows],
  );
}

/**
 * Triggers restrict the changes of a row during its life, but an imported row is already in its final state. The
 * owner of the tables may disable them, and only this transaction is affected.
 */
export async function switchTriggers(
  client: pg.Client,
  tables: readonly Table[],
  how: 'disable' | 'enable',
): Promise<void> {
  for (const { name } of tables) {
    if (!name.startsWith('jobs.')) await client.query(`alter table ${name} ${how} trigger user`);
  }
}

/** The next numbers, such as of requests. */
export async function readCounters(client: pg.Client): Promise<Counter[]> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relkind = 'S' and relnamespace = 'public'::regnamespace order by 1`,
  );
  const counters: Counter[] = [];
  for (const { name } of rows) {
    const { rows: values } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    );
    if (values[0]) counters.push({ name, ...values[0] });
  }
  return counters;
}

export async function writeCounter(client: pg.Client, counter: Counter): Promise<void> {
  const { name, last, called } = counter;
  await client.query('select setval($1::regclass, $2::bigint, $3)', [name, last, called]);
}

/**
 * The requests that have not ended. Their messages in Slack may have been changed by a bot on a newer copy, so each
 * message is written again.
 */
export async function rewriteMessages(
  client: pg.Client,
): Promise<{ readonly id: number; readonly state: string }[]> {
  const { rows } = await client.query<{ id: string; state: string }>(
    `select id, state from requests where ended_at is null order by id`,
  );
  const ids = rows.map(({ id }) => id);
  await client.query('update posts set hash = null where ts is not null and request_id = any($1)', [
    ids,
  ]);
  return rows.map(({ id, state }) => ({ id: Number(id), state }));
}

/** The version of the job engine's tables. */
export async function readJobVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>('select version from jobs.version');
  return Number(rows[0]?.version);
}
