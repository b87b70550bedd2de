/** The thread in which files of users are read and checked, so that a harmful file affects only this thread. */
import { parentPort } from 'node:worker_threads';
import { ProblemError } from '../errors/problem.ts';
import { withAliases } from '../users/aliases.ts';
import { createDirectoryView } from '../users/directory-view.ts';
import { checkRows } from '../users/files/check/check-rows.ts';
import { fileResult, type ResultRow } from '../users/files/file-result.ts';
import { type FileToCheck, readSource, type StoredTable } from '../users/files/read-and-check.ts';
import { ColumnsMissingError } from '../users/files/table/columns-missing.ts';
import { FileQuestionError } from '../users/files/table/file-question.ts';
import type { Table } from '../users/files/table/table.ts';
import type { FromReader, ToReader } from './messages.ts';

/** The size of a page, which is copied to the bot as a whole; 500 rows of a list of users are 100,000 characters. */
const rowsOnPage = 500;
const charactersOnPage = 150_000;

if (!parentPort) throw new Error('this file is started as a thread');
serve(parentPort);

function serve(port: NonNullable<typeof parentPort>): void {
  let source: Source | undefined;
  let rows: Iterator<ResultRow> | undefined;
  port.on('message', async (message: ToReader) => {
    const send = (answer: FromReader) => port.postMessage(answer);
    try {
      if (message.kind === 'next-page') {
        const page = nextPage(rows);
        // H4: typed text in it, such as passwords, is not kept any longer than needed.
        if (page.length === 0) source = rows = undefined;
        return send({ kind: 'page', rows: page });
      }
      rows = undefined;
      if (message.kind === 'check') source = await read(message.file);
      if (!source) throw new Error('no file was read before');
      const { lists, ...rules } = message.context;
      const context = {
        ...rules,
        directory: withAliases(createDirectoryView(lists), rules.aliases),
      };
      const checked = fileResult(await checkRows(source.table, context), source.stored);
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

type Source = { readonly table: Table; readonly stored: StoredTable | undefined };

async function read(file: FileToCheck | StoredTable): Promise<Source> {
  const table = await readSource(file);
  if ('table' in file) return { table, stored: file };
  // The table already contains the text, and the file can have 10 MB, so its memory is released now and not with the
  // next garbage collection.
  const { buffer } = file.bytes;
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  return { table, stored: undefined };
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
