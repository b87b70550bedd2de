/** The suggestions of a checked file as a person reads them before they are applied: each change once. Pure. */
import { shown } from '../../../text/tidy.ts';
import { fieldName } from '../../fields/field-names.ts';
import { knownColumn } from '../table/match-header.ts';
import { type KeptRow, replaceIn } from './kept-row.ts';

export type SuggestedChange = {
  /** The displayed name of the field; the uploader's header when it belongs to no field. */
  readonly column: string;
  readonly from: string;
  readonly to: string;
  /** In ascending order. */
  readonly rows: readonly number[];
};

export type SuggestionList = {
  readonly changes: readonly SuggestedChange[];
  /** Cells that change, and the number of their rows. */
  readonly cells: number;
  readonly rows: number;
};

export type RowWithFindings = {
  readonly position: number;
  readonly line: number | null;
  readonly cells: readonly string[] | null;
  readonly kept: KeptRow | null;
};

/** Lists the changes of every certain suggestion, those with the most rows first. */
export function listSuggestions(
  headers: readonly string[],
  rows: readonly RowWithFindings[],
): SuggestionList {
  const changes = new Map<string, SuggestedChange & { readonly rows: number[] }>();
  const changedRows = new Set<number>();
  let cells = 0;
  for (const { position, line, cells: texts, kept } of rows) {
    for (const finding of kept?.findings ?? []) {
      const { at, sure, suggestion, part } = finding;
      if (!sure || at === null || suggestion === undefined) continue;
      const column = titleOf(headers[at] ?? '');
      const from = part ?? texts?.[at] ?? '';
      const to = part === undefined ? replaceIn(from, finding, suggestion) : suggestion;
      const key = JSON.stringify([at, from, to]);
      const row = line ?? position;
      const known = changes.get(key);
      if (known) known.rows.push(row);
      else changes.set(key, { column, from: shown(from), to: shown(to), rows: [row] });
      cells += 1;
      changedRows.add(position);
    }
  }
  return {
    changes: [...changes.values()].sort(
      (left, right) =>
        right.rows.length - left.rows.length || (left.rows[0] ?? 0) - (right.rows[0] ?? 0),
    ),
    cells,
    rows: changedRows.size,
  };
}

/** A header such as security_profile_name_1|security_profile_name_2 is harder to understand than the field's name. */
function titleOf(header: string): string {
  const field = knownColumn(header)?.field;
  return field === undefined ? header.trim() : fieldName(field);
}
