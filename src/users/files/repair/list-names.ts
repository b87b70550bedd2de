/** The unknown names of a checked file, each once. Pure. */
import { type NameField, unknownName } from './corrections.ts';
import type { RowWithFindings } from './list-suggestions.ts';

export type UnknownName = {
  readonly field: NameField;
  /** As it is written in the file. */
  readonly name: string;
  /** In ascending order. */
  readonly rows: readonly number[];
  /** The instance's nearest name, if there is one. */
  readonly suggestion?: string;
};

/** Lists them, those of most rows first. */
export function listUnknownNames(rows: readonly RowWithFindings[]): UnknownName[] {
  const names = new Map<string, UnknownName & { readonly rows: number[] }>();
  for (const { position, line, kept } of rows) {
    for (const finding of kept?.findings ?? []) {
      const unknown = unknownName(finding);
      if (!unknown) continue;
      const { field, name } = unknown;
      const { suggestion } = finding;
      const key = `${field} ${name}`;
      const row = line ?? position;
      const known = names.get(key);
      if (!known) {
        names.set(key, {
          field,
          name,
          rows: [row],
          ...(suggestion !== undefined && { suggestion }),
        });
      } else if (known.rows.at(-1) !== row) known.rows.push(row);
    }
  }
  return [...names.values()].sort(
    (left, right) =>
      right.rows.length - left.rows.length || (left.rows[0] ?? 0) - (right.rows[0] ?? 0),
  );
}
