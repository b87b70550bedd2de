/** The cells of one sheet, one row at a time, as text. */
import { type Problem, ProblemError, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { FileLimits } from '../table/file-limits.ts';
import { type CellProblem, isBlank } from '../table/table.ts';
import { hasLostDigits, type NumberText } from './number-text.ts';
import { unescaped } from './shared.ts';
import { readXml } from './xml.ts';

export type SheetRow = {
  readonly number: number;
  readonly cells: readonly string[];
  readonly problems: readonly CellProblem[];
  /** Not shown: hidden by a filter, by hand, or in a closed group. */
  readonly hidden: boolean;
};

export type SheetDeps = {
  readonly sharedStrings: readonly string[];
  readonly numberText: NumberText;
  readonly limits: FileLimits;
  /** Whether the text of each cell style is struck through. */
  readonly struck: readonly boolean[];
  /** The workbook is calculated when it is opened, so it does not contain the results of its formulas. */
  readonly isUncalculated: boolean;
  /** Called with the hidden columns, from 0, before the first row. */
  onHiddenColumns?(from: number, to: number): void;
  /** Called with merged cells, after the last row, such as `G2:G3`. */
  onMerged?(range: string): void;
  /** Called after each row: true ends the reading early. */
  isEnough?(): boolean;
  /** Called with each row that is not empty. */
  onRow(row: SheetRow): void;
};

/** A cell while it is being read. */
type Cell = {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  hasValue: boolean;
  hasFormula: boolean;
  formula: string;
};

/** `_x0041_` is one character, so a value can have many times as many characters as its cell. */
const lettersOfEscape = 7;
/** A sentence shows the beginning of a formula. */
const longestFormula = 200;
/** The limit for one row; more would not be useful. */
const mostProblems = 10;

/** Excel's last row. */
const lastRow = 1_048_576;

const rowStruck: CellProblem = { column: null, problem: problem('row.struck-out') };
/** The elements after the merged cells in a sheet (ECMA-376, CT_Worksheet), which can be large. */
const belowMerged: ReadonlySet<string> = new Set([
  'phoneticPr',
  'conditionalFormatting',
  'dataValidations',
  'hyperlinks',
  'printOptions',
  'pageMargins',
  'pageSetup',
  'headerFooter',
  'rowBreaks',
  'ignoredErrors',
  'drawing',
  'legacyDrawing',
  'tableParts',
  'extLst',
]);

/** Reads the sheet. Formulas count with the value that was saved with them. Throws `ProblemError`. */
export async function readSheet(pieces: AsyncIterable<string>, deps: SheetDeps): Promise<void> {
  let row = 0;
  let cells: string[] = [];
  let problems: CellProblem[] = [];
  let column = -1;
  let cell: Cell | undefined;
  /** Whether text is being read: of the value, or of a cell with inline text. */
  let reading = false;
  let readingFormula = false;
  let aids = 0;
  let over = false;
  let hidden = false;
  let filled = 0;
  let struck: CellProblem[] = [];

  const endCell = (cell: Cell): void => {
    const text = textOf(cell, deps);
    const why = whatIsWrong(cell, text, deps);
    if (why && problems.length < mostProblems) problems.push({ column: cell.column, problem: why });
    if (text === '') return;
    filled += 1;
    if (deps.struck[cell.style] === true && struck.length < mostProblems) {
      struck.push({
        column: cell.column,
        problem: problem('cell.struck-out', { value: shown(text) }),
      });
    }
    const { columns } = deps.limits;
    if (cell.column >= columns && text.trim() !== '') {
      throw new ProblemError(problem('file.too-many-columns', { limit: columns }));
    }
    while (cells.length < cell.column && cells.length < columns) cells.push('');
    cells[Math.min(cell.column, columns)] = text;
  };

  await readXml(pieces, {
    done: () => over,
    open: (name, attributes) => {
      if (over) return;
      if (belowMerged.has(name)) {
        over = true;
        return;
      }
      switch (name) {
        case 'mergeCell':
          deps.onMerged?.(attributes.get('ref') ?? '');
          return;
        case 'row': {
          const told = Number(attributes.get('r'));
          row = Number.isInteger(told) && told > row && told <= lastRow ? told : row + 1;
          cells = [];
          problems = [];
          struck = [];
          filled = 0;
          column = -1;
          hidden = isOn(attributes.get('hidden')) || attributes.get('ht') === '0';
          return;
        }
        case 'col': {
          const isHidden = isOn(attributes.get('hidden')) || attributes.get('width') === '0';
          if (!isHidden) return;
          deps.onHiddenColumns?.(
            Math.max(Number(attributes.get('min')), 1) - 1,
            Math.min(Number(attributes.get('max')), deps.limits.columns) - 1,
          );
          return;
        }
        case 'c': {
          column = columnOf(attributes.get('r')) ?? column + 1;
          cell = {
            column,
            type: attributes.get('t') ?? 'n',
            style: Number(attributes.get('s') ?? 0),
            value: '',
            hasValue: false,
            hasFormula: false,
            formula: '',
          };
          return;
        }
        case 'f':
          if (cell) cell.hasFormula = true;
          readingFormula = true;
          return;
        case 'rPh':
          aids += 1;
          return;
        case 'v':
        case 't':
          reading = aids === 0;
          if (cell) cell.hasValue = true;
      }
    },
    text: (text) => {
      if (readingFormula && cell && cell.formula.length < longestFormula) cell.formula += text;
      if (!reading || !cell || over) return;
      if (cell.value.length <= deps.limits.cellCharacters * lettersOfEscape) cell.value += text;
    },
    close: (name) => {
      if (over) return;
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'f') readingFormula = false;
      else if (name === 'rPh') aids -= 1;
      else if (name === 'c' && cell) {
        endCell(cell);
        cell = undefined;
      } else if (name === 'row' && (problems.length > 0 || !isBlank(cells))) {
        const all = struck.length < filled ? struck : [rowStruck];
        deps.onRow({
          number: row,
          cells,
          problems: struck.length === 0 ? problems : [...problems, ...all],
          hidden,
        });
        over = deps.isEnough?.() ?? false;
      } else if (name === 'mergeCells' || (name === 'sheetData' && !deps.onMerged)) {
        over = true;
      }
    },
  });
}

