import { type Kysely, sql } from 'kysely';

/**
 * An approver changes a waiting request: what was changed, and by whom. A checked row can be replaced then, and only
 * by a statement that sets the time of the change.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column changes jsonb not null default '[]'`.execute(db);
  await sql`alter table rows add column changed_at timestamptz`.execute(db);
  await sql`
    create or replace function refuse_replacing_checked_row() returns trigger language plpgsql as $$
    begin
      if exists (
        select 1 from requests where id = new.request_id and state <> 'received' and ended_at is null
          and not (state = 'awaiting_approval' and new.changed_at is distinct from old.changed_at)
      ) then
        raise exception 'row % of request % was checked and cannot be replaced', new.position, new.request_id
          using errcode = 'check_violation', constraint = 'checked_while_received';
      end if;
      return new;
    end $$`.execute(db);
}
