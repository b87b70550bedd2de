/** The SQL of approvers' changes to a waiting request: one exported function per statement. */
import { sql } from 'kysely';
import type { Db, Tx } from '../../storage/database.ts';
import type { RequestChange } from '../../storage/schema.ts';
import { toJson } from '../../text/storable.ts';

/** The position of a row, by the number that people see; undefined when it does not wait to be created. */
export async function readWaitingRow(
  db: Db,
  requestId: number,
  row: number,
): Promise<number | undefined> {
  const { rows } = await sql<{ position: number }>`
    select position from rows
    where request_id = ${requestId} and coalesce(line, position) = ${row} and state = 'waiting'`.execute(
    db,
  );
  return rows[0]?.position;
}

/** Sets these members of one waiting row, or of all; the other members keep their checked values. */
export async function changeRows(
  tx: Tx,
  requestId: number,
  position: number | null,
  patch: object,
  at: Date,
): Promise<void> {
  await sql`
    update rows set new_user = new_user || ${toJson(patch)}::jsonb, changed_at = ${at}
    where request_id = ${requestId} and state = 'waiting' and new_user is not null
      ${position === null ? sql`` : sql`and position = ${position}`}`.execute(tx);
}

export async function appendChange(
  tx: Tx,
  requestId: number,
  change: RequestChange,
): Promise<void> {
  await sql`
    update requests set changes = changes || ${toJson([change])}::jsonb
    where id = ${requestId}`.execute(tx);
}
