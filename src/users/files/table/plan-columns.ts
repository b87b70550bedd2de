/** Assigns the columns of a file: known ones, those left out, and missing ones. */
import { type Problem, ProblemError, problem } from '../../../errors/problem.ts';
import { createNearest } from '../../../text/nearest.ts';
import { shown } from '../../../text/tidy.ts';
import { looksLikePassword, type PasswordClues } from '../../fields/password-like.ts';
import type { IdentityMode } from '../../new-user.ts';
import { ColumnsMissingError } from './columns-missing.ts';
import { statusColumns } from './inactive-rows.ts';
import type { ColumnKey } from './known-columns.ts';
import { columnOf, knownHeader, lettersOf, plainName, spellingsOf } from './match-header.ts';
import type { Table } from './table.ts';

/** A column that is not read, and why. */
export type UnreadColumn = {
  readonly index: number;
  readonly header: string;
  readonly problem: Problem;
  /** The displayed name of the column that was probably meant. */
  readonly suggestion?: string;
};

export type ColumnPlan = {
  /** The position of each column, from 0; of several for security profiles, the first. */
  readonly at: ReadonlyMap<ColumnKey, number>;
  /** All columns for security profiles, if there is one for each. */
  readonly securityProfiles: readonly number[];
  readonly unread: readonly UnreadColumn[];
};

const headerClues: PasswordClues = { names: [], strict: false };

const neededEverywhere: readonly ColumnKey[] = ['username', 'routingProfile', 'securityProfiles'];

/** Without these no row could be valid. An existing directory provides the names of its people. */
function neededColumns(mode: IdentityMode): readonly ColumnKey[] {
  return mode === 'EXISTING_DIRECTORY'
    ? neededEverywhere
    : ['firstName', 'lastName', ...neededEverywhere];
}

/**
 * Assigns the columns, as `placeColumns` does. Also throws `ProblemError` when a required column is missing.
 *
 * @param hidden the columns that the spreadsheet does not show, which are not read
 * @param kind the kind of file: for JSON the members of CreateUser are reported as missing
 */
export function planColumns(
  headers: readonly string[],
  mode: IdentityMode,
  hidden: ReadonlySet<number> = new Set(),
  kind: Table['kind'] = 'csv',
): ColumnPlan {
  const plan = placeColumns(headers, hidden);
  assertNeeded(plan, headers, mode, kind);
  return plan;
}

/**
 * Assigns the columns. Unknown ones are left out and reported; of two with the same meaning the one with the more
 * precise name is read. Throws `ProblemError` when two have exactly the same meaning.
 */
export function placeColumns(
  headers: readonly string[],
  hidden: ReadonlySet<number> = new Set(),
): ColumnPlan {
  const at = new Map<ColumnKey, number>();
  const ranks = new Map<ColumnKey, number>();
  const securityProfiles: number[] = [];
  const strangers: { index: number; header: string }[] = [];
  const unread: UnreadColumn[] = [];
  const ofStatus = new Set(statusColumns(headers).map(({ at: index }) => index));
  for (const [index, header] of headers.entries()) {
    if (header.trim() === '') continue;
    const known = knownHeader(header);
    if (hidden.has(index)) {
      unread.push({ index, header, problem: problem('column.hidden', { column: shown(header) }) });
      continue;
    }
    if (!known) {
      if (!ofStatus.has(index)) strangers.push({ index, header });
      continue;
    }
    const { key } = known.column;
    if (key === 'securityProfiles') securityProfiles.push(index);
    const before = at.get(key);
    if (before === undefined) {
      at.set(key, index);
      ranks.set(key, known.rank);
      continue;
    }
    if (key === 'securityProfiles' && areNumbered(headers[before] ?? '', header)) continue;
    const rankBefore = rankOf(headers[before] ?? '', ranks.get(key) ?? 0);
    const rank = rankOf(header, known.rank);
    if (rankBefore === rank) {
      const params = { one: shown(headers[before] ?? ''), other: shown(header) };
      throw new ProblemError(problem('file.columns-double', params));
    }
    const [used, left] = rankBefore < rank ? [before, index] : [index, before];
    at.set(key, used);
    ranks.set(key, Math.min(ranks.get(key) ?? 0, known.rank));
    const params = { column: shown(headers[left] ?? ''), used: shown(headers[used] ?? '') };
    unread.push({
      index: left,
      header: headers[left] ?? '',
      problem: problem('column.second', params),
    });
  }
  const nearestColumn = createNearestColumn(at);
  for (const { index, header } of strangers) {
    const suggestion = nearestColumn(header);
    // When the header row is missing, the first user is in its place.
    const text = looksLikePassword(header, headerClues) ? `column ${index + 1}` : header;
    const why = problem('column.unknown', { column: shown(text) });
    unread.push({
      index,
      header: text,
      problem: why,
      ...(suggestion !== undefined && { suggestion }),
    });
  }
  unread.sort((left, right) => left.index - right.index);
  return { at, securityProfiles, unread };
}

/**
 * Of a legal name and a preferred one the preferred one is read, because colleagues and callers know the person by
 * it.
 */
