/** Converts an Excel workbook (.xlsx) into a table: which of its sheets, and which part of them. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import { headerAmong, headerWithin, knownCells } from '../table/build-table.ts';
import type { FileLimits } from '../table/file-limits.ts';
import {
  allSheets,
  type FileChoices,
  type FileOption,
  FileQuestionError,
} from '../table/file-question.ts';
import { knownColumn } from '../table/match-header.ts';
import { type LeftOut, standardDialect, type Table } from '../table/table.ts';
import { letterOf, listsSheet } from '../templates/workbook-xml.ts';
import { joinSheets } from './join-sheets.ts';
import { createNumberText } from './number-text.ts';
import { planWorkbook, type WorkbookPlan, type WorkbookSheet } from './package.ts';
import { openParts, type Parts } from './parts.ts';
import { readFormats, readSharedStrings } from './shared.ts';
import { readSheet, type SheetDeps, type SheetRow } from './sheet.ts';
import { readSheetTable, type SheetTable } from './sheet-table.ts';

/** The number of suitable sheets after which the search ends. */
const mostSheets = 50;
/** A preview in a question shows this many people. */
const previewed = 3;

/**
 * Reads the relevant sheet: the one that is visible and has a suitable header, or the one that was open when the
 * workbook was saved. Hidden sheets, rows and columns are not read. Throws `FileQuestionError` when several sheets
 * are suitable, and `ProblemError`; any other error while unzipping and reading means that the workbook is damaged,
 * and becomes the cause.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  limits: FileLimits,
  choices: FileChoices = {},
): Promise<Table> {
  let parts: Parts | undefined;
  try {
    parts = await openParts(bytes, limits);
    return await readParts(parts, limits, choices);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(problem('file.workbook-broken'), { cause });
  } finally {
    parts?.close();
  }
}

type Reading = Omit<SheetDeps, 'onRow'>;

async function readParts(parts: Parts, limits: FileLimits, choices: FileChoices): Promise<Table> {
  const plan = await planWorkbook(parts);
  const sharedStrings = plan.sharedStrings
    ? await readSharedStrings(plan.sharedStrings, parts, limits)
    : [];
  const formats = plan.styles
    ? await readFormats(plan.styles, parts)
    : { ids: [], own: new Map(), struck: [] };
  const reading: Reading = {
    sharedStrings,
    numberText: createNumberText(formats.ids, formats.own, plan.date1904),
    limits,
    struck: formats.struck,
    isUncalculated: plan.isUncalculated,
  };
  const looks = await lookAtSheets(plan, parts, reading);
  const chosen = chooseSheets(looks, choices);
  const tables: SheetTable[] = [];
  for (const { sheet } of chosen) {
    tables.push(await readSheetTable(sheet.name, parts.read(sheet.target), reading));
  }
  const joined = joinSheets(tables, limits);
  if (!joined) throw new ProblemError(problem('file.empty'));
  const last = joined.rows.at(-1)?.number ?? joined.headerRow;
  const names = chosen.map(({ sheet }) => sheet.name);
  return {
    kind: 'xlsx',
    ...joined,
    dialect: standardDialect,
    encoding: null,
    sheet: names.join(', '),
    ...(names.length === 1 && {
      range: `${letterOf(firstColumn(joined.headers))}${joined.headerRow}:${letterOf(joined.headers.length - 1)}${last}`,
    }),
    leftOut: [...otherSheets(plan, looks, names), ...joined.leftOut],
  };
}

function firstColumn(headers: readonly string[]): number {
  return Math.max(
    0,
    headers.findIndex((header) => header.trim() !== ''),
  );
}

/** The facts about a sheet from its first rows. */
type Look = {
  readonly sheet: WorkbookSheet;
  readonly isEmpty: boolean;
  /** Whether its header can be that of a file of users, with at least one user below it. */
  readonly fits: boolean;
  readonly preview: readonly string[];
};

