/** The SQL of fresh sign-ins: requested, started, returned, used. One function per statement. */
import type { SignIn } from '../auth/decision-basis.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { JobData } from '../storage/queues.ts';
import type { SignInRecord } from '../storage/schema.ts';
import { toJson } from '../text/storable.ts';

/**
 * Stores the choice that requires a sign-in; the person's earlier links for the same choice end. Returns its number.
 */
export async function insertSignIn(
  tx: Tx,
  asked: {
    readonly requestId?: number;
    readonly linkId?: number;
    readonly personId: string;
    readonly bindingHash: string;
    readonly choice: JobData<'decide'> | Record<string, never>;
    readonly linkHash: string;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<number> {
  await tx
    .updateTable('sign_ins')
    .set({ ended_at: asked.at })
    .where(
      asked.linkId === undefined ? 'request_id' : 'link_id',
      '=',
      asked.linkId ?? asked.requestId ?? 0,
    )
    .where('person_id', '=', asked.personId)
    .where('ended_at', 'is', null)
    .execute();
  const { id } = await tx
    .insertInto('sign_ins')
    .values({
      request_id: asked.requestId ?? null,
      link_id: asked.linkId ?? null,
      person_id: asked.personId,
      binding_hash: asked.bindingHash,
      choice: toJson(asked.choice),
      link_hash: asked.linkHash,
      created_at: asked.at,
      expires_at: asked.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export function readByLink(db: Db, linkHash: string): Promise<SignInRecord | undefined> {
  return db.selectFrom('sign_ins').selectAll().where('link_hash', '=', linkHash).executeTakeFirst();
}

export function readByState(db: Db, stateHash: string): Promise<SignInRecord | undefined> {
  return db
    .selectFrom('sign_ins')
    .selectAll()
    .where('state_hash', '=', stateHash)
    .executeTakeFirst();
}

/** Marks the link as used; false when it was used before or has expired. */
export async function beginSignIn(
  db: Db,
  id: number,
  started: { readonly stateHash: string; readonly browserHash: string; readonly at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_ins')
    .set({ state_hash: started.stateHash, browser_hash: started.browserHash })
    .where('id', '=', id)
    .where('state_hash', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', started.at)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The person returned, once; false for a replay, and for a person who is late. */
export async function endSignIn(db: Db, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_ins')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function setSignedIn(tx: Tx, id: number, signIn: SignIn): Promise<void> {
  await tx
    .updateTable('sign_ins')
    .set({ signed_in: toJson(signIn) })
    .where('id', '=', id)
    .execute();
}

/** The sign-in of a decision: only if it was for this person, this request and this content, and was not used. */
export async function readSignedIn(
  db: Db,
  id: number,
  of: { readonly requestId: number; readonly personId: string; readonly bindingHash: string },
  since: Date,
): Promise<SignIn | undefined> {
  const found = await db
    .selectFrom('sign_ins')
    .select('signed_in')
    .where('id', '=', id)
    .where('request_id', '=', of.requestId)
    .where('person_id', '=', of.personId)
    .where('binding_hash', '=', of.bindingHash)
    .where('spent_at', 'is', null)
    .where('ended_at', '>', since)
    .executeTakeFirst();
  return found?.signed_in ?? undefined;
}

/** Part of the step for which the sign-in was made; false when another step has used it. */
export async function spendSignIn(tx: Tx, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sign_ins')
    .set({ spent_at: at })
    .where('id', '=', id)
    .where('signed_in', 'is not', null)
    .where('spent_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Deletes expired sign-ins. The audit trail keeps the facts. */
export async function deleteSignIns(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('sign_ins').where('expires_at', '<', before).execute();
}
