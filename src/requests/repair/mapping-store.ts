/** The SQL of column mappings: one exported function per statement. */
import { sql } from 'kysely';
import type { Db, Tx } from '../../storage/database.ts';
import { toJson } from '../../text/storable.ts';
import type { ColumnMapping, HeaderMapping } from '../../users/files/mapping/column-mapping.ts';
import type { FileChoices, FileQuestion } from '../../users/files/table/file-question.ts';

/** More headers than one person has; only the latest are kept. */
const mostMappings = 50;

export async function readMappings(db: Db, personId: string): Promise<HeaderMapping[]> {
  const rows = await db
    .selectFrom('file_mappings')
    .select(['header_hash', 'mapping'])
    .where('person_id', '=', personId)
    .orderBy('told_at', 'desc')
    .limit(mostMappings)
    .execute();
  return rows.map(({ header_hash: headerHash, mapping }) => ({ headerHash, mapping }));
}

/** Remembers a person's mapping of a header, which replaces the earlier one. */
export async function setMapping(
  tx: Tx,
  personId: string,
  headerHash: string,
  mapping: ColumnMapping,
  now: Date,
) {
  const told = { mapping: toJson(mapping), told_at: now };
  await tx
    .insertInto('file_mappings')
    .values({ person_id: personId, header_hash: headerHash, ...told })
    .onConflict((conflict) => conflict.columns(['person_id', 'header_hash']).doUpdateSet(told))
    .execute();
}

/** The header of a file that cannot be read without a mapping. */
export async function setFileHeaders(tx: Tx, requestId: number, headers: readonly string[]) {
  await tx
    .updateTable('request_files')
    .set({ headers: toJson(headers) })
    .where('request_id', '=', requestId)
    .execute();
}

/** The question that only its sender can answer. */
export async function setQuestion(tx: Tx, requestId: number, question: FileQuestion) {
  await tx
    .updateTable('request_files')
    .set({ question: toJson(question) })
    .where('request_id', '=', requestId)
    .execute();
}

/** The uploader's answer. The question is closed and the file is read again. */
export async function setChoices(tx: Tx, requestId: number, choices: FileChoices) {
  await sql`
    update request_files set choices = ${toJson(choices)}, question = null, refusal = null
    where request_id = ${requestId}`.execute(tx);
}

/** The file is read again, so the reason why it was refused is deleted. */
export async function clearRefusal(tx: Tx, requestId: number) {
  await sql`update request_files set refusal = null where request_id = ${requestId}`.execute(tx);
}
