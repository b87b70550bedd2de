/** SQL of the App Home: a person's requests, those that wait for a decision, and who looks at the Home. */
import { type RawBuilder, sql } from 'kysely';
import type { Risk } from '../../auth/risks.ts';
import type { ConnectSelf } from '../../auth/same-person.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Db } from '../../storage/database.ts';
import type { NewUser, UserDraft } from '../../users/new-user.ts';
import type { RequestState } from '../model/states.ts';

export type HomeRecord = {
  readonly id: number;
  readonly instance: string;
  readonly state: RequestState;
  readonly requester_id: string;
  readonly requester_name: string;
  /** What an approval is given for: the rows and the permissions of their profiles. */
  readonly approved_hash: string | null;
  readonly created_at: Date;
  readonly not_before: Date | null;
  readonly risks: readonly Risk[];
  readonly notices: readonly Problem[];
  readonly requester_connect: ConnectSelf | null;
  /** The first row. */
  readonly draft: UserDraft | null;
  readonly new_user: NewUser | null;
  readonly file: string | null;
  readonly card_channel: string | null;
  readonly card_ts: string | null;
  /** Requested rows, without those that were left out because of their mistakes. */
  readonly rows: number;
  readonly created: number;
  readonly failed: number;
  readonly cancelled: number;
};

/** A person's latest requests, newest first. */
export async function readHomeRequests(
  db: Db,
  personId: string,
  page: { readonly offset: number; readonly limit: number },
): Promise<HomeRecord[]> {
  const chosen = sql`where requester_id = ${personId}
    order by id desc offset ${page.offset} limit ${page.limit}`;
  return (await readWithContent(chosen).execute(db)).rows.toReversed();
}

/** One request by its number; null when there is none. */
export async function readHomeRequest(db: Db, requestId: number): Promise<HomeRecord | null> {
  const { rows } = await readWithContent(sql`where id = ${requestId}`).execute(db);
  return rows[0] ?? null;
}

/**
 * Requests of other people that wait for an approval in these instances, oldest first; without those that this person
 * has already approved, if each person counts once.
 */
export async function readWaiting(
  db: Db,
  personId: string,
  instances: readonly string[],
  page: { readonly offset: number; readonly limit: number },
): Promise<HomeRecord[]> {
  if (instances.length === 0) return [];
  const chosen = sql`where state = 'awaiting_approval' and instance = any(${[...instances]})
      and requester_id <> ${personId}
      and not (coalesce(plan #>> '{approval,distinctPeople}', 'true') = 'true' and exists (
        select from approvals given
        where given.request_id = requests.id and given.person_id = ${personId} and given.ended_at is null))
    order by id offset ${page.offset} limit ${page.limit}`;
  return (await readWithContent(chosen).execute(db)).rows;
}

/** In the order of their numbers. */
function readWithContent(chosen: RawBuilder<unknown>): RawBuilder<HomeRecord> {
  return sql<HomeRecord>`
    with chosen as (select * from requests ${chosen})
    select chosen.id, chosen.instance, chosen.state, chosen.requester_id, chosen.requester_name, coalesce(chosen.binding ->> 'hash', chosen.content_hash) as approved_hash,
      chosen.created_at, chosen.not_before, chosen.risks, chosen.notices, chosen.requester_connect, first.draft, first.new_user, file.name as file,
      card.channel as card_channel, card.ts as card_ts, counts.*
    from chosen
    left join request_files file on file.request_id = chosen.id
    left join posts card on card.request_id = chosen.id and card.key = 'card'
    left join lateral (
      select draft, new_user from rows
      where request_id = chosen.id and state not in ('wrong', 'skipped', 'left_out')
      order by position limit 1
    ) first on true
    cross join lateral (
      select count(*)::int as rows,
        (count(*) filter (where state = 'created'))::int as created,
        (count(*) filter (where state = 'failed'))::int as failed,
        (count(*) filter (where state = 'cancelled'))::int as cancelled
      from rows where request_id = chosen.id and state not in ('wrong', 'skipped', 'left_out')
    ) counts
    order by chosen.id`;
}

export type HomeViewer = { readonly page: number; readonly waitingPage: number };

/** Records that a person looks at the Home, at which page, and where they may decide. */
export async function rememberHomeViewer(
  db: Db,
  viewer: {
    readonly personId: string;
    readonly at: Date;
    readonly decidesIn: readonly string[];
    readonly page: number;
    readonly waitingPage: number;
  },
): Promise<void> {
  const { personId, at, decidesIn, page, waitingPage } = viewer;
  await sql`
    insert into home_viewers (person_id, opened_at, decides_in, page, waiting_page)
    values (${personId}, ${at}, ${[...decidesIn]}, ${page}, ${waitingPage})
    on conflict (person_id) do update
      set opened_at = excluded.opened_at, decides_in = excluded.decides_in, page = excluded.page,
        waiting_page = excluded.waiting_page`.execute(db);
}

/** The pages that a person looks at; null for a person who has not opened the Home since `after`. */
export async function readHomeViewer(
  db: Db,
  personId: string,
  after: Date,
): Promise<HomeViewer | null> {
  const { rows } = await sql<HomeViewer>`
    select page, waiting_page as "waitingPage" from home_viewers where person_id = ${personId} and opened_at > ${after}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** The people whose Home shows this request: its requester, and people who may decide about it. */
export async function readHomeViewersOf(db: Db, requestId: number, after: Date): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from home_viewers, requests
    where requests.id = ${requestId} and opened_at > ${after}
      and (person_id = requests.requester_id or decides_in @> array[requests.instance])`.execute(
    db,
  );
  return rows.map((row) => row.person_id);
}
