/** The template as CSV. */
import type { IdentityMode } from '../../new-user.ts';
import { writeCsv } from '../report/write-csv.ts';
import { standardDialect } from '../table/table.ts';
import { exampleCells, type TemplateOffer, type TemplateRow, templateColumns } from './example.ts';

/**
 * The website's header for this identity mode, the newer columns, and one example row that passes.
 *
 * @param filled rows in place of the example
 */
export function templateCsv(
  mode: IdentityMode,
  offer: TemplateOffer,
  filled: readonly TemplateRow[] = [exampleCells(offer)],
): Uint8Array {
  const columns = templateColumns(mode, offer);
  return writeCsv(
    [
      columns.map((column) => column.title),
      ...filled.map((row) => columns.map((column) => row.get(column.key) ?? '')),
    ],
    standardDialect,
  );
}
