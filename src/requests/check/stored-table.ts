/** Reads a file's table from its stored content, with the corrections in Slack since the last check. */
import type { Services } from '../../services.ts';
import type { RequestFileRecord } from '../../storage/schema.ts';
import { open } from '../../storage/secrets.ts';
import type { StoredTable } from '../../users/files/read-and-check.ts';
import { correctedRow, headersWith } from '../../users/files/repair/corrections.ts';
import { knownColumn } from '../../users/files/table/match-header.ts';
import { type TableRow, yieldToEventLoop } from '../../users/files/table/table.ts';
import { type RowToCheck, readRowsToCheck } from '../repair/repair-store.ts';
import { passwordContext } from '../submit/submit-request.ts';

const rowsAtOnce = 1000;

/**
 * Reads the table of a file that was checked before. The file itself is not fetched, because it can have been
 * deleted, as people are advised to do with a file that contains passwords. Typed passwords are decrypted for the
 * check, in memory only.
 */
export async function readStoredTable(
  services: Services,
  file: RequestFileRecord,
): Promise<StoredTable> {
  const { layout } = file;
  if (!layout) throw new Error(`the file of request ${file.request_id} was not read yet`);
  const records: RowToCheck[] = [];
  for (let after = 0; ; ) {
    const page = await readRowsToCheck(services.db, file.request_id, { after, limit: rowsAtOnce });
    records.push(...page);
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) break;
    after = last.position;
  }
  const headers = headersWith(
    layout.headers,
    records.map(({ correction }) => correction),
  );
  const passwordAt = headers.findIndex((header) => knownColumn(header)?.key === 'password');
  const rows: TableRow[] = [];
  for (const [index, record] of records.entries()) {
    const row = rowOf(record, headers, file);
    const password = passwordOf(services, file.request_id, record);
    if (password !== null && passwordAt >= 0) row.cells[passwordAt] = password;
    rows.push(row);
    if (index % rowsAtOnce === rowsAtOnce - 1) await yieldToEventLoop();
  }
  const { kind, headerRow, dialect, encoding = null, sheet = null, range } = layout;
  return {
    table: {
      kind,
      headerRow,
      headers,
      rows,
      dialect,
      encoding,
      sheet,
      ...(range !== undefined && { range }),
      leftOut: [],
    },
    positions: records.map(({ position }) => position),
    fileGroups: file.file_groups,
    notRead: file.summary?.notRead ?? [],
  };
}

function rowOf(record: RowToCheck, headers: readonly string[], file: RequestFileRecord) {
  const stored = { cells: record.cells ?? [], kept: record.kept, correction: record.correction };
  const { cells, problems } = correctedRow(stored, headers, file.corrections);
  const sheet = record.kept?.sheet;
  return {
    number: record.line ?? record.position,
    cells: [...cells],
    ...(problems.length > 0 && { problems }),
    ...(sheet !== undefined && { sheet }),
  };
}

function passwordOf(services: Services, requestId: number, record: RowToCheck): string | null {
  const box = record.password_cipher ?? record.kept_password;
  if (!box) return null;
  return open(services.config, box, passwordContext(requestId, record.position));
}
