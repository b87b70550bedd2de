/** The tag by which the bot knows a user as its own, when the answer to CreateUser was lost. */
import type { ExistingUser } from '../connect/gateway.ts';

const tagKey = 'connect-add-user:row';

export type RowIdentity = {
  readonly requestId: number;
  readonly requestUid: string;
  readonly position: number;
};

/** The request's random id is in it: another database may have a request of the same number. */
export function markOf(row: RowIdentity): Record<string, string> {
  return { [tagKey]: `CU-${row.requestId}/${row.position}/${row.requestUid}` };
}

/** Whether this user carries exactly this row's mark. */
export function isMarked(user: ExistingUser, row: RowIdentity): boolean {
  return user.tags[tagKey] === markOf(row)[tagKey];
}
