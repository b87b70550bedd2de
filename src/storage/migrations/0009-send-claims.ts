import { type Kysely, sql } from 'kysely';

/** The next rows of each bot, so that bots with a common budget give its next slot to the most urgent request. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table send_claims (
      key text not null,
      -- One process, from its start to its end.
      bot text not null,
      waiting_since timestamptz not null,
      rows_left integer not null,
      seen_at timestamptz not null,
      primary key (key, bot)
    )`.execute(db);
}
