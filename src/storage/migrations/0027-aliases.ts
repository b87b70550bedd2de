import { type Kysely, sql } from 'kysely';

/** Names that people use for a profile or group of an instance, which an admin had remembered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table aliases (
      instance text not null,
      field text not null,
      -- In lower case, without invisible characters; used for comparisons.
      folded text not null,
      name text not null,
      target_id text not null,
      told_by text not null,
      told_at timestamptz not null,
      primary key (instance, field, folded)
    )`.execute(db);
}
