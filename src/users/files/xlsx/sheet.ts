/** The cells of one sheet, row by row, each as a text. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { type CellProblem, type FileLimits, isBlank } from '../table/table.ts';
import type { NumberText } from './number-text.ts';
import { unescaped } from './shared.ts';
import { readXml } from './xml.ts';

export type SheetRow = {
  readonly number: number;
  readonly cells: readonly string[];
  readonly problems: readonly CellProblem[];
};

export type SheetDeps = {
  readonly sharedStrings: readonly string[];
  readonly numberText: NumberText;
  readonly limits: FileLimits;
  /** Hears of each row that has something in it. */
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
};

/** `_x0041_` is one letter, so that many letters of a value may come to one of a cell. */
const lettersOfEscape = 7;
/** Of one row: more of them tell nobody more. */
const mostProblems = 10;

/** Excel's last row. */
const lastRow = 1_048_576;

/** Goes through the sheet. Formulas count by the value that was saved with them. Throws `ProblemError`. */
export async function readSheet(pieces: AsyncIterable<string>, deps: SheetDeps): Promise<void> {
  let row = 0;
  let cells: string[] = [];
  let problems: CellProblem[] = [];
  let column = -1;
  let cell: Cell | undefined;
  /** Whose text is being read: the value's, or the text's of a cell that holds its own. */
  let reading = false;
  let aids = 0;
  let over = false;

  const endCell = (it: Cell): void => {
    const text = textOf(it, deps);
    if (it.hasFormula && !it.hasValue && problems.length < mostProblems) {
      problems.push({ column: it.column, problem: problem('row.formula-without-value') });
    }
    if (text === '') return;
    const { columns } = deps.limits;
    if (it.column >= columns && text.trim() !== '') {
      throw new ProblemError(problem('file.too-many-columns', { limit: columns }));
    }
    while (cells.length < it.column && cells.length < columns) cells.push('');
    cells[Math.min(it.column, columns)] = text;
  };

  await readXml(pieces, {
    done: () => over,
    open: (name, attributes) => {
      if (over) return;
      switch (name) {
        case 'row': {
          const told = Number(attributes.get('r'));
          row = Number.isInteger(told) && told > row && told <= lastRow ? told : row + 1;
          cells = [];
          problems = [];
          column = -1;
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
          };
          return;
        }
        case 'f':
          if (cell) cell.hasFormula = true;
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
      if (!reading || !cell || over) return;
      if (cell.value.length <= deps.limits.cellCharacters * lettersOfEscape) cell.value += text;
    },
    close: (name) => {
      if (over) return;
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'rPh') aids -= 1;
      else if (name === 'c' && cell) {
        endCell(cell);
        cell = undefined;
      } else if (name === 'row' && (problems.length > 0 || !isBlank(cells))) {
        deps.onRow({ number: row, cells, problems });
      } else if (name === 'sheetData') {
        over = true;
      }
    },
  });
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
      return numberText(cell.value, cell.style);
  }
}

/** `AB12` is column 27, from 0; undefined where no letters stand. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/i.exec(reference ?? '')?.[0].toUpperCase();
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
