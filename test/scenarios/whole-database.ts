/** The complete content of a bot's database, to search for text that it must never store. */
import type { TestDatabase } from '../database.ts';

/** Every table of the database as one text, including the job engine's tables. */
export async function wholeDatabase(database: TestDatabase): Promise<string> {
  const tables = await database.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await database.query(`select it::text as row from ${String(name)} it`);
    texts.push(...rows.map(({ row }) => String(row)));
  }
  return texts.join('\n');
}
