/**
 * The users of a file in the form that the policy judges, with the names in the file, because ids are not looked up.
 */
import type { PolicyRow } from '../policy/facts.ts';
import type { ColumnKey } from '../users/files/table/known-columns.ts';
import { planColumns } from '../users/files/table/plan-columns.ts';
import type { Table } from '../users/files/table/table.ts';

export function usersOfTable(table: Table): PolicyRow[] {
  const plan = planColumns(table.headers, 'CONNECT_MANAGED', new Set(table.hiddenColumns));
  return table.rows.map(({ cells }) => {
    const cell = (key: ColumnKey) => cells[plan.at.get(key) ?? -1]?.trim() ?? '';
    const profiles = plan.securityProfiles.flatMap((at) => names(cells[at] ?? '', /[|;]/));
    const path = names(cell('userHierarchy') || cell('agentHierarchy'), '/');
    return {
      securityProfiles: profiles.map((name) => ({ id: name, name })),
      routingProfile: { id: cell('routingProfile'), name: cell('routingProfile') },
      ...(path.length > 0 ? { hierarchyGroup: { id: path.join('/'), path } } : {}),
      tags: tagsOf(cell('tags')),
    };
  });
}

function names(text: string, separator: string | RegExp): string[] {
  return text
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function tagsOf(text: string): Record<string, string> {
  const pairs = names(text, '|').map((pair) => pair.split('='));
  return Object.fromEntries(
    pairs.map(([key = '', ...value]) => [key.trim(), value.join('=').trim()]),
  );
}
