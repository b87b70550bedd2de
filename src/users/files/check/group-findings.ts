/** Findings in a form for a phone screen: one entry per cause, with its rows. */
import type { Problem } from '../../../errors/problem.ts';
import type { UserField } from '../../new-user.ts';
import type { RowFinding } from './checked-table.ts';

export type FindingGroup = {
  readonly code: Problem['code'];
  /** The uploader's header; null when whole rows are meant. */
  readonly column: string | null;
  /** The field of the user; absent where no field is behind the column. */
  readonly field?: UserField;
  /** In ascending order; empty for something about the whole file. */
  readonly rows: readonly number[];
  /** `Row 4`, `Rows 4, 9 and 17`, `Rows 4–9 and 12`; empty for something about the whole file. */
  readonly where: string;
  /** Of the first of these rows. */
  readonly problem: Problem;
  readonly suggestion?: string;
  /** How many other values have the same kind of mistake; their sentences are in the report. */
  readonly others: number;
};

/** More causes of one kind than this, each in a single row, are shown as one. */
const mostSingles = 2;
/** More rows or ranges than this are not listed. */
const mostRanges = 8;

type Cause = { readonly first: RowFinding; readonly rows: Set<number>; others: number };

/** Groups findings by cause, those with the most rows first. */
export function groupFindings(findings: readonly RowFinding[]): FindingGroup[] {
  const causes = new Map<string, Cause>();
  for (const finding of findings) {
    const { code, column, problem, suggestion } = finding;
    add(causes, JSON.stringify([code, column, problem.params, suggestion]), finding);
  }
  return mergeSingles([...causes.values()])
    .map(groupOf)
    .sort(
      (left, right) => right.rows.length - left.rows.length || firstRow(left) - firstRow(right),
    );
}

function add(causes: Map<string, Cause>, key: string, finding: RowFinding): void {
  const cause = causes.get(key) ?? { first: finding, rows: new Set(), others: 0 };
  if (finding.row !== null) cause.rows.add(finding.row);
  causes.set(key, cause);
}

/** A thousand different misspelled addresses are one kind of mistake, and not a thousand messages. */
function mergeSingles(causes: readonly Cause[]): Cause[] {
  const kinds = new Map<string, Cause[]>();
  const kept: Cause[] = [];
  for (const cause of causes) {
    const { code, column } = cause.first;
    if (cause.rows.size !== 1) kept.push(cause);
    else {
      const kind = JSON.stringify([code, column]);
      const same = kinds.get(kind);
      if (same) same.push(cause);
      else kinds.set(kind, [cause]);
    }
  }
  for (const same of kinds.values()) {
    const [first] = same;
    if (!first || same.length <= mostSingles) kept.push(...same);
    else {
      const rows = new Set(same.flatMap((cause) => [...cause.rows]));
      kept.push({ first: first.first, rows, others: same.length - 1 });
    }
  }
  return kept;
}

function groupOf({ first, rows, others }: Cause): FindingGroup {
  const sorted = [...rows].sort((left, right) => left - right);
  const { code, column, field, problem, suggestion } = first;
  return {
    code,
    column,
    ...(field && { field }),
    rows: sorted,
    where: rowsInWords(sorted),
    problem,
    ...(suggestion !== undefined && { suggestion }),
    others,
  };
}

function firstRow(group: FindingGroup): number {
  return group.rows[0] ?? 0;
}

/** `Rows 4–9 and 12`: ranges of three rows or more, limited in length; the numbers must be ascending. */
export function rowsInWords(rows: readonly number[]): string {
  if (rows.length === 0) return '';
  if (rows.length === 1) return `Row ${rows[0]}`;
  const ranges: { from: number; to: number }[] = [];
  for (const row of rows) {
    const last = ranges.at(-1);
    if (last && row === last.to + 1) last.to = row;
    else ranges.push({ from: row, to: row });
  }
  const texts = ranges.flatMap(({ from, to }) => {
    if (from === to) return [`${from}`];
    return to === from + 1 ? [`${from}`, `${to}`] : [`${from}–${to}`];
  });
  if (texts.length <= mostRanges) return `Rows ${inWords(texts)}`;
  const shownRows = ranges.reduce(
    (so, { from, to }) => {
      if (so.texts.length >= mostRanges) return so;
      so.texts.push(from === to ? `${from}` : `${from}–${to}`);
      so.count += to - from + 1;
      return so;
    },
    { texts: [] as string[], count: 0 },
  );
  const more = rows.length - shownRows.count;
  return more > 0
    ? `Rows ${shownRows.texts.join(', ')} and ${more} more`
    : `Rows ${inWords(shownRows.texts)}`;
}

function inWords(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}
