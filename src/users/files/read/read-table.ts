/** Converts an attached file of any kind into a table, or into the sentence that explains why not. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { assertText } from '../encodings/unicode.ts';
import { type FileLimits, standardLimits } from '../table/file-limits.ts';
import type { FileChoices } from '../table/file-question.ts';
import type { Table } from '../table/table.ts';
import { readWorkbook } from '../xlsx/read-workbook.ts';
import { assertNoTerraform, usersOfInfrastructure } from './cloudformation-and-terraform.ts';
import { decode } from './decode.ts';
import { assertNoMarkup, kindOf } from './file-kind.ts';
import { withoutComments } from './json/json-comments.ts';
import { readJson } from './json/read-json.ts';
import { readCsv } from './read-csv.ts';
import { isYaml, yamlToJson } from './read-yaml.ts';

/** Blank lines and empty cells, in whatever dialect. */
const nothingIn = /^[\s,;]*$/;

/**
 * Reads CSV (comma, semicolon, tab; any encoding), .xlsx, JSON and YAML, distinguished by their bytes: a file's name
 * proves nothing, and is only used in messages. Yields to the event loop while it reads. Throws only `ProblemError`,
 * for any bytes.
 *
 * @example const table = await readTable(bytes, 'november.csv'); const checked = await checkRows(table, context);
 */
export async function readTable(
  bytes: Uint8Array,
  name: string,
  limits: FileLimits = standardLimits,
  choices: FileChoices = {},
): Promise<Table> {
  if (bytes.length > limits.bytes) {
    const megabytes = Math.round(limits.bytes / 1024 / 1024);
    throw new ProblemError(problem('file.too-big', { limit: megabytes }));
  }
  const table = await read(bytes, name, limits, choices);
  if (table.rows.length === 0) throw new ProblemError(problem('file.no-rows'));
  return table;
}

async function read(
  bytes: Uint8Array,
  name: string,
  limits: FileLimits,
  choices: FileChoices,
): Promise<Table> {
  if (kindOf(bytes, name) === 'zip') return readWorkbook(bytes, limits, choices);
  const { text: decoded, ...how } = await decode(bytes, choices, limits);
  const text = withoutComments(decoded);
  if (nothingIn.test(text)) throw new ProblemError(problem('file.empty'));
  assertText(text);
  assertNoMarkup(text, name);
  assertNoTerraform(text);
  const isJson = /^\s*[[{]/.test(text);
  if (!isJson && !isYaml(text)) return readCsv(text, how, limits);
  const json = isJson ? text : yamlToJson(text);
  return readJson(usersOfInfrastructure(json), limits);
}
