/** The tag by which the bot recognizes a user as its own when the answer to CreateUser was lost. */
import type { ExistingUser } from '../connect/gateway.ts';

const tagKey = 'connect-add-user:row';

export type RowIdentity = {
  readonly requestId: number;
  readonly requestUid: string;
  readonly position: number;
};

/** It contains the request's random id, because another database can have a request of the same number. */
export function rowTagOf(row: RowIdentity): Record<string, string> {
  return { [tagKey]: `CU-${row.requestId}/${row.position}/${row.requestUid}` };
}

/** Whether this user has exactly this row's mark. */
export function isMarked(user: ExistingUser, row: RowIdentity): boolean {
  return user.tags[tagKey] === rowTagOf(row)[tagKey];
}
