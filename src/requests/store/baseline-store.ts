/** SQL over earlier requests and created users, with which a new request is compared. */
import { sql } from 'kysely';
import type { Db } from '../../storage/database.ts';

/** How many of a person's requests are read to determine their usual size. */
const requestsLookedAt = 20;

/** Users in the largest of this person's latest requests that were created; null when there is none. */
export async function readLargestRequest(db: Db, requesterId: string): Promise<number | null> {
  const { rows } = await sql<{ largest: number | null }>`
    with latest as (
      select id from requests where requester_id = ${requesterId} and state = 'done'
      order by id desc limit ${requestsLookedAt}
    )
    select max(asked.users)::int as largest from latest
    cross join lateral (
      select count(*) as users from rows
      where request_id = latest.id and state not in ('wrong', 'skipped', 'left_out')
    ) asked`.execute(db);
  return rows[0]?.largest ?? null;
}

/** The profiles among these that this bot has not granted in this instance since then. */
export async function readProfilesNotGiven(
  db: Db,
  instance: string,
  profileIds: readonly string[],
  since: Date,
): Promise<string[]> {
  if (profileIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select asked.id from unnest(${[...profileIds]}::text[]) asked (id)
    where not exists (
      select 1 from requests
      join rows on rows.request_id = requests.id
      where requests.instance = ${instance} and requests.created_at >= ${since}
        and rows.state = 'created'
        and rows.new_user -> 'securityProfiles'
          @> jsonb_build_array(jsonb_build_object('id', asked.id))
    )`.execute(db);
  return rows.map(({ id }) => id);
}

/** The number of an instance's requests from which its common email domains are determined. */
const requestsWithAddresses = 50;

/** Email domains of users that were created recently, with the number of users of each; most frequent first. */
export async function readCreatedDomains(
  db: Db,
  instance: string,
): Promise<{ readonly domain: string; readonly users: number }[]> {
  const { rows } = await sql<{ domain: string; users: number }>`
    with latest as (
      select id from requests where instance = ${instance} and decision ->> 'kind' in ('approved', 'denied')
      order by id desc limit ${requestsWithAddresses}
    )
    select lower(split_part(new_user ->> 'email', '@', 2)) as domain, count(*)::int as users
    from latest cross join lateral (
      select new_user from rows
      where request_id = latest.id and state = 'created' and new_user ->> 'email' <> ''
      limit 100
    ) created
    group by 1 order by 2 desc limit 20`.execute(db);
  return rows;
}
