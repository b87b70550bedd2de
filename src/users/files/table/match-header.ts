/** Determines the column of a header in any spelling. */
import { fieldName } from '../../fields/field-names.ts';
import {
  type Column,
  type ColumnKey,
  columns,
  type HierarchyLevel,
  reportTitles,
} from './known-columns.ts';

/** The longest header that could be one of ours, several times over. */
const longestHeader = 300;

const byKey = new Map(columns.map((column) => [column.key, column]));

/** A column with the precision of its header: 0 its own title, 1 another name, 2 a name with lower precedence. */
export type KnownColumn = { readonly column: Column; readonly rank: 0 | 1 | 2 };

const bySpelling = new Map<string, KnownColumn>(
  columns.flatMap((column) => [
    ...(column.alternates ?? []).map(
      (spelling) => [spelling, { column, rank: 2 as const }] as const,
    ),
    ...column.spellings.map((spelling) => [spelling, { column, rank: 1 as const }] as const),
    [lettersOf(column.title), { column, rank: 0 as const }] as const,
  ]),
);

/** The column of a header, ignoring case, spaces and hints in brackets; undefined when there is none. */
export function knownColumn(header: string): Column | undefined {
  return knownHeader(header)?.column;
}

/** The same, with its precision. */
export function knownHeader(header: string): KnownColumn | undefined {
  if (header.length > longestHeader) return undefined;
  const letters = lettersOf(header);
  const level = hierarchyLevelOf(header, letters);
  if (level) return { column: columnOf(`hierarchyLevel.${level}`), rank: 1 };
  // Directories mark what must be filled in: "User name [userPrincipalName] Required".
  const found =
    bySpelling.get(letters) ??
    bySpelling.get(letters.replace(/(?:required|mandatory|optional|pflichtfeld)$/u, '')) ??
    columnOfAllParts(header) ??
    columnWithoutPrefix(letters);
  if (found && isReportColumn(found.column.key)) {
    // "User ID" is a common name for the login; only the report's own spelling means the report's column.
    const { title } = found.column;
    return header.trim().toLowerCase() === title.toLowerCase() ? found : undefined;
  }
  return found;
}

/** `Surname / Last name`: two names of one column. */
function columnOfAllParts(header: string): KnownColumn | undefined {
  if (!header.includes('/')) return undefined;
  const [first, ...others] = header.split('/').map((part) => bySpelling.get(lettersOf(part)));
  const isOne = others.every((known) => known?.column.key === first?.column.key);
  return first && isOne ? first : undefined;
}

/** `user.firstName`, `profile.login`, `Employee first name`: the prefix has no meaning for us. */
function columnWithoutPrefix(letters: string): KnownColumn | undefined {
  const rest = letters.replace(
    /^(?:user|profile|agent|employee|person|member|staff|worker|name)/u,
    '',
  );
  const found = rest === letters ? undefined : bySpelling.get(rest);
  return found && { ...found, rank: 2 };
}

/** The column of a key. */
export function columnOf(key: ColumnKey): Column {
  const column = byKey.get(key);
  if (!column) throw new Error(`no column ${key}`);
  return column;
}

/**
 * The displayed name of a column: the name of its field in the form. If a header with that name would mean another
 * column, the title in Amazon Connect's file instead, so that a person who uses this name gets the right column.
 */
export function plainName({ key, title, field }: Column): string {
  const name = field && fieldName(field);
  return name !== undefined && knownColumn(name)?.key === key ? name : title;
}

/** Every spelling of a user's column, with the displayed name of the column; for "did you mean". */
export function spellingsOf(isWanted: (key: ColumnKey) => boolean): ReadonlyMap<string, string> {
  return new Map(
    [...bySpelling].flatMap(([spelling, { column }]) =>
      column.field && isWanted(column.key) ? [[spelling, plainName(column)] as const] : [],
    ),
  );
}

function isReportColumn(key: ColumnKey): boolean {
  return reportTitles.some((title) => title === key);
}

const levelHeaders =
  /^(?:user|agent)?hierarchy(?:group)?(?:level)?(?:one|two|three|four|five)?(?:name)?$|^level(?:one|two|three|four|five)?$/;
const levelWords: readonly string[] = ['one', 'two', 'three', 'four', 'five'];

/** `user_hierarchy_2`, `Hierarchy Level 2`, `Agent hierarchy level two`: one level of a path. */
function hierarchyLevelOf(header: string, letters: string): HierarchyLevel | undefined {
  if (header.includes('|') || !levelHeaders.test(letters)) return undefined;
  const digits = /\d+/.exec(header)?.[0];
  const word = levelWords.findIndex((text) => new RegExp(`${text}(?:name)?$`).test(letters));
  const level = digits === undefined ? word + 1 : Number(digits);
  return level === 1 || level === 2 || level === 3 || level === 4 || level === 5
    ? level
    : undefined;
}

/** `security_profile_name_1|security_profile_name_2` is `securityprofilename`: numbered columns count as one. */
export function lettersOf(header: string): string {
  const plain = header
    .slice(0, longestHeader)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)?|\[[^\]]*\]?|\b(?:yes\/no|soft\/desk)\)?/g, '');
  const [first = '', ...others] = plain.split('|').map((part) => part.replace(/\P{L}/gu, ''));
  return others.every((unit) => unit === first) ? first : [first, ...others].join('|');
}
