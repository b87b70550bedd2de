/** The corrections of a file's requester in Slack, applied to the stored rows. Pure. */
import { knownColumn } from '../table/match-header.ts';
import type { CellProblem } from '../table/table.ts';
import { type KeptFinding, type KeptRow, replaceIn } from './kept-row.ts';

/** An unknown name, as it is written in the file, and its meaning. */
export type ChosenName = {
  readonly field: NameField;
  readonly from: string;
  readonly to: string;
};

export type NameField = 'routingProfile' | 'securityProfiles' | 'hierarchyGroup';

/** One answer for many rows. */
export type Correction =
  /** Every certain suggestion of the check before. */
  | { readonly kind: 'suggestions' }
  /** The chosen meaning of each unknown name. */
  | { readonly kind: 'names'; readonly names: readonly ChosenName[] };

/** A single corrected row: texts by the title of their column. */
export type RowCorrection = Readonly<Record<string, string>>;

export type StoredRow = {
  readonly cells: readonly string[];
  readonly kept: KeptRow | null;
  readonly correction: RowCorrection | null;
};

const nameFields: ReadonlySet<string> = new Set<NameField>([
  'routingProfile',
  'securityProfiles',
  'hierarchyGroup',
]);
const nameCodes: ReadonlySet<string> = new Set(['choice.unknown', 'choice.ambiguous']);

/** The unknown name of a finding; null for other kinds of findings. */
export function unknownName(
  finding: KeptFinding,
): { readonly field: NameField; readonly name: string; readonly at: number } | null {
  const { at, field, problem } = finding;
  const { name } = problem.params;
  if (at === null || typeof name !== 'string' || !isNameField(field)) return null;
  return nameCodes.has(problem.code) ? { field, name, at } : null;
}

function isNameField(field: string | undefined): field is NameField {
  return field !== undefined && nameFields.has(field);
}

export type CorrectedRow = {
  readonly cells: readonly string[];
  readonly problems: readonly CellProblem[];
  /** The number of cells that differ from before. */
  readonly changed: number;
};

/**
 * A stored row with all corrections. The findings of changed cells are removed with them; those of the whole row when
 * a person corrected the row in a form.
 *
 * @param headers the current ones: columns that a correction fills for the first time are at the end
 */
export function correctedRow(
  row: StoredRow,
  headers: readonly string[],
  corrections: readonly Correction[],
): CorrectedRow {
  const { kept, correction } = row;
  const cells = headers.map((_, at) => row.cells[at] ?? '');
  const before = [...cells];
  for (const finding of kept?.findings ?? []) {
    const by = answerTo(finding, corrections);
    if (by === undefined || finding.at === null) continue;
    cells[finding.at] = replaceIn(cells[finding.at] ?? '', finding, by);
  }
  for (const [title, text] of Object.entries(correction ?? {})) {
    const at = headers.indexOf(title);
    if (at >= 0) cells[at] = text;
  }
  const isChanged = (at: number) => cells[at] !== before[at];
  const problems = (kept?.problems ?? []).filter(({ column }) =>
    column === null ? correction === null : !isChanged(column),
  );
  const changed = cells.filter((_, at) => isChanged(at)).length;
  return { cells, problems, changed };
}

function answerTo(finding: KeptFinding, corrections: readonly Correction[]): string | undefined {
  const unknown = unknownName(finding);
  for (const correction of corrections) {
    if (correction.kind === 'suggestions') {
      if (finding.sure && finding.suggestion !== undefined) return finding.suggestion;
      continue;
    }
    const chosen = unknown
      ? correction.names.find(({ field, from }) => field === unknown.field && from === unknown.name)
      : undefined;
    if (chosen) return chosen.to;
  }
  return undefined;
}

/** The headers with the columns that corrections of single rows fill for the first time. */
export function headersWith(
  headers: readonly string[],
  corrections: Iterable<RowCorrection | null>,
): readonly string[] {
  const known = new Set(headers);
  for (const correction of corrections) {
    for (const title of Object.keys(correction ?? {})) {
      if (knownColumn(title)) known.add(title);
    }
  }
  return known.size === headers.length
    ? headers
    : [...headers, ...[...known].slice(headers.length)];
}
