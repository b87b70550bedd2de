/** How a corrected request differs from the request that it replaces, shown to approvers. */
import { type Problem, problem } from '../../errors/problem.ts';
import type { Db } from '../../storage/database.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { requestNumber } from '../../text/request-number.ts';
import type { NewUser } from '../../users/new-user.ts';
import { readCheckedRows } from '../store/checked-content-store.ts';
import { changesBetween } from './changed-users.ts';

const rowsAtOnce = 1000;

export async function replacedNotices(
  db: Db,
  request: Pick<RequestRecord, 'replaces'>,
  users: readonly NewUser[],
): Promise<Problem[]> {
  const { replaces } = request;
  if (replaces === null || replaces === undefined) return [];
  const changes = changesBetween(await readUsers(db, replaces), users);
  const params = {
    number: requestNumber(replaces),
    changes: changes === '' ? '' : ` · ${changes}`,
  };
  return [problem('notice.replaces', params)];
}

async function readUsers(db: Db, requestId: number): Promise<NewUser[]> {
  const users: NewUser[] = [];
  for (let after = 0; ; ) {
    const page = await readCheckedRows(db, requestId, { after, limit: rowsAtOnce });
    users.push(...page.map(({ user }) => user));
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) return users;
    after = last.position;
  }
}
