/** Usernames of other open requests count as taken. */
import { type Problem, problem } from '../../errors/problem.ts';
import type { Db, Tx } from '../../storage/database.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { requestNumber } from '../../text/request-number.ts';
import type { RowState } from '../model/states.ts';
import type { Transition } from '../model/transition.ts';
import {
  findRequestedInOtherCase,
  findRequestedTwice,
  lockUsernames,
  readRequestedUsernames,
} from '../store/usernames-store.ts';

/** Usernames with the number of their request, in the form that the rules expect. */
export async function requestedUsernames(
  db: Db,
  instance: string,
  options: { readonly exceptRequest?: number; readonly usernames?: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const found = await readRequestedUsernames(db, instance, options);
  return new Map([...found].map(([username, id]) => [username, requestNumber(id)]));
}

/**
 * The step that opens a request, unless another open request has one of its usernames. Call it inside the step's
 * transaction: two such steps in one instance run one after the other.
 *
 * @param states rows of the request that the following steps will create
 */
export async function unlessUsernameRequested(
  tx: Db,
  request: Pick<RequestRecord, 'id' | 'instance'>,
  transition: Transition,
  states: readonly RowState[],
): Promise<Transition> {
  if (!transition.ok) return transition;
  await lockUsernames(tx, request.instance);
  const twice = await findRequestedTwice(tx, request, states);
  if (!twice) return transition;
  return { ok: false, problem: requestedTwice(twice) };
}

/**
 * Whether another request has one of its usernames in different case: for Connect these are two users, but people
 * often mean the same. Call it after its rows were stored.
 */
export async function otherCaseNotice(
  tx: Tx,
  request: Pick<RequestRecord, 'id' | 'instance'>,
): Promise<Problem[]> {
  const found = await findRequestedInOtherCase(tx, request);
  if (!found) return [];
  const { username, other, otherRequest, count } = found;
  const others = count > 1 ? ` ${count - 1} more of these usernames are like that.` : '';
  const number = requestNumber(otherRequest);
  return [problem('notice.username-other-case', { username, other, number, others })];
}

function requestedTwice(twice: {
  readonly username: string;
  readonly otherRequest: number;
  readonly count: number;
}): Problem {
  const { username, otherRequest, count } = twice;
  const number = requestNumber(otherRequest);
  const others = count > 1 ? `, and ${count - 1} more of these usernames are requested too` : '';
  return problem('decision.username-requested', { number, username, others });
}
