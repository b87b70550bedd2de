import { type Kysely, sql } from 'kysely';

/**
 * A checked row can be replaced only while its request is being checked (H2). The code ensures this in `step`; the
 * database refuses it as well, for every writer. Erasing the personal data of a finished request stays possible.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_replacing_checked_row() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from requests where id = new.request_id and state <> 'received' and ended_at is null)
      then
        raise exception 'row % of request % was checked and cannot be replaced', new.position, new.request_id
          using errcode = 'check_violation', constraint = 'checked_while_received';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger checked_while_received before update of draft, new_user, password_plan on rows
      for each row execute function refuse_replacing_checked_row()`.execute(db);
  await sql`
    create function refuse_adding_rows() returns trigger language plpgsql as $$
    begin
      if exists (
        select 1 from added join requests on requests.id = added.request_id where requests.state <> 'received'
      ) then
        raise exception 'rows are added only while their request is being checked'
          using errcode = 'check_violation', constraint = 'added_while_received';
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger added_while_received after insert on rows referencing new table as added
      for each statement execute function refuse_adding_rows()`.execute(db);
}
