/** Checks every file of the tables against its expected result. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProblemError } from '../../../src/errors/problem.ts';
import { FileQuestionError } from '../../../src/users/files/table/file-question.ts';
import { fullName } from '../../../src/users/full-name.ts';
import { managed } from '../../users/fixtures.ts';
import { checkFile, lines } from '../tables.ts';
import { besideAName } from './beside-a-name.ts';
import { changedOnTheWay } from './changed-on-the-way.ts';
import { moreEncodings } from './encodings.ts';
import { moreExports } from './exports.ts';
import { moreOfEachKind } from './more-of-each-kind.ts';
import { moreTextFiles } from './more-text-files.ts';
import { sheetsAndRows } from './sheets-and-rows.ts';
import { moreStructures } from './structures.ts';
import { textFiles } from './text-files.ts';
import type { WildFile } from './wild-file.ts';
import { infrastructure, jsonFiles, workbooks } from './workbooks-and-json.ts';

/** The result of the file, in the format of the tables. */
async function outcomeOf(file: WildFile) {
  try {
    const checked = await checkFile(file.bytes(), file.context ?? managed, 'users');
    const users = checked.rows.flatMap(({ verdict }) =>
      verdict.kind === 'good' ? [verdict.user] : [],
    );
    return {
      created: users.map((user) => [fullName(user), user.username].join(' ').trim()),
      found: lines(checked),
      leftOut: checked.table.leftOut.map(({ problem }) => problem.code),
      tags: users[0]?.tags ?? {},
    };
  } catch (error) {
    if (error instanceof FileQuestionError) {
      const { kind, options } = error.question;
      return { asked: kind, options: options.map(({ value }) => value) };
    }
    if (error instanceof ProblemError) return { refused: error.problem.code };
    throw error;
  }
}

function expected(file: WildFile) {
  if ('refused' in file) return { refused: file.refused };
  if ('asked' in file) return { asked: file.asked, options: file.options };
  const { created, found = [], leftOut = [], tags = {} } = file;
  return { created, found, leftOut, tags };
}

describe('a real file', () => {
  for (const file of [
    ...textFiles,
    ...moreTextFiles,
    ...workbooks,
    ...jsonFiles,
    ...infrastructure,
    ...changedOnTheWay,
    ...besideAName,
    ...moreEncodings,
    ...moreExports,
    ...moreStructures,
    ...moreOfEachKind,
    ...sheetsAndRows,
  ]) {
    it(`${file.about} (${file.source})`, async () => {
      assert.deepEqual(await outcomeOf(file), expected(file));
    });
  }
});
