/** The SQL of identity links: requested, confirmed or refused, removed. One function a statement. */
import { sql } from 'kysely';
import type { SignIn } from '../auth/decision-basis.ts';
import type { StoredLinks } from '../auth/stored-links.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { IdentityLinkRecord } from '../storage/schema.ts';
import { storableText, toJson } from '../text/storable.ts';

const questionsLock = 0x6c696e6b;

export function createStoredLinks(db: Db): StoredLinks {
  const confirmed = (instance: string) =>
    db
      .selectFrom('identity_links')
      .where('instance', '=', instance)
      .where('state', '=', 'confirmed');
  return {
    async of(personId, instance) {
      const link = await confirmed(instance)
        .select(['connect_user_id', 'connect_username', 'decided_by'])
        .where('person_id', '=', personId)
        .executeTakeFirst();
      if (!link) return null;
      const { connect_user_id: userId, connect_username: username, decided_by: by } = link;
      return { userId, username, ...(by === null ? {} : { confirmedBy: by }) };
    },
    async to(userId, instance) {
      const links = await confirmed(instance)
        .select('person_id')
        .where('connect_user_id', '=', userId)
        .execute();
      return links.map((link) => link.person_id);
    },
  };
}

export type NewLink = {
  readonly instance: string;
  readonly personId: string;
  readonly personName: string;
  readonly userId: string;
  readonly username: string;
};

/** The latest link that this person requested, if nobody has decided. Their next request waits until the transaction ends. */
export async function readOpenQuestion(
  tx: Tx,
  instance: string,
  personId: string,
): Promise<IdentityLinkRecord | undefined> {
  await sql`select pg_advisory_xact_lock(${questionsLock}, hashtext(${personId}))`.execute(tx);
  return tx
    .selectFrom('identity_links')
    .selectAll()
    .where('instance', '=', instance)
    .where('person_id', '=', personId)
    .where('state', '=', 'asked')
    .executeTakeFirst();
}

/** Link requests without a decision since then, oldest first. */
export async function readOpenLinkRequests(
  db: Db,
  askedBefore: Date,
  limit: number,
): Promise<number[]> {
  const links = await db
    .selectFrom('identity_links')
    .select('id')
    .where('state', '=', 'asked')
    .where('asked_at', '<', askedBefore)
    .orderBy('id')
    .limit(limit)
    .execute();
  return links.map(({ id }) => id);
}

/** The link request is about to be posted: from now on its message may exist. */
export async function markPostingQuestion(db: Db, id: number, at: Date | null): Promise<void> {
  await db.updateTable('identity_links').set({ posting_at: at }).where('id', '=', id).execute();
}

export async function setQuestionPosted(db: Db, id: number, ts: string): Promise<void> {
  await db.updateTable('identity_links').set({ message_ts: ts }).where('id', '=', id).execute();
}

/** This state is about to be shown in Slack; false when it was shown already. */
export async function setShownState(
  db: Db,
  id: number,
  state: IdentityLinkRecord['state'],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity_links')
    .set({ shown_state: state })
    .where('id', '=', id)
    .where('shown_state', 'is distinct from', state)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Removes a link request that could not be posted. */
export async function forgetQuestion(db: Db, id: number): Promise<void> {
  await db.deleteFrom('identity_links').where('id', '=', id).where('state', '=', 'asked').execute();
}

/** Stores a requested link and returns its number. */
export async function insertLinkRequest(tx: Tx, link: NewLink, at: Date): Promise<number> {
  const { id } = await tx
    .insertInto('identity_links')
    .values({
      instance: link.instance,
      person_id: link.personId,
      person_name: storableText(link.personName),
      connect_user_id: link.userId,
      connect_username: link.username,
      state: 'asked',
      asked_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export function readLink(db: Db, id: number): Promise<IdentityLinkRecord | undefined> {
  return db.selectFrom('identity_links').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Links that are requested, and those that are in effect, the oldest first. */
export function readLinks(db: Db, instances: readonly string[]): Promise<IdentityLinkRecord[]> {
  return db
    .selectFrom('identity_links')
    .selectAll()
    .where('instance', 'in', [...instances, ''])
    .where('state', 'in', ['asked', 'confirmed'])
    .orderBy('id')
    .execute();
}

/** Moves a link from one state to the next; false when it was already in another state. */
export async function moveLink(
  tx: Tx,
  id: number,
  from: 'asked' | 'confirmed',
  to: 'confirmed' | 'refused' | 'removed' | 'expired',
  by: { readonly personId: string | null; readonly at: Date; readonly proven?: SignIn },
): Promise<boolean> {
  const moved =
    to === 'removed'
      ? { removed_by: by.personId, removed_at: by.at }
      : {
          decided_by: by.personId,
          decided_at: by.at,
          ...(by.proven ? { proven: toJson(by.proven) } : {}),
        };
  const { numUpdatedRows } = await tx
    .updateTable('identity_links')
    .set({ state: to, ...moved })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
