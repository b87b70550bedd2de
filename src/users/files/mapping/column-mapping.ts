/**
 * The column mapping of a file from another system, as its sender chose it: applied, it gives the columns our titles.
 * Pure.
 */
import { createHash } from 'node:crypto';
import { problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import { columnOf, knownColumn } from '../table/match-header.ts';
import type { LeftOut, Table } from '../table/table.ts';

/** The columns that a mapping can contain. */
export const mappableKeys = [
  'firstName',
  'lastName',
  'username',
  'email',
  'routingProfile',
  'securityProfiles',
  'agentHierarchy',
] as const satisfies readonly ColumnKey[];
export type MappableKey = (typeof mappableKeys)[number];

export type ColumnMapping = {
  /** The position of each among the file's columns, from 0. */
  readonly columns: Readonly<Partial<Record<MappableKey, number>>>;
  /** The values for every row. */
  readonly values: Readonly<Partial<Record<MappableKey | 'preset', string>>>;
};

/** A mapping and the header that it is for. */
export type HeaderMapping = { readonly headerHash: string; readonly mapping: ColumnMapping };

/** The same for headers that differ only in case and spaces. */
export function headerHash(headers: readonly string[]): string {
  const plain = headers.map((header) => header.trim().toLowerCase());
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}

/**
 * The table with its columns renamed to known ones. Columns with two meanings are copied, and values for every row are
 * added. A known column that the mapping takes from a different one is no longer read under its own name.
 */
export function mappedTable(table: Table, mappings: readonly HeaderMapping[]): Table {
  if (mappings.length === 0 || table.kind === 'json') return table;
  const hash = headerHash(table.headers);
  const mapping = mappings.find((candidate) => candidate.headerHash === hash)?.mapping;
  if (!mapping) return table;
  const headers = [...table.headers];
  const added: { readonly from: number | null; readonly text: string }[] = [];
  const taken = new Set<number>();
  const keysOf = new Set<ColumnKey>(
    mappableKeys.filter((key) => mapping.columns[key] !== undefined || mapping.values[key]),
  );
  for (const [index, header] of table.headers.entries()) {
    const key = knownColumn(header)?.key;
    // With its own name, the column would be the second one of its kind.
    if (key !== undefined && keysOf.has(key) && mapping.columns[key as MappableKey] !== index) {
      headers[index] = `${header} (not used)`;
    }
  }
  for (const key of mappableKeys) {
    const index = mapping.columns[key];
    const value = mapping.values[key];
    const { title } = columnOf(key);
    if (index !== undefined && index < table.headers.length) {
      const own = knownColumn(table.headers[index] ?? '')?.key;
      if (own === key) continue;
      // A column that is also read under its own name, such as an address that is also the username.
      const isOthers =
        own !== undefined && (!keysOf.has(own) || mapping.columns[own as MappableKey] === index);
      if (taken.has(index) || isOthers) {
        headers.push(title);
        added.push({ from: index, text: '' });
      } else {
        headers[index] = title;
        taken.add(index);
      }
    } else if (value !== undefined && value !== '') {
      headers.push(title);
      added.push({ from: null, text: value });
    }
  }
  const { preset } = mapping.values;
  if (preset) {
    headers.push(columnOf('preset').title);
    added.push({ from: null, text: preset });
  }
  const rows = table.rows.map((row) => ({
    ...row,
    cells: [
      ...row.cells,
      ...added.map(({ from, text }) => (from === null ? text : (row.cells[from] ?? ''))),
    ],
  }));
  return { ...table, headers, rows, leftOut: [...table.leftOut, mappingUsed(table, mapping)] };
}

/** Shown with every file that is read with a mapping, because people forget their choices. */
function mappingUsed(table: Table, { columns, values }: ColumnMapping): LeftOut {
  const list = ([...mappableKeys, 'preset'] as const)
    .flatMap((key) => {
      const index = key === 'preset' ? undefined : columns[key];
      const { title } = columnOf(key);
      if (index !== undefined) return [`${title}: “${shown(table.headers[index] ?? '')}”`];
      return values[key] ? [`${title}: ${shown(values[key])} for all`] : [];
    })
    .join(', ');
  return { problem: problem('mapping.used', { list }), rows: [], column: null };
}
