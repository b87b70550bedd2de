/** The SQL of requests from files: one exported function per statement. */

import { sql } from 'kysely';
import type { Problem } from '../../errors/problem.ts';
import type { Db, Tx } from '../../storage/database.ts';
import type { RequestFileRecord, RowRecord } from '../../storage/schema.ts';
import { type JsonText, toJson } from '../../text/storable.ts';
import type {
  FailureGroup,
  FileSummary,
  TableLayout,
} from '../../users/files/check/file-summary.ts';
import type { KeptRow } from '../../users/files/repair/kept-row.ts';
import type { NewUser, PasswordPlan, UserDraft } from '../../users/new-user.ts';
import type { RowState } from '../model/states.ts';

export type NewRequestFile = {
  readonly requestId: number;
  readonly slackFileId: string;
  readonly name: string;
  readonly channel: string | null;
  readonly threadTs: string | null;
};

export async function insertRequestFile(tx: Tx, file: NewRequestFile) {
  await tx
    .insertInto('request_files')
    .values({
      request_id: file.requestId,
      slack_file_id: file.slackFileId,
      name: file.name,
      channel: file.channel,
      thread_ts: file.threadTs,
    })
    .execute();
}

export function readRequestFile(db: Db, requestId: number): Promise<RequestFileRecord | undefined> {
  return db
    .selectFrom('request_files')
    .selectAll()
    .where('request_id', '=', requestId)
    .executeTakeFirst();
}

/** The result of one check of a file. */
export type FileChecked = {
  readonly layout: TableLayout;
  readonly summary: FileSummary;
  readonly groups: readonly FailureGroup[];
  readonly fileGroups: readonly FailureGroup[];
  readonly refusal: Problem | null;
};

export async function setFileChecked(tx: Tx, requestId: number, checked: FileChecked) {
  await tx
    .updateTable('request_files')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      layout: toJson(checked.layout),
      summary: toJson(checked.summary),
      groups: toJson(checked.groups),
      file_groups: toJson(checked.fileGroups),
      corrections: toJson([]),
      ...(checked.refusal ? { refusal: toJson(checked.refusal) } : {}),
    }))
    .where('request_id', '=', requestId)
    .execute();
}

/** Why the whole file was refused, before any of it was stored. */
/** The name from files.info, for a file whose name was missing in another company's event. */
export async function setFileName(db: Db, requestId: number, name: string) {
  await db.updateTable('request_files').set({ name }).where('request_id', '=', requestId).execute();
}

/** The summary of the file's request after rows were left out. */
export async function setFileSummary(tx: Tx, requestId: number, summary: FileSummary) {
  await tx
    .updateTable('request_files')
    .set({ summary: toJson(summary) })
    .where('request_id', '=', requestId)
    .execute();
}

export async function setFileRefused(tx: Tx, requestId: number, refusal: Problem) {
  await tx
    .updateTable('request_files')
    .set({ refusal: toJson(refusal) })
    .where('request_id', '=', requestId)
    .execute();
}

export type NewFileRow = {
  readonly position: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly state: Extract<RowState, 'wrong' | 'skipped' | 'waiting'>;
  readonly draft: UserDraft;
  readonly user: NewUser | null;
  readonly password: PasswordPlan | null;
  readonly passwordBox: Uint8Array | null;
  /** The typed password of an invalid row, sealed. */
  readonly keptPasswordBox: Uint8Array | null;
  readonly kept: KeptRow | null;
  /** Stored for the report: the problems of the row in one text, and the suggestions in another. */
  readonly problemText: string;
  readonly suggestionText: string;
};

/** Rows in the form for one statement: a single parameter for all of them, which is quick to build and to send. */
export type RowsJson = JsonText & { readonly __rowsJson: true };

/** The columns in `rowsJson`, as Postgres reads them. */
export const rowsJsonColumns = sql`(
  position integer, line integer, state text, cells jsonb, draft jsonb, new_user jsonb, password_plan text,
  password_cipher text, kept_password text, kept jsonb, remark jsonb
)`;

/** Makes the JSON of a page of rows. */
export function rowsJson(rows: readonly NewFileRow[]): RowsJson {
  const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');
  return toJson(
    rows.map((row) => ({
      position: row.position,
      line: row.line,
      state: row.state,
      cells: row.cells,
      draft: row.draft,
      new_user: row.user,
      password_plan: row.password,
      password_cipher: base64(row.passwordBox),
      kept_password: base64(row.keptPasswordBox),
      kept: row.kept,
      remark: { problem: row.problemText, suggestion: row.suggestionText },
    })),
  ) as RowsJson;
}

