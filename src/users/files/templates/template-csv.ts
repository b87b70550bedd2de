/** The template as CSV. */
import type { IdentityMode } from '../../new-user.ts';
import { writeCsv } from '../report/write-csv.ts';
import { standardDialect } from '../table/table.ts';
import { exampleCells, type TemplateOffer, templateColumns } from './example.ts';

/** The website's header for this identity mode, the newer columns, and one example row that passes. */
export function templateCsv(mode: IdentityMode, offer: TemplateOffer): Uint8Array {
  const columns = templateColumns(mode);
  const example = exampleCells(offer);
  return writeCsv(
    [columns.map((column) => column.title), columns.map((column) => example.get(column.key) ?? '')],
    standardDialect,
  );
}
