import { type Kysely, sql } from 'kysely';

/**
 * The audit trail becomes append-only and chained. `body` is the text that is hashed. The chain is written when
 * a transaction commits, by the database itself and one transaction after the other, so that its order is the
 * order of commits and no event can be left out of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table audit_events alter column request_id drop not null`.execute(db);
  await sql`alter table audit_events add column body text`.execute(db);
  await sql`
    create table audit_chain (
      seq bigint primary key,
      event_id bigint not null unique references audit_events,
      previous_hash text not null,
      hash text not null
    )`.execute(db);
  // Events of a bot of the previous version have no text yet, so the database creates one.
  await sql`
    create function audit_event_body() returns trigger language plpgsql as $$
    begin
      new.body := coalesce(new.body, jsonb_build_object(
        'actor', new.actor,
        'at', to_char(new.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'details', new.details,
        'kind', new.kind,
        'request', new.request_id)::text);
      return new;
    end $$`.execute(db);
  await sql`
    create function audit_event_chain() returns trigger
    language plpgsql security definer set search_path from current as $$
    declare
      last_seq bigint;
      last_hash text;
    begin
      -- Locked until the commit is visible to all: the next transaction reads the hash of this one.
      perform pg_advisory_xact_lock(6513014, 1);
      select seq, hash into last_seq, last_hash from audit_chain order by seq desc limit 1;
      last_hash := coalesce(last_hash, repeat('0', 64));
      insert into audit_chain (seq, event_id, previous_hash, hash) values (
        coalesce(last_seq, 0) + 1, new.id, last_hash,
        encode(sha256(convert_to(last_hash || chr(10) || new.body, 'UTF8')), 'hex'));
      return null;
    end $$`.execute(db);
  await sql`
    create function audit_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit trail is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  await chainEarlierEvents(db);
  await sql`alter table audit_events alter column body set not null`.execute(db);
  await sql`
    create trigger audit_event_body before insert on audit_events
    for each row execute function audit_event_body()`.execute(db);
  await sql`
    create constraint trigger audit_event_chain after insert on audit_events
    deferrable initially deferred for each row execute function audit_event_chain()`.execute(db);
  for (const table of ['audit_events', 'audit_chain']) {
    await sql`
      create trigger ${sql.id(`${table}_append_only`)} before update or delete or truncate
      on ${sql.table(table)} for each statement execute function audit_is_append_only()`.execute(
      db,
    );
  }
}

async function chainEarlierEvents(db: Kysely<unknown>): Promise<void> {
  await sql`
    update audit_events set body = jsonb_build_object(
      'actor', actor,
      'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'details', details,
      'kind', kind,
      'request', request_id)::text`.execute(db);
  await sql`
    do $$
    declare
      event record;
      place bigint := 0;
      last_hash text := repeat('0', 64);
      next_hash text;
    begin
      for event in select id, body from audit_events order by id loop
        place := place + 1;
        next_hash := encode(sha256(convert_to(last_hash || chr(10) || event.body, 'UTF8')), 'hex');
        insert into audit_chain (seq, event_id, previous_hash, hash)
          values (place, event.id, last_hash, next_hash);
        last_hash := next_hash;
      end loop;
    end $$`.execute(db);
}
