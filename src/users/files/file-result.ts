/** A checked file in the form for storing and showing: rows for the database, counts, and causes in words. Pure. */
import { explain, withSuggestion } from '../../errors/problem.ts';
import { shown, tidy } from '../../text/tidy.ts';
import { contentHash } from '../content-hash.ts';
import { fieldName } from '../fields/field-names.ts';
import { fullName } from '../full-name.ts';
import type { Named, NewUser, PasswordPlan, UserDraft } from '../new-user.ts';
import type { CheckedTable, CheckedTableRow, RowFinding } from './check/checked-table.ts';
import { whatWasLeftOut } from './check/describe-source.ts';
import type { Counted, FailureGroup, FileSummary, TableLayout } from './check/file-summary.ts';
import { type FindingGroup, groupFindings, rowsInWords } from './check/group-findings.ts';
import { holdsHiddenPassword, keptColumns } from './check/hide-passwords.ts';
import type { StoredTable } from './read-and-check.ts';
import { createRowKeeper, type KeptRow } from './repair/kept-row.ts';
import { repairSummary } from './repair/repair-summary.ts';
import { inCells } from './report/write-report.ts';
import { createLeftOut } from './table/build-table.ts';

export type FileResult = {
  readonly layout: TableLayout;
  readonly summary: FileSummary;
  readonly groups: readonly FailureGroup[];
  /** The groups that concern the file and not its rows: they stay when rows are corrected. */
  readonly fileGroups: readonly FailureGroup[];
  /** Of the good rows. */
  readonly contentHash: string;
  /** Usernames of rows that are valid except that the username already exists. */
  readonly takenUsernames: readonly string[];
};

/** One row as it is stored, except for its password, which is still in clear and must be sealed first (H4). */
export type ResultRow = {
  readonly position: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly state: 'wrong' | 'skipped' | 'waiting';
  readonly draft: UserDraft;
  readonly user: NewUser | null;
  readonly password: PasswordPlan | null;
  /** The typed password of a row that is valid or can be corrected. */
  readonly typedPassword: string | null;
  /** For correcting it in Slack; null for a valid row. */
  readonly kept: KeptRow | null;
  /** Stored for the report: the problems of the row in one text, and the suggestions in another. */
  readonly problemText: string;
  readonly suggestionText: string;
};

/** The result of a checked file. The rows are created one by one, because no caller needs all of them at once. */
export function fileResult(
  checked: CheckedTable,
  stored?: Pick<StoredTable, 'positions' | 'fileGroups' | 'notRead'>,
): {
  readonly result: FileResult;
  rows(): Generator<ResultRow>;
} {
  const keptRow = createRowKeeper(checked);
  const nobody = () => '';
  const fileGroups = stored?.fileGroups ?? [
    ...inWords(checked.remarks, nobody),
    ...leftOutGroups(checked),
  ];
  const good = checked.rows.flatMap(({ verdict }) => (verdict.kind === 'good' ? [verdict] : []));
  return {
    result: {
      layout: layoutOf(checked),
      summary: {
        ...summarize(checked),
        notRead: stored?.notRead ?? whatWasLeftOut(checked),
        repair: repairSummary(checked, keptRow),
      },
      groups: [
        ...inWords([...checked.findings, ...checked.warnings], namesByRow(checked)),
        ...fileGroups,
      ],
      fileGroups,
      contentHash: contentHash(good),
      takenUsernames: checked.rows.flatMap(({ verdict, draft }) =>
        verdict.kind === 'exists' ? [tidy(draft.username ?? '').text] : [],
      ),
    },
    rows: () => resultRows(checked, keptRow, stored?.positions),
  };
}

/** @param nameOf the name in a row, which is mentioned when a cause occurs in that row only */
function inWords(findings: readonly RowFinding[], nameOf: (row: number) => string): FailureGroup[] {
  return groupFindings(findings).map((group) => {
    const [row, ...more] = group.rows;
    const name = row !== undefined && more.length === 0 ? nameOf(row) : '';
    return {
      where: name === '' ? group.where : `${group.where}, ${name}`,
      sentence: sentenceOf(group),
    };
  });
}

/** The name of the person in a row, as far as it is known; empty otherwise. */
function namesByRow(checked: CheckedTable): (row: number) => string {
  let names: ReadonlyMap<number, string> | undefined;
  return (row) => {
    names ??= uniqueNames(checked);
    return names.get(row) ?? '';
  };
}

/** Rows of several sheets have the same numbers: such a row gets no name. */
function uniqueNames(checked: CheckedTable): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const { number, draft } of checked.rows) {
    names.set(number, names.has(number) ? '' : nameIn(draft));
  }
  return names;
}

/** A name that can be a password in a shifted row is not shown (H4). */
function nameIn({ firstName, lastName }: UserDraft): string {
  const name = [firstName, lastName]
    .map((part) => part?.trim() ?? '')
    .filter(Boolean)
    .join(' ');
  return name.length > longestName || /\d/.test(name) ? '' : shown(name);
}

/** A longer text is not a name that helps to find a row. */
const longestName = 60;

