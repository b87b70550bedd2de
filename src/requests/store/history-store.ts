/** SQL over the history of requests: who decided, which files came together, what was retried. */
import { sql } from 'kysely';
import type { Db, Tx } from '../../storage/database.ts';
import type { NewUser } from '../../users/new-user.ts';
import { retriedEvent } from '../model/creating-transitions.ts';
import type { Retry } from '../model/retryable.ts';

/** The number of decisions that are searched for deciders: far more than there are people who decide. */
const decisionsLookedAt = 500;

/** People who recently decided requests in this instance, latest first. */
export async function readDeciders(db: Db, instance: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ by: string }>`
    with latest as (
      select id, decision ->> 'by' as by from requests
      where instance = ${instance} and decision ->> 'kind' in ('approved', 'denied')
      order by id desc limit ${decisionsLookedAt}
    )
    select by from latest group by by order by max(id) desc limit ${limit}`.execute(db);
  return rows.map((row) => row.by);
}

/** Kind of the audit event of a new request; for a file, its details name the files that were submitted with it. */
export const submittedEvent = 'submitted';

/** The files that were submitted together with this request's file, including it, in their order. */
export async function readSubmittedTogether(
  db: Db,
  requestId: number,
): Promise<{ readonly requestId: number; readonly file: string }[]> {
  const event = await db
    .selectFrom('audit_events')
    .select('details')
    .where('request_id', '=', requestId)
    .where('kind', '=', submittedEvent)
    .executeTakeFirst();
  const { together } = event?.details ?? {};
  if (!Array.isArray(together)) return [];
  return together.map((sibling) => ({
    requestId: Number(sibling.requestId),
    file: String(sibling.file),
  }));
}

/** The last person who paused this request; undefined when nobody did. */
export async function readPausedBy(db: Db, requestId: number): Promise<string | undefined> {
  const event = await db
    .selectFrom('audit_events')
    .select('actor')
    .where('request_id', '=', requestId)
    .where('kind', '=', 'paused')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return event?.actor;
}

/** The retries of failed rows, from the audit trail. */
export async function readRetries(db: Db, requestId: number): Promise<Retry[]> {
  const events = await db
    .selectFrom('audit_events')
    .select('details')
    .where('request_id', '=', requestId)
    .where('kind', '=', retriedEvent)
    .orderBy('id')
    .execute();
  return events.map(({ details }) => ({
    byName: String(details.byName),
    rows: Number(details.rows),
  }));
}

/** The first checked user of one request of a person. */
export type RequestedUser = {
  readonly requestId: number;
  readonly instance: string;
  readonly user: NewUser;
  /** Name of the preset in the form or the file. */
  readonly preset?: string;
};

/** A person's latest requests that passed the check, newest first, each with its first user. */
export async function readRequestedUsers(
  db: Db,
  personId: string,
  limit: number,
): Promise<RequestedUser[]> {
  const rows = await db
    .selectFrom('requests')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('rows')
          .select(['new_user', 'draft'])
          .whereRef('rows.request_id', '=', 'requests.id')
          .where('new_user', 'is not', null)
          .orderBy('position')
          .limit(1)
          .as('first'),
      (join) => join.onTrue(),
    )
    .select(['requests.id', 'requests.instance', 'first.new_user', 'first.draft'])
    .where('requester_id', '=', personId)
    .orderBy('requests.id', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, instance, new_user: user, draft }) =>
    user
      ? [{ requestId: id, instance, user, ...(draft.preset ? { preset: draft.preset } : {}) }]
      : [],
  );
}

/** Whether any row of a request was sent to Connect. */
export async function wasAnySent(db: Db, requestId: number): Promise<boolean> {
  const sent = await db
    .selectFrom('rows')
    .select('position')
    .where('request_id', '=', requestId)
    .where('sends', '>', 0)
    .limit(1)
    .executeTakeFirst();
  return sent !== undefined;
}

/** The number, if the request belongs to this person and instance; otherwise null. */
export async function ownRequest(
  tx: Tx,
  id: number | null,
  { requesterId, instance }: { readonly requesterId: string; readonly instance: string },
): Promise<number | null> {
  if (id === null) return null;
  const found = await tx
    .selectFrom('requests')
    .select('id')
    .where('id', '=', id)
    .where('requester_id', '=', requesterId)
    .where('instance', '=', instance)
    .executeTakeFirst();
  return found?.id ?? null;
}
