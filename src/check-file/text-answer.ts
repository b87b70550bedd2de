/** The result of checking a file, as text for a terminal. */
import { forTerminal } from '../text/terminal.ts';
import { rowsInWords } from '../users/files/check/group-findings.ts';
import type { FileAnswer } from './file-answer.ts';

/** One line per finding, after a line with the number of valid rows. */
export function textAnswer(name: string, answer: FileAnswer): string {
  if (answer.refusal) return `${forTerminal(`${name}: ${answer.refusal.message}`)}\n`;
  const count = (status: string) => answer.rows.filter((row) => row.status === status).length;
  const read = [
    answer.encoding ?? '',
    answer.sheet === null ? '' : `sheet “${answer.sheet}”`,
    answer.range ?? '',
  ];
  const lines = [
    `${name} (${read.filter((part) => part !== '').join(', ') || 'workbook'}): ${count('ready')} ready, ${count('wrong')} wrong, ${count('empty')} empty`,
    ...answer.leftOut.map(
      ({ lines, message }) => `  ${lines.length === 0 ? '' : `${rowsInWords(lines)}: `}${message}`,
    ),
    ...answer.rows.flatMap(({ line, findings }) =>
      findings.map(({ column, message, suggestion }) => {
        const where = column === null ? `Row ${line}` : `Row ${line}, ${column}`;
        const hint = suggestion === null ? '' : ` Suggestion: ${suggestion}`;
        return `  ${where}: ${message}${hint}`;
      }),
    ),
  ];
  return `${lines.map(forTerminal).join('\n')}\n`;
}
