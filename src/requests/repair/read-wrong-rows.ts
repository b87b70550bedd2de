/** The invalid rows of a checked file, all of them or the next one. */
import type { Db } from '../../storage/database.ts';
import { readWrongRows, type WrongRow } from './repair-store.ts';

const rowsAtOnce = 1000;

export async function readAllWrongRows(db: Db, requestId: number): Promise<WrongRow[]> {
  const rows: WrongRow[] = [];
  for (let after = 0; ; ) {
    const page = await readWrongRows(db, requestId, { after, limit: rowsAtOnce });
    rows.push(...page);
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) return rows;
    after = last.position;
  }
}
