import { type Kysely, sql } from 'kysely';

/** A file that is corrected in Slack: the findings of its rows, and its requester's corrections. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table request_files
      -- How often it was checked.
      add column revision integer not null default 0,
      -- The corrections that the next check applies to all rows.
      add column corrections jsonb not null default '[]',
      -- The result of the first check for the file as a whole.
      add column file_groups jsonb not null default '[]'`.execute(db);
  await sql`
    alter table rows
      add column kept jsonb,
      -- The values that were typed for this row, for the next check.
      add column correction jsonb,
      -- The typed password of a wrong row, sealed like password_cipher; deleted when the request leaves this stage (H4).
      add column kept_password bytea`.execute(db);
  await sql`
    alter table rows add constraint kept_password_of_wrong_row
      check (kept_password is null or state = 'wrong')`.execute(db);
  await sql`
    create index rows_kept_password on rows (request_id) where kept_password is not null`.execute(
    db,
  );
  await sql`
    create index rows_correction on rows (request_id) where correction is not null`.execute(db);
}
