/**
 * The SQL that gives a role the permissions to run the bot without owning the tables. The owner of the tables runs
 * it.
 */
import pg from 'pg';

/** Schemas that hold the bot's tables: its own, and the job engine's. */
const schemas = 'public, jobs';

/**
 * A table to which rows are only added. The database's triggers enforce this as well, but the owner of a table can
 * disable them.
 */
const appendOnly = 'audit_events';
/** Tables that only the owner's triggers and migrations write. */
const readOnly = ['audit_chain', 'kysely_migration', 'kysely_migration_lock'];

/**
 * A script that can be run again at any time. It also covers tables that later migrations of the same owner create.
 *
 * @param role the role that runs the bot
 * @param owner the role that runs `npm run migrate`
 */
export function grantsSql(role: string, owner: string): string {
  const [to, by] = [pg.escapeIdentifier(role), pg.escapeIdentifier(owner)];
  const defaults = `alter default privileges for role ${by} in schema ${schemas}`;
  return `-- Rights of ${role}, which runs the bot. Run this as ${owner}, in the bot's database, after npm run migrate.
begin;
grant usage on schema ${schemas} to ${to};
grant select, insert, update, delete on all tables in schema ${schemas} to ${to};
grant usage, select on all sequences in schema ${schemas} to ${to};
grant execute on all functions in schema ${schemas} to ${to};
${defaults} grant select, insert, update, delete on tables to ${to};
${defaults} grant usage, select on sequences to ${to};
${defaults} grant execute on functions to ${to};
-- The audit trail can be added to, and nothing else.
revoke update, delete, truncate on ${appendOnly} from ${to};
revoke insert, update, delete, truncate on ${readOnly.join(', ')} from ${to};
commit;
`.replaceAll('\r', '');
}
