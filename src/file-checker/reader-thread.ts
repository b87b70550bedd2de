/** The thread in which files of users are read and checked: whatever a file does, it does it only here. */
import { parentPort } from 'node:worker_threads';
import { ProblemError } from '../errors/problem.ts';
import { withAliases } from '../users/aliases.ts';
import { createDirectoryView } from '../users/directory-view.ts';
import { fileResult, type ResultRow } from '../users/files/file-result.ts';
import { readAndCheck } from '../users/files/read-and-check.ts';
import { ColumnsMissingError } from '../users/files/table/columns-missing.ts';
import { FileQuestionError } from '../users/files/table/file-question.ts';
import type { FromReader, ToReader } from './messages.ts';

/** Of a page of rows, which is copied to the bot as a whole. */
const rowsOnPage = 500;
const charactersOnPage = 500_000;

if (!parentPort) throw new Error('this file is started as a thread');
serve(parentPort);

function serve(port: NonNullable<typeof parentPort>): void {
  let rows: Iterator<ResultRow> | undefined;
  port.on('message', async (message: ToReader) => {
    const send = (answer: FromReader) => port.postMessage(answer);
    try {
      if (message.kind === 'next-page') return send({ kind: 'page', rows: nextPage(rows) });
      rows = undefined;
      const { lists, ...rules } = message.context;
      const context = {
        ...rules,
        directory: withAliases(createDirectoryView(lists), rules.aliases),
      };
      const { file } = message;
      const stored = 'table' in file ? file : undefined;
      const checked = fileResult(await readAndCheck(file, context), stored);
      rows = checked.rows();
      send({ kind: 'checked', result: checked.result });
    } catch (error) {
      if (error instanceof ColumnsMissingError) {
        const { problem, headers } = error;
        return send({ kind: 'refused', problem, headers });
      }
      if (error instanceof FileQuestionError) {
        const { problem, question } = error;
        return send({ kind: 'refused', problem, question });
      }
      if (error instanceof ProblemError) return send({ kind: 'refused', problem: error.problem });
      send({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? '') : 'unknown' });
    }
  });
}

function nextPage(rows: Iterator<ResultRow> | undefined): ResultRow[] {
  const page: ResultRow[] = [];
  let characters = 0;
  while (rows && page.length < rowsOnPage && characters < charactersOnPage) {
    const { value, done } = rows.next();
    if (done) break;
    page.push(value);
    for (const cell of value.cells) characters += cell.length;
    characters += value.problemText.length + value.suggestionText.length;
  }
  return page;
}
