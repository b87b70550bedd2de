/**
 * YAML in the format of the AWS CLI (`--generate-cli-skeleton yaml-input`), one user, a list, or several documents.
 * Every plain value stays text: an id such as `0815` is not a number.
 */
import { LineCounter, parseAllDocuments } from 'yaml';
import { ProblemError, problem } from '../../../errors/problem.ts';

/** A list of 10,000 users takes about 5 MB; parsing takes most of a second per megabyte. */
const longestText = 6_000_000;

/** A key at the start of a line that occurs only in descriptions of users. */
const ofUsers =
  /^(?:- +|[ \t]*)(?:Username|IdentityInfo|SecurityProfileIds|RoutingProfileId|Users|User|Resources|AWSTemplateFormatVersion) *:(?: |\r?$)/m;

/** Whether a text is YAML about users, and not a table. */
export function isYaml(text: string): boolean {
  return ofUsers.test(text.slice(0, 20_000));
}

/**
 * The same content as JSON, which the JSON reader then reads.
 *
 * Throws `ProblemError` with the line of the error, but without its text, which can be a password.
 */
export function yamlToJson(text: string): string {
  if (text.length > longestText) {
    throw new ProblemError(problem('file.yaml-too-long', { limit: longestText / 1_000_000 }));
  }
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    lineCounter,
    logLevel: 'silent',
  });
  if (!Array.isArray(documents)) throw new ProblemError(problem('file.empty'));
  const users: unknown[] = [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      const { line } = lineCounter.linePos(error.pos[0]);
      throw new ProblemError(problem('file.yaml-syntax', { line: Math.max(1, line) }));
    }
    const value = unfolded(document, lineCounter);
    if (Array.isArray(value)) users.push(...value);
    else if (value !== null && value !== '') users.push(value);
  }
  return JSON.stringify(users.length === 1 ? users[0] : users);
}

/** Aliases that refer to each other are refused, because a few lines of them expand to gigabytes. */
function unfolded(
  document: { toJS(options: { maxAliasCount: number }): unknown },
  lineCounter: LineCounter,
): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    const line = Math.max(1, lineCounter.lineStarts.length);
    throw new ProblemError(problem('file.yaml-syntax', { line }));
  }
}
