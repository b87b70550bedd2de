/**
 * An invalid row for a form: a field for each of its columns, the invalid ones first, with findings at their fields.
 * Pure.
 */
import { explain, withSuggestion } from '../../../errors/problem.ts';
import type { UserField } from '../../new-user.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import { columnOf } from '../table/match-header.ts';
import { placeColumns } from '../table/plan-columns.ts';
import { type KeptFinding, type KeptRow, replaceIn } from './kept-row.ts';

export type RowField = {
  /** The title of its column in the stored table, which a correction uses. */
  readonly title: string;
  readonly key: ColumnKey;
  /** The current text of the cell, or the suggestion when that is certain. */
  readonly text: string;
  /** The problems in sentences; empty for a valid field. */
  readonly findings: readonly string[];
};

export type RowForm = {
  readonly fields: readonly RowField[];
  /** The problems of the row as a whole. */
  readonly findings: readonly string[];
};

/** A report's own columns and the instance cannot be corrected here. */
const notShown: ReadonlySet<ColumnKey> = new Set([
  'status',
  'user_id',
  'user_arn',
  'problem',
  'suggestion',
]);

/** Every column that is read, with its title in the stored table. */
export function shownColumns(
  headers: readonly string[],
): { readonly at: number; readonly key: ColumnKey; readonly title: string }[] {
  const { at, securityProfiles } = placeColumns(headers);
  const [, ...more] = securityProfiles;
  return [...at, ...more.map((index) => ['securityProfiles', index] as const)]
    .filter(([key]) => !notShown.has(key))
    .map(([key, index]) => ({ at: index, key, title: headers[index] ?? '' }))
    .sort((left, right) => left.at - right.at);
}

export function rowForm(
  headers: readonly string[],
  cells: readonly string[],
  kept: Pick<KeptRow, 'findings'>,
): RowForm {
  const shown = shownColumns(headers);
  const fields = shown.map(({ at, key, title }): RowField => {
    const findings = kept.findings.filter((finding) => finding.at === at);
    const text = findings.reduce(
      (cell, finding) =>
        finding.sure && finding.suggestion !== undefined
          ? replaceIn(cell, finding, finding.suggestion)
          : cell,
      cells[at] ?? '',
    );
    // H4: a password is never shown. It can only be typed again.
    return { title, key, text: key === 'password' ? '' : text, findings: findings.map(said) };
  });
  const elsewhere = kept.findings.filter(
    ({ at }) => at === null || !shown.some((column) => column.at === at),
  );
  const missing = new Map<ColumnKey, string[]>();
  const ofRow: string[] = [];
  for (const finding of elsewhere) {
    const key = finding.field && keyOf(finding.field);
    const isAsked = key !== undefined && key !== 'password';
    if (!isAsked || shown.some((column) => column.key === key)) ofRow.push(said(finding));
    else missing.set(key, [...(missing.get(key) ?? []), said(finding)]);
  }
  const added = [...missing].map(([key, findings]): RowField => {
    return { title: columnOf(key).title, key, text: '', findings };
  });
  const all = [...fields, ...added];
  // A password without a finding stays unchanged, because it cannot be shown.
  const wanted = all.filter(({ key, findings }) => key !== 'password' || findings.length > 0);
  return {
    fields: [
      ...wanted.filter(({ findings }) => findings.length > 0),
      ...wanted.filter(({ findings }) => findings.length === 0),
    ],
    findings: ofRow,
  };
}

function said({ problem, suggestion }: KeptFinding): string {
  return withSuggestion(explain(problem), suggestion);
}

/** The column that a field without one gets. */
function keyOf(field: UserField): ColumnKey | undefined {
  if (field === 'channels') return undefined;
  return field === 'hierarchyGroup' ? 'agentHierarchy' : field;
}