function rankOf(header: string, rank: number): number {
  return /\blegal\b/i.test(header) ? rank + 0.5 : rank;
}

/** `security profile 1` and `security profile 2`: a column for each profile. */
function areNumbered(header: string, laterHeader: string): boolean {
  const number = (text: string) => /\d+(?=\D*$)/.exec(text)?.[0];
  return number(laterHeader) !== undefined && number(header) !== number(laterHeader);
}

/** "Did you mean" among the columns that the file does not have yet. */
function createNearestColumn(
  taken: ReadonlyMap<ColumnKey, number>,
): (header: string) => string | undefined {
  const names = spellingsOf((key) => !taken.has(key));
  // Spellings of one column are similar; the first match among them is sufficient.
  const nearest = createNearest([...names.keys()]);
  return (header) => {
    const found = nearest(lettersOf(header));
    return found === undefined ? undefined : names.get(found);
  };
}

/** Columns of other systems' exports that contain both names. */
const fullNames = new Set([
  'name',
  'fullname',
  'displayname',
  'employeename',
  'agentname',
  'worker',
  'employee',
  'realname',
  'vollständigername',
  'anzeigename',
  'nomcomplet',
  'nombrecompleto',
  'lastnamefirstname',
  'lastfirst',
  'namelastfirst',
  'surnamefirstname',
]);
/** `Employee #`, `Worker ID`: a number and not a name. */
const aNumber = /[#№]|\b(?:id|no|nr|number)\b/i;

/** CreateUser's names for the columns that may be missing. */
const members = new Map<ColumnKey, string>([
  ['firstName', 'IdentityInfo.FirstName'],
  ['lastName', 'IdentityInfo.LastName'],
  ['username', 'Username'],
  ['routingProfile', 'RoutingProfileId'],
  ['securityProfiles', 'SecurityProfileIds'],
]);

function assertNeeded(
  plan: ColumnPlan,
  headers: readonly string[],
  mode: IdentityMode,
  kind: Table['kind'],
): void {
  // A preset may provide these values. A row that still lacks one gets a finding of its own.
  const ofPreset: readonly ColumnKey[] = ['username', 'routingProfile', 'securityProfiles'];
  const hasPresets = plan.at.has('preset');
  const missing = neededColumns(mode).filter(
    (key) => !plan.at.has(key) && !(hasPresets && ofPreset.includes(key)),
  );
  if (missing.length === 0) return;
  const names = missing.map((key) => plainName(columnOf(key)));
  if (kind === 'json') {
    const named = missing.map((key) => `“${members.get(key) ?? plainName(columnOf(key))}”`);
    throw new ProblemError(problem('file.members-missing', { columns: named.join(', ') }));
  }
  const columns = names.map((name) => `“${name}”`).join(', ');
  const why =
    missingHidden(plan, missing, columns) ??
    missingFullName(plan, missing, columns) ??
    missingGuess(plan, names, columns) ??
    missingUsername(plan, missing, headers, columns) ??
    problem('file.columns-missing', { columns });
  // Where the header is missing, the first user is in its place, maybe with a password (H4).
  const isHeader = !headers.some((header) => looksLikePassword(header, headerClues));
  throw isHeader ? new ColumnsMissingError(why, headers) : new ProblemError(why);
}

function missingHidden(
  plan: ColumnPlan,
  missing: readonly ColumnKey[],
  columns: string,
): Problem | undefined {
  const hidden = plan.unread.find(({ header, problem: why }) => {
    const key = knownHeader(header)?.column.key;
    return why.code === 'column.hidden' && key !== undefined && missing.includes(key);
  });
  return (
    hidden && problem('file.columns-missing-hidden', { columns, header: shown(hidden.header) })
  );
}

function missingFullName(
  plan: ColumnPlan,
  missing: readonly ColumnKey[],
  columns: string,
): Problem | undefined {
  if (!missing.includes('firstName') || !missing.includes('lastName')) return undefined;
  const both = plan.unread.find(
    ({ header }) => fullNames.has(lettersOf(header)) && !aNumber.test(header),
  );
  return both && problem('file.columns-missing-full-name', { columns, header: shown(both.header) });
}

function missingGuess(
  plan: ColumnPlan,
  names: readonly string[],
  columns: string,
): Problem | undefined {
  const meant = plan.unread.find(
    ({ suggestion }) => suggestion !== undefined && names.includes(suggestion),
  );
  if (meant?.suggestion === undefined) return undefined;
  const params = { columns, header: shown(meant.header), guess: meant.suggestion };
  return problem('file.columns-missing-guess', params);
}

/** Exports of directories have no login for Amazon Connect; people usually sign in with their email address. */
function missingUsername(
  plan: ColumnPlan,
  missing: readonly ColumnKey[],
  headers: readonly string[],
  columns: string,
): Problem | undefined {
  const email = plan.at.get('email');
  if (!missing.includes('username') || email === undefined) return undefined;
  return problem('file.columns-missing-login', { columns, header: shown(headers[email] ?? '') });
}
