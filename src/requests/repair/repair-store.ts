/** The SQL of files that are corrected in Slack: one exported function per statement. */
import { sql } from 'kysely';
import type { Db, Tx } from '../../storage/database.ts';
import type { RowRecord } from '../../storage/schema.ts';
import { toJson } from '../../text/storable.ts';
import type { Correction, RowCorrection } from '../../users/files/repair/corrections.ts';
import { type RowsJson, rowsJsonColumns } from '../store/files-store.ts';

/** A stored row with the data for its next check. */
export type RowToCheck = Pick<
  RowRecord,
  'position' | 'line' | 'cells' | 'kept' | 'correction' | 'password_cipher' | 'kept_password'
>;

/** Rows in the file's order, one page at a time, without those whose typed password was deleted. */
export function readRowsToCheck(
  db: Db,
  requestId: number,
  page: { readonly after: number; readonly limit: number },
): Promise<RowToCheck[]> {
  return db
    .selectFrom('rows')
    .select(['position', 'line', 'cells', 'kept', 'correction', 'password_cipher', 'kept_password'])
    .where('request_id', '=', requestId)
    .where('state', '<>', 'failed')
    .where('position', '>', page.after)
    .orderBy('position')
    .limit(page.limit)
    .execute();
}

/** The data with which an invalid row is shown. */
export type WrongRow = Pick<RowRecord, 'position' | 'line' | 'cells' | 'kept' | 'correction'>;

/** @param page `open`: only rows without a correction since the last check */
export function readWrongRows(
  db: Db,
  requestId: number,
  page: { readonly after: number; readonly limit: number; readonly open?: boolean },
): Promise<WrongRow[]> {
  return db
    .selectFrom('rows')
    .select(['position', 'line', 'cells', 'kept', 'correction'])
    .where('request_id', '=', requestId)
    .where('state', '=', 'wrong')
    .$if(page.open === true, (query) => query.where('correction', 'is', null))
    .where('position', '>', page.after)
    .orderBy('position')
    .limit(page.limit)
    .execute();
}

/** The sealed password of a wrong row. */
export async function readKeptPassword(
  db: Db,
  requestId: number,
  position: number,
): Promise<Buffer | null> {
  const row = await db
    .selectFrom('rows')
    .select('kept_password')
    .where('request_id', '=', requestId)
    .where('position', '=', position)
    .executeTakeFirst();
  return row?.kept_password ?? null;
}

/** Saves the values that the next check uses for a row; a typed password replaces the earlier one, sealed. */
export async function saveRowCorrection(
  tx: Tx,
  requestId: number,
  position: number,
  correction: RowCorrection,
  passwordBox: Uint8Array | null,
) {
  await tx
    .updateTable('rows')
    .set({
      correction: toJson(correction),
      ...(passwordBox ? { kept_password: Buffer.from(passwordBox) } : {}),
    })
    .where('request_id', '=', requestId)
    .where('position', '=', position)
    .where('state', '=', 'wrong')
    .execute();
}

/** Adds a correction that the next check applies to all rows. */
export async function addCorrection(tx: Tx, requestId: number, correction: Correction) {
  await sql`
    update request_files set corrections = corrections || ${JSON.stringify([correction])}::jsonb
    where request_id = ${requestId}`.execute(tx);
}

/** Replaces stored rows by the result of a new check; the database refuses this unless the request is `received`. */
export async function replaceFileRows(tx: Tx, requestId: number, rows: RowsJson, now: Date) {
  await sql`
    update rows set
      state = fresh.state, cells = fresh.cells, draft = fresh.draft, new_user = fresh.new_user,
      password_plan = fresh.password_plan, password_cipher = decode(fresh.password_cipher, 'base64'),
      kept_password = decode(fresh.kept_password, 'base64'), kept = fresh.kept, remark = fresh.remark,
      correction = null, ended_at = case when fresh.state = 'waiting' then null else ${now}::timestamptz end
    from jsonb_to_recordset(${rows}::jsonb) as fresh ${rowsJsonColumns}
    where rows.request_id = ${requestId} and rows.position = fresh.position`.execute(tx);
}

/** Rows that failed before the approval was requested are neither checked again nor part of the hash. */
export async function forgetFailedRows(tx: Tx, requestId: number) {
  await tx
    .updateTable('rows')
    .set({ new_user: null, password_plan: null })
    .where('request_id', '=', requestId)
    .where('state', '=', 'failed')
    .execute();
}

/** The positions of all rows that are checked again. */
export async function readPositions(db: Db, requestId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('rows')
    .select('position')
    .where('request_id', '=', requestId)
    .where('state', '<>', 'failed')
    .execute();
  return rows.map(({ position }) => position);
}

/** Deletes rows in which a check found no user. */
export async function deleteRows(tx: Tx, requestId: number, positions: readonly number[]) {
  await tx
    .deleteFrom('rows')
    .where('request_id', '=', requestId)
    .where('position', 'in', positions)
    .execute();
}
