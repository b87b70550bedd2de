/** Lists of users inside an object: outputs of the AWS CLI, and answers of directories' APIs. */
import { ProblemError, problem } from '../../../../errors/problem.ts';

/** The list of users in an output, after at most a few plain members. */
const wrapped =
  /^\s*\{\s*(?:"[\w@.]{1,60}"\s*:\s*(?:"[^"\\]{0,4000}"|\d{1,12}|null|true|false|\[\s*"[^"\\\]]{0,200}"\s*\])\s*,\s*){0,5}"(Users|UserSummaryList|users|members|agents|employees|Resources|value|items|data|results|records)"\s*:\s*\[/;

/**
 * The start of the list in an output that spans the whole file; undefined when the file is not an output. Throws
 * `ProblemError` for the output of `list-users`, which contains nothing of a user but the username.
 * https://docs.aws.amazon.com/cli/latest/reference/connect/search-users.html#output
 */
export function listInOutput(text: string): number | undefined {
  const found = wrapped.exec(text);
  if (!found) return undefined;
  if (found[1] === 'UserSummaryList') throw new ProblemError(problem('file.only-usernames'));
  return found[0].length - 1;
}

/** What may follow the list. A token of Amazon Connect has at most 2,500 characters. */
const longestTail = 10_000;

/** Whether the text after the list closes the output that contains it. */
export function closesOutput(tail: string): boolean {
  if (tail.length > longestTail) return false;
  try {
    return typeof JSON.parse(`{"list":[]${tail}`) === 'object';
  } catch {
    return false;
  }
}

/** Whether an output is one page of several. */
export function hasMorePages(text: string): boolean {
  const ends = `${text.slice(0, longestTail)} ${text.slice(-longestTail)}`;
  return /"NextToken"\s*:\s*"[^"]+"\s*[,}]/.test(ends);
}

/** Members that only answers have, because Amazon Connect sets them. */
const setByConnect = new Set(['Id', 'Arn', 'LastModifiedTime', 'LastModifiedRegion']);
const arnOfUser = /^arn:[\w-]+:connect:[^/]*:instance\/[^/]+\/agent\//;

/** The user in an entry: that of `{"User": …}`, without members that Connect itself sets. */
export function userOfEntry(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const inside: unknown = Reflect.get(entry, 'User');
  const isAnswer = typeof inside === 'object' && inside !== null && Object.keys(entry).length === 1;
  const user = isAnswer ? inside : entry;
  const arn: unknown = Reflect.get(user, 'Arn');
  if (typeof arn !== 'string' || !arnOfUser.test(arn)) return user;
  return Object.fromEntries(Object.entries(user).filter(([name]) => !setByConnect.has(name)));
}
