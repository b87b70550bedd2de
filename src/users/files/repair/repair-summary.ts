/** What can be corrected in Slack in a checked file, in numbers, which determines the buttons of its answer. Pure. */
import type { CheckedTable } from '../check/checked-table.ts';
import type { RepairSummary } from '../check/file-summary.ts';
import { unknownName } from './corrections.ts';
import type { KeptRow } from './kept-row.ts';

export function repairSummary(
  checked: CheckedTable,
  keptRow: (index: number) => KeptRow | null,
): RepairSummary {
  let suggestions = 0;
  let rows = 0;
  const names = new Set<string>();
  for (const [index, { verdict }] of checked.rows.entries()) {
    if (verdict.kind === 'invalid') rows += 1;
    for (const finding of keptRow(index)?.findings ?? []) {
      if (finding.sure) suggestions += 1;
      const unknown = unknownName(finding);
      if (unknown) names.add(`${unknown.field} ${unknown.name}`);
    }
  }
  return { suggestions, names: names.size, rows };
}