/** Inserts the rows of a file that is read for the first time. */
export async function insertFileRows(tx: Tx, requestId: number, rows: RowsJson, now: Date) {
  await sql`
    insert into rows (
      request_id, position, line, cells, state, draft, new_user, password_plan, password_cipher, kept_password,
      kept, remark, ended_at
    )
    select
      ${requestId}, position, line, cells, state, draft, new_user, password_plan, decode(password_cipher, 'base64'),
      decode(kept_password, 'base64'), kept, remark, case when state = 'waiting' then null else ${now}::timestamptz end
    from jsonb_to_recordset(${rows}::jsonb) as fresh ${rowsJsonColumns}`.execute(tx);
}

/** The data from which a report's row is made. */
export type ReportRecord = Pick<
  RowRecord,
  | 'position'
  | 'cells'
  | 'state'
  | 'remark'
  | 'kept'
  | 'problem'
  | 'follow_up_problem'
  | 'user_id'
  | 'user_arn'
>;

/** Rows in the file's order, one page at a time, without the members that only creating needs. */
export function readFileRows(
  db: Db,
  requestId: number,
  page: { readonly after: number; readonly limit: number },
): Promise<ReportRecord[]> {
  return db
    .selectFrom('rows')
    .select(['position', 'cells', 'state', 'remark', 'kept', 'problem', 'user_id', 'user_arn'])
    .select('follow_up_problem')
    .where('request_id', '=', requestId)
    .where('position', '>', page.after)
    .orderBy('position')
    .limit(page.limit)
    .execute();
}

/** Rows that were created, or failed, since then. */
export async function countSettledSince(db: Db, requestId: number, since: Date): Promise<number> {
  const { settled } = await db
    .selectFrom('rows')
    .select((eb) => eb.fn.countAll<number>().as('settled'))
    .where('request_id', '=', requestId)
    .where('state', 'in', ['created', 'failed'])
    .where('ended_at', '>', since)
    .executeTakeFirstOrThrow();
  return settled;
}

/** Rows that failed, or that were created with failed follow-ups: number and reason. */
export function readFailures(
  db: Db,
  requestId: number,
): Promise<{ line: number | null; position: number; problem: Problem | null }[]> {
  return db
    .selectFrom('rows')
    .select(['line', 'position'])
    .select((eb) => eb.fn.coalesce('problem', 'follow_up_problem').as('problem'))
    .where('request_id', '=', requestId)
    .where((eb) => eb.or([eb('state', '=', 'failed'), eb('follow_up', '=', 'failed')]))
    .orderBy('position')
    .execute();
}

/** A row as approvers see it. */
export type RequestedRow = Pick<
  RowRecord,
  'position' | 'line' | 'state' | 'new_user' | 'password_plan'
>;

/** The requested rows on one page of "Show rows". */
export function readRequestedRows(
  db: Db,
  requestId: number,
  page: { readonly offset: number; readonly limit: number },
): Promise<RequestedRow[]> {
  return db
    .selectFrom('rows')
    .select(['position', 'line', 'state', 'new_user', 'password_plan'])
    .where('request_id', '=', requestId)
    .where('state', 'not in', ['wrong', 'skipped', 'left_out'])
    .orderBy('position')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** The time from which the bot may read files in this channel; set once, when the bot first sees it. */
export async function watchChannel(db: Db, channel: string, now: Date): Promise<Date> {
  await db
    .insertInto('watched_channels')
    .values({ channel, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { since } = await db
    .selectFrom('watched_channels')
    .select('since')
    .where('channel', '=', channel)
    .executeTakeFirstOrThrow();
  return since;
}

/** Users of a request with the same access: the first of them, and their number. */
export type UserKind = {
  readonly user: NewUser;
  readonly users: number;
  /** How many different kinds the request has. */
  readonly kinds: number;
};

/** The kinds of users of a request, by profiles and group, the rarest first. */
export async function readUserKinds(db: Db, requestId: number, limit: number): Promise<UserKind[]> {
  const { rows } = await sql<UserKind>`
    with kinds as (
      select min(position) as position, count(*)::int as users, (count(*) over ())::int as kinds
      from rows
      where request_id = ${requestId} and new_user is not null and state <> 'left_out'
      group by new_user -> 'securityProfiles', new_user -> 'routingProfile', new_user -> 'hierarchyGroup'
      order by count(*), min(position) limit ${limit}
    )
    select rows.new_user as "user", kinds.users, kinds.kinds
    from kinds join rows on rows.request_id = ${requestId} and rows.position = kinds.position
    order by kinds.users, kinds.position`.execute(db);
  return rows;
}

/** The number of invalid rows, and of those among them that were corrected since the last check. */
export async function countWrongRows(
  db: Db,
  requestId: number,
): Promise<{ readonly wrong: number; readonly corrected: number }> {
  return db
    .selectFrom('rows')
    .select((eb) => [
      eb.fn.countAll<number>().as('wrong'),
      eb.fn.count<number>('correction').as('corrected'),
    ])
    .where('request_id', '=', requestId)
    .where('state', '=', 'wrong')
    .executeTakeFirstOrThrow();
}
