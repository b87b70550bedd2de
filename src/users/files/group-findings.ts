/** Findings as people read them on a phone: one entry a cause, with every row that it hits. */
import { explain } from '../../errors.ts';
import type { RowFinding } from './checked-table.ts';

export type FindingGroup = {
  /** The column, what is wrong, and what could stand there instead; plain text. */
  readonly sentence: string;
  /** As in `TableRow.number`, ascending, each once; empty for something about the whole file. */
  readonly rows: readonly number[];
};

/** Most rows first; causes that hit as many stand in the order of the file. */
export function groupFindings(findings: readonly RowFinding[]): FindingGroup[] {
  const groups = new Map<string, Set<number>>();
  for (const finding of findings) {
    const sentence = sentenceOfFinding(finding);
    const rows = groups.get(sentence) ?? new Set();
    if (finding.row !== null) rows.add(finding.row);
    groups.set(sentence, rows);
  }
  return [...groups]
    .map(([sentence, rows]) => ({ sentence, rows: [...rows].sort((one, other) => one - other) }))
    .sort((one, other) => other.rows.length - one.rows.length);
}

/** "routing profile name: There is no … Did you mean Basic Routing Profile?" */
export function sentenceOfFinding(finding: RowFinding): string {
  const { column, suggestion } = finding;
  const said = explain(finding.problem);
  const meant = suggestion && !said.includes(suggestion) ? ` Did you mean ${suggestion}?` : '';
  return `${column ? `${column}: ` : ''}${said}${meant}`;
}