/** Why the value of a cell differs from its author's intention, as far as the cell itself shows it. */
function whatIsWrong(cell: Cell, text: string, deps: SheetDeps): Problem | undefined {
  const { type, hasFormula, hasValue } = cell;
  const formula = shown(cell.formula === '' ? '' : `=${cell.formula}`);
  if (type === 'e') {
    const error = shown(text);
    return formula === ''
      ? problem('cell.error', { error })
      : problem('cell.error-formula', { error, formula });
  }
  // Programs that write workbooks omit the value, leave it empty, or write a 0.
  if (hasFormula && !hasValue) return problem('row.formula-without-value');
  // The result of a formula can be an empty text.
  if (hasFormula && type !== 'str') {
    if (cell.value.trim() === '') return problem('row.formula-without-value');
    if (Number(cell.value) === 0 && type === 'n') {
      if (deps.isUncalculated) return problem('row.formula-without-value');
      return problem('cell.formula-zero', { formula: formula === '' ? '=…' : formula });
    }
  }
  if (type === 'n' && hasLostDigits(cell.value)) return problem('cell.digits-lost');
  const isDate = type === 'd' || (type === 'n' && hasValue && deps.numberText.isDate(cell.style));
  return isDate && text !== '' ? problem('cell.stored-as-date', { value: shown(text) }) : undefined;
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function textOf(cell: Cell, { sharedStrings, numberText }: SheetDeps): string {
  switch (cell.type) {
    case 's':
      return cell.hasValue ? (sharedStrings[Number(cell.value)] ?? '') : '';
    case 'inlineStr':
    case 'str':
      return unescaped(cell.value);
    case 'b':
      return cell.hasValue ? (cell.value.trim() === '1' ? 'TRUE' : 'FALSE') : '';
    case 'e':
    case 'd':
      return cell.value;
    default:
      return numberText.textOf(cell.value, cell.style);
  }
}

/** `AB12` is column 27, counted from 0; undefined when the reference has no letters. */
export function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/i.exec(reference ?? '')?.[0].toUpperCase();
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
