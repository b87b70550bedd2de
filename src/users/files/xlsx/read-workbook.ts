/** An Excel workbook (.xlsx) into a table. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { type Headers, headersOf, rowOf } from '../table/rows.ts';
import { type FileLimits, standardDialect, type Table, type TableRow } from '../table/table.ts';
import { createNumberText } from './number-text.ts';
import { planWorkbook } from './package.ts';
import { openParts, type Parts } from './parts.ts';
import { readFormats, readSharedStrings } from './shared.ts';
import { readSheet } from './sheet.ts';

/**
 * Reads the sheet called Users, or else the first. Throws `ProblemError`; whatever else goes wrong between
 * here and the zip means that the workbook is damaged, and stays as the cause.
 */
export async function readWorkbook(bytes: Uint8Array, limits: FileLimits): Promise<Table> {
  let parts: Parts | undefined;
  try {
    parts = await openParts(bytes, limits);
    return await readParts(parts, limits);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(problem('file.workbook-broken'), { cause });
  } finally {
    parts?.close();
  }
}

async function readParts(parts: Parts, limits: FileLimits): Promise<Table> {
  const plan = await planWorkbook(parts);
  const sharedStrings = plan.sharedStrings
    ? await readSharedStrings(plan.sharedStrings, parts, limits)
    : [];
  const formats = plan.styles ? await readFormats(plan.styles, parts) : { ids: [], own: new Map() };
  let headers: Headers | undefined;
  const rows: TableRow[] = [];
  await readSheet(parts.read(plan.sheet), {
    sharedStrings,
    numberText: createNumberText(formats.ids, formats.own, plan.date1904),
    limits,
    onRow: ({ number, cells, problems }) => {
      if (!headers) {
        headers = headersOf(number, cells, limits);
        return;
      }
      if (rows.length >= limits.rows) {
        throw new ProblemError(problem('file.too-many-rows', { limit: limits.rows }));
      }
      // A sheet leaves blank cells out; that none is missing is in its nature.
      const whole = headers.texts
        .map((_, at) => cells[at] ?? '')
        .concat(cells.slice(headers.texts.length));
      const known = problems.filter((it) => (it.column ?? 0) < (headers?.texts.length ?? 0));
      rows.push(rowOf(number, whole, headers, known));
    },
  });
  if (!headers) throw new ProblemError(problem('file.empty'));
  return {
    kind: 'xlsx',
    headerRow: headers.row,
    headers: headers.texts,
    rows,
    dialect: standardDialect,
  };
}
