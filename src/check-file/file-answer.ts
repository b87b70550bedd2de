/** The result of checking a file, as the JSON that `npm run check-file -- FILE --json` prints. */
import { toCreateUserInput } from '../connect/aws/to-create-user.ts';
import { explain, type Problem } from '../errors/problem.ts';
import type {
  CheckedTable,
  RowCorrection,
  RowFinding,
  RowVerdict,
} from '../users/files/check/checked-table.ts';
import type { FileOption, FileQuestion } from '../users/files/table/file-question.ts';

export type FileAnswer = {
  /** The text's encoding by its WHATWG name; null for a workbook, or when the file was refused. */
  readonly encoding: string | null;
  /** The sheet that was read; null for a text file. */
  readonly sheet: string | null;
  /** The cells of the sheet that were read, as `A3:K120`; null for a text file, or where several sheets were read. */
  readonly range: string | null;
  /** The parts of the file that were not read as users, in the file's order. */
  readonly leftOut: readonly LeftOutAnswer[];
  readonly rows: readonly RowAnswer[];
  /** Why the whole file cannot be used; null when its rows were checked. */
  readonly refusal: {
    readonly code: string;
    readonly message: string;
    /** The possible answers where the bot would ask in Slack, with the first names in each reading. */
    readonly options?: readonly FileOption[];
  } | null;
};

export type LeftOutAnswer = {
  readonly column: string | null;
  /** Empty for a column or a whole sheet. */
  readonly lines: readonly number[];
  readonly code: string;
  readonly message: string;
};

export type RowAnswer = {
  /** Only where several sheets were read together. */
  readonly sheet?: string;
  /** The row's number as people see it in the file: a spreadsheet's row, a CSV's record. */
  readonly line: number;
  readonly status: 'ready' | 'wrong' | 'empty';
  /** CreateUser's input as it would be sent, without the password and the bot's own tag; null unless ready. */
  readonly user: ReturnType<typeof toCreateUserInput> | null;
  readonly findings: readonly FindingAnswer[];
};

export type FindingAnswer = {
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  readonly suggestion: string | null;
};

/** The answer for a file whose rows were checked. */
export function answerOf(checked: CheckedTable, instanceId: string): FileAnswer {
  const { table } = checked;
  return {
    encoding: table.encoding,
    sheet: table.sheet,
    range: table.range ?? null,
    leftOut: [
      ...table.leftOut.map(({ column, rows, problem }) => leftOutAnswer(problem, rows, column)),
      ...checked.remarks.map(({ column, row, problem }) =>
        leftOutAnswer(problem, row === null ? [] : [row], column),
      ),
    ],
    rows: checked.rows.map(({ number, sheet, verdict, corrections }) => ({
      ...(sheet !== undefined && { sheet }),
      line: number,
      status: statusOf(verdict),
      user:
        verdict.kind === 'good' ? toCreateUserInput(instanceId, verdict.user, undefined, {}) : null,
      findings: [...findingsOf(verdict).map(findingAnswer), ...notesOf(corrections)],
    })),
    refusal: null,
  };
}

/** The answer for a file that cannot be used at all. */
export function refusalAnswer(refusal: Problem): FileAnswer {
  return {
    encoding: null,
    sheet: null,
    range: null,
    leftOut: [],
    rows: [],
    refusal: { code: refusal.code, message: explain(refusal) },
  };
}

/** The answer for a file that can be read in several ways, between which only its sender can choose. */
export function questionAnswer({ problem: asked, options }: FileQuestion): FileAnswer {
  const refusal = { code: asked.code, message: explain(asked), options };
  return { ...refusalAnswer(asked), refusal };
}

/** 0: every row is ready. 1: some are wrong. 2: the file is refused. */
export function exitCodeOf(answer: FileAnswer): 0 | 1 | 2 {
  if (answer.refusal) return 2;
  return answer.rows.some((row) => row.status === 'wrong') ? 1 : 0;
}

function statusOf(verdict: RowVerdict): RowAnswer['status'] {
  switch (verdict.kind) {
    case 'good':
      return 'ready';
    case 'created':
    case 'empty':
      return 'empty';
    case 'exists':
    case 'invalid':
      return 'wrong';
  }
}

function findingsOf(
  verdict: RowVerdict,
): readonly Pick<RowFinding, 'column' | 'code' | 'problem' | 'suggestion'>[] {
  if (verdict.kind === 'empty') {
    const { problem } = verdict;
    return [{ column: null, code: problem.code, problem }];
  }
  if ('findings' in verdict) return verdict.findings;
  return verdict.kind === 'good' ? verdict.warnings : [];
}

function findingAnswer(finding: ReturnType<typeof findingsOf>[number]): FindingAnswer {
  return {
    column: finding.column,
    code: finding.code,
    message: explain(finding.problem),
    suggestion: finding.suggestion ?? null,
  };
}

/** Values whose form was changed, other than by removing surrounding spaces. */
function notesOf(corrections: readonly RowCorrection[]): FindingAnswer[] {
  return corrections.flatMap(({ column, field, from, to }) => {
    if (from.trim().normalize('NFC') === to) return [];
    const said = to === '' ? 'Taken as an empty cell.' : `Taken as “${to}”.`;
    const message = field === 'password' ? 'Taken as no password.' : said;
    return [{ column, code: 'note.taken-as', message, suggestion: null }];
  });
}

function leftOutAnswer(
  problem: Problem,
  lines: readonly number[],
  column: string | null,
): LeftOutAnswer {
  return { column, lines, code: problem.code, message: explain(problem) };
}