async function lookAtSheets(plan: WorkbookPlan, parts: Parts, reading: Reading): Promise<Look[]> {
  const shownSheets = plan.sheets.filter(({ hidden }) => !hidden).slice(0, mostSheets);
  if (shownSheets.length === 0) throw new ProblemError(problem('file.sheets-hidden'));
  const looks: Look[] = [];
  for (const sheet of shownSheets) {
    const rows: SheetRow[] = [];
    await readSheet(parts.read(sheet.target), {
      ...reading,
      isEnough: () => rows.length >= headerWithin + previewed,
      onRow: (row) => {
        if (!row.hidden) rows.push(row);
      },
    });
    looks.push(lookOf(sheet, rows));
  }
  return looks;
}

function lookOf(sheet: WorkbookSheet, rows: readonly SheetRow[]): Look {
  const at = headerAmong(rows.slice(0, headerWithin).map(({ cells }) => cells));
  const header = rows[at]?.cells ?? [];
  const below = rows.slice(at + 1);
  const keys: readonly (string | undefined)[] = header.map((cell) => knownColumn(cell)?.key);
  const naming = ['firstName', 'lastName', 'username'].filter((key) => keys.includes(key));
  const fits = below.length > 0 && knownCells(header) >= 3 && naming.length > 0;
  const textOf = (row: SheetRow, key: string) => row.cells[keys.indexOf(key)] ?? '';
  const preview = below
    .map((row) =>
      ['firstName', 'lastName', 'username']
        .map((key) => textOf(row, key).trim())
        .join(' ')
        .trim(),
    )
    .filter((text) => text !== '')
    .slice(0, previewed);
  return { sheet, isEmpty: rows.length === 0, fits, preview };
}

function chooseSheets(looks: readonly Look[], { sheet: wanted }: FileChoices): readonly Look[] {
  const fitting = looks.filter(({ fits }) => fits);
  if (wanted === allSheets && fitting.length > 0) return fitting;
  if (wanted !== undefined) {
    const named = looks.filter(({ sheet }) => sheet.name === wanted);
    if (named.length > 0) return named;
    throw new ProblemError(problem('file.no-such-sheet', { sheet: shown(wanted) }));
  }
  if (fitting.length > 1) throw new FileQuestionError(questionOf(fitting));
  const open = looks.find(({ sheet }) => sheet.active);
  const filled = looks.filter(({ isEmpty }) => !isEmpty);
  const named = filled.find(({ sheet }) => sheet.name.trim().toLowerCase() === 'users');
  const found = fitting[0] ?? named ?? filled.find((look) => look === open) ?? filled[0];
  if (!found) throw new ProblemError(problem('file.empty'));
  return [found];
}

function questionOf(fitting: readonly Look[]) {
  const list = fitting.map(({ sheet }) => `“${shown(sheet.name)}”`).join(', ');
  const options: FileOption[] = fitting.map(({ sheet, preview }) => ({
    value: sheet.name,
    label: sheet.active ? `${sheet.name} (the open one)` : sheet.name,
    preview,
  }));
  return {
    kind: 'sheet' as const,
    problem: problem('file.which-sheet', { sheets: list }),
    options: [
      ...options,
      { value: allSheets, label: `All ${fitting.length} sheets together`, preview: [] },
    ],
  };
}

/** The sheets that are not read, without empty ones and the lists of our own template. */
function otherSheets(
  plan: WorkbookPlan,
  looks: readonly Look[],
  names: readonly string[],
): LeftOut[] {
  const empty = new Set(looks.filter(({ isEmpty }) => isEmpty).map(({ sheet }) => sheet.name));
  return plan.sheets.flatMap(({ name, hidden }): LeftOut[] => {
    if (names.includes(name) || empty.has(name) || (hidden && name === listsSheet)) return [];
    const params = { sheet: shown(name) };
    const why = hidden
      ? problem('left-out.sheet-hidden', params)
      : problem('left-out.sheet', params);
    return [{ problem: why, rows: [], column: null }];
  });
}
