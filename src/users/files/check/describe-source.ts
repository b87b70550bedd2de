/** Short descriptions for cards and offers: which part of a file was read, and what was left out. Pure. */
import type { Problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import { encodingLabel } from '../encodings/detect-encoding.ts';
import type { LeftOut } from '../table/table.ts';
import type { CheckedTable } from './checked-table.ts';
import type { TableLayout } from './file-summary.ts';
import { rowsInWords } from './group-findings.ts';

/** How many names and groups of rows of one kind are listed individually. */
const mostOfAKind = 4;

/**
 * `sheet “Agents”, A3:K49`, `text in Japanese (Shift JIS)`; empty for a text file in UTF-8, in which nothing
 * had to be chosen.
 */
export function whatWasRead(
  layout: Partial<Pick<TableLayout, 'sheet' | 'range' | 'encoding'>> | null,
): string {
  const { sheet, range, encoding } = layout ?? {};
  if (sheet) {
    if (range === undefined) return `sheets “${shown(sheet)}”`;
    return `sheet “${shown(sheet)}”, ${range}`;
  }
  if (!encoding || encoding === 'utf-8') return '';
  if (encoding === 'utf-8-twice') return 'text that was encoded in UTF-8 twice';
  return `text in ${encodingLabel(encoding)}`;
}

/**
 * `hidden sheet “Old”`, `rows 5–7 (hidden)`, `columns “Notes” and “Team”`: one entry per kind, in the file's order.
 */
export function whatWasLeftOut(checked: CheckedTable): string[] {
  const emptyRows = checked.rows.flatMap(({ number, verdict }): LeftOut[] =>
    'problem' in verdict && verdict.problem && verdict.kind === 'empty'
      ? [{ problem: verdict.problem, rows: [number], column: null }]
      : [],
  );
  const columns = checked.remarks.map(({ problem }) => ({ problem, rows: [], column: null }));
  const kinds = new Map<string, { readonly names: string[]; readonly rows: number[] }>();
  for (const { problem, rows } of [...checked.table.leftOut, ...columns, ...emptyRows]) {
    const { kind, name } = kindOf(problem);
    const known = kinds.get(kind) ?? { names: [], rows: [] };
    if (name !== undefined) known.names.push(`“${name}”`);
    known.rows.push(...rows);
    kinds.set(kind, known);
  }
  return [...kinds].map(([kind, { names, rows }]) => {
    if (rows.length > 0) return `${lowerFirst(rowsInWords(rows.sort(ascending)))} (${kind})`;
    if (names.length === 0) return kind;
    return `${names.length > 1 ? `${kind}s` : kind} ${listed(names)}`;
  });
}

const ascending = (left: number, right: number) => left - right;

function kindOf({ code, params }: Problem): { readonly kind: string; readonly name?: string } {
  const named = (kind: string, name: unknown) => ({ kind, name: String(name) });
  switch (code) {
    case 'left-out.sheet':
      return named('sheet', params.sheet);
    case 'left-out.sheet-hidden':
      return named('hidden sheet', params.sheet);
    case 'left-out.rows-hidden':
      return { kind: 'hidden' };
    case 'left-out.title':
      return { kind: 'above the header' };
    case 'left-out.type-line':
      return { kind: 'type of PowerShell' };
    case 'left-out.comment':
      return { kind: 'comment' };
    case 'left-out.total':
      return { kind: 'total' };
    case 'left-out.rule':
      return { kind: 'line between rows' };
    case 'left-out.header-again':
      return { kind: 'header once more' };
    case 'left-out.skeleton':
      return named('placeholder', params.member);
    case 'left-out.more-pages':
      return { kind: 'the other pages of the output' };
    case 'row.example':
      return { kind: 'example of the template' };
    case 'row.defaults-only':
      return { kind: 'nobody in it' };
    case 'column.hidden':
      return named('hidden column', params.column);
    case 'column.second':
    case 'column.unknown':
      return named('column', params.column);
    default:
      return { kind: 'other parts' };
  }
}

function listed(names: readonly string[]): string {
  const more = names.length - mostOfAKind;
  if (more > 0) return `${names.slice(0, mostOfAKind).join(', ')} and ${more} more`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
