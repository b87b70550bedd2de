/** The SQL of deliveries from Slack: each takes effect once, whichever bot gets it and however often (H5). */
import type { Db, Tx } from '../../storage/database.ts';

export type Delivery = {
  /** Slack's own id of the delivery, or another unique id. */
  readonly id: string;
  readonly kind: string;
  readonly receivedAt: Date;
  /** Digest of what was sent, for deliveries that a person can send again with other content. */
  readonly content?: string;
};

/**
 * Whether a delivery was stored before. `again`: with the same content. `changed`: with other content, which has not
 * been stored. Both contain the request that the first one became, if any.
 */
export type Claim =
  | { readonly kind: 'new' }
  | { readonly kind: 'again' | 'changed'; readonly requestId: number | null };

/** Stores the delivery, unless it was stored before. A simultaneous second one waits for the first. */
export async function claimDelivery(tx: Tx, delivery: Delivery): Promise<Claim> {
  if (await rememberDelivery(tx, delivery)) return { kind: 'new' };
  const { content, request_id: requestId } = await tx
    .selectFrom('deliveries')
    .select(['content', 'request_id'])
    .where('id', '=', delivery.id)
    .executeTakeFirstOrThrow();
  return { kind: content === (delivery.content ?? null) ? 'again' : 'changed', requestId };
}

/** True when this delivery is new; false when it was stored before, by this bot or another replica. */
export async function rememberDelivery(db: Db, delivery: Delivery): Promise<boolean> {
  const inserted = await db
    .insertInto('deliveries')
    .values({
      id: delivery.id,
      kind: delivery.kind,
      received_at: delivery.receivedAt,
      content: delivery.content ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** The request that a stored delivery became. */
export async function setDeliveryRequest(tx: Tx, id: string, requestId: number): Promise<void> {
  await tx.updateTable('deliveries').set({ request_id: requestId }).where('id', '=', id).execute();
}

/** Whether this delivery was stored before. */
export async function wasDelivered(db: Db, id: string): Promise<boolean> {
  const found = await db
    .selectFrom('deliveries')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  return found !== undefined;
}