/** H4: unknown columns can contain anything, so none of their content is stored or returned. */
function layoutOf(checked: CheckedTable): TableLayout {
  const { kind, headerRow, headers, dialect, encoding, sheet, range } = checked.table;
  return {
    kind,
    headerRow,
    headers: keptColumns(checked.plan).map(({ at }) => headers[at] ?? ''),
    dialect,
    encoding,
    sheet,
    ...(range !== undefined && { range }),
  };
}

function* resultRows(
  checked: CheckedTable,
  keptRow: (index: number) => KeptRow | null,
  positions: readonly number[] | undefined,
): Generator<ResultRow> {
  const kept = keptColumns(checked.plan);
  let position = 0;
  for (const [index, row] of checked.rows.entries()) {
    const state = stateOf(row);
    // The file contains no user, so it is reported and not stored.
    if (state === null) continue;
    position += 1;
    const { password: typed, ...draft } = row.draft;
    const cells = checked.table.rows[index]?.cells ?? [];
    const good = row.verdict.kind === 'good' ? row.verdict : null;
    yield {
      position: positions?.[index] ?? position,
      line: row.number,
      // H4: a password is removed from the cell before the row is stored.
      cells: kept.map(({ key, at }) => (key === 'password' ? '' : (cells[at] ?? ''))),
      state,
      draft,
      user: good?.user ?? null,
      password: good?.password ?? null,
      typedPassword: good?.password === 'typed' || state === 'wrong' ? (typed ?? null) : null,
      kept: keptRow(index),
      ...remarkOf(row),
    };
  }
}

function stateOf(row: CheckedTableRow): ResultRow['state'] | null {
  switch (row.verdict.kind) {
    case 'good':
      return 'waiting';
    case 'created':
      return 'skipped';
    case 'empty':
      return null;
    case 'exists':
    case 'invalid':
      return 'wrong';
  }
}

/** The row's own columns in the report. */
function remarkOf(row: CheckedTableRow): { problemText: string; suggestionText: string } {
  const { verdict } = row;
  const findings =
    'findings' in verdict ? verdict.findings : verdict.kind === 'good' ? verdict.warnings : [];
  const { problem = '', suggestion } = inCells(findings);
  const corrected = row.corrections.map(({ column, field, to }) => {
    // H4: no part of a password is shown.
    const said = field === 'password' ? 'put right' : to === '' ? 'empty' : `taken as “${to}”`;
    return `${column ?? field}: ${said}`;
  });
  return {
    problemText: problem,
    suggestionText: [...(suggestion ? [suggestion] : []), ...corrected].join(' · '),
  };
}

/** Valid content of the file that is not requested, one entry per cause. */
function leftOutGroups(checked: CheckedTable): FailureGroup[] {
  const empty = createLeftOut();
  for (const { number, verdict } of checked.rows) {
    if ('problem' in verdict && verdict.problem) empty.add(verdict.problem, number);
  }
  return [...checked.table.leftOut, ...empty.list()].map(({ rows, problem }) => ({
    where: rowsInWords(rows),
    sentence: explain(problem),
  }));
}

/** One cause in words, with the possible replacement. */
function sentenceOf(group: FindingGroup): string {
  const { suggestion, others } = group;
  const said = withSuggestion(explain(group.problem), suggestion);
  // A header such as security_profile_name_1|security_profile_name_2 is harder to understand than the field's name.
  const column = group.field ? fieldName(group.field) : group.column;
  const more = others > 0 ? ` And ${others} more like this: see the report.` : '';
  return `${column ? `${column}: ` : ''}${said}${more}`;
}

/** Named on the card, so that a person sees garbled names. */
const peopleShown = 5;

function summarize(checked: CheckedTable): FileSummary {
  const { counts } = checked;
  const users = goodUsers(checked);
  return {
    rows: checked.rows.length - counts.empty,
    good: counts.good,
    wrong: counts.invalid + counts.exists,
    skipped: counts.created,
    corrected: checked.corrections.length,
    ...summarizeUsers(users),
    passwords: checked.rows.some((row) => row.draft.password) || holdsHiddenPassword(checked.table),
  };
}

/** The part of a summary about the users themselves. */
export function summarizeUsers(
  users: readonly NewUser[],
): Required<Pick<FileSummary, 'securityProfiles' | 'routingProfiles' | 'people'>> {
  return {
    securityProfiles: counted(users.flatMap((user) => user.securityProfiles)),
    routingProfiles: counted(users.map((user) => user.routingProfile)),
    people: users.slice(0, peopleShown).map((user) => ({
      name: fullName(user),
      username: user.username,
    })),
  };
}

function goodUsers(checked: CheckedTable): NewUser[] {
  return checked.rows.flatMap(({ verdict }) => (verdict.kind === 'good' ? [verdict.user] : []));
}

/** Each once, with its number of occurrences, most frequent first. */
function counted(profiles: readonly Named[]): Counted[] {
  const counts = new Map<string, { id: string; name: string; count: number }>();
  for (const { id, name } of profiles) {
    const known = counts.get(id);
    if (known) known.count++;
    else counts.set(id, { id, name, count: 1 });
  }
  return [...counts.values()].sort((left, right) => right.count - left.count);
}
