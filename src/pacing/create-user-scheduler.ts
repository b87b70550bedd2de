/**
 * The slots of CreateUser: one scheduler over all requests and all replicas. A slot is taken when it is due and not
 * before, in the transaction that marks its rows. So the choice considers everything that waits at that moment, and
 * no slot is taken for rows that may not be sent anymore.
 */
import type { Db, Tx } from '../storage/database.ts';
import { exchangeClaims, publishClaim } from './send-claims-store.ts';
import { changePace, createKey, type PacedInstance } from './shared-pace.ts';
import {
  adjustToClock,
  type PaceSettings,
  type PaceState,
  type Slots,
  takeSlots,
} from './token-bucket.ts';
import { type Claim, urgency } from './turn-order.ts';

/** How early a slot is taken, so that the transaction has ended when it is due. */
const aheadMs = 50;
/** For how long a due slot is left to another bot's more urgent request. */
const leaveToOthersMs = 250;
/** The time until this bot checks whether the other one has taken it. */
const lookAgainMs = 20;

export type TurnOffer<T> = {
  /** Distinguishes this process from the others with the same budget. */
  readonly bot: string;
  readonly claim: Claim;
  /** The most urgent other request of this process; null when there is none. */
  readonly next: Claim | null;
  /** The maximum number of slots. */
  readonly count: number;
  /** Uses up to `count` slots inside the transaction; none is taken when it uses none. */
  use(tx: Tx, count: number): Promise<{ readonly used: number; readonly answer: T }>;
};

export type TurnAnswer<T> =
  /** `nextInMs` is the time until the next call is useful. */
  | { readonly kind: 'taken'; readonly slots: Slots; readonly answer: T; readonly nextInMs: number }
  | { readonly kind: 'unused'; readonly answer: T }
  | { readonly kind: 'wait'; readonly nextInMs: number };

/**
 * Takes the next slots if they are due and no other bot has a more urgent request; otherwise returns how long to
 * wait.
 */
export function takeTurn<T>(
  db: Db,
  instance: PacedInstance,
  offer: TurnOffer<T>,
): Promise<TurnAnswer<T>> {
  const key = createKey(instance);
  return changePace<TurnAnswer<T>>(
    db,
    key,
    key,
    instance.pace,
    async (found, settings, nowMs, tx) => {
      const state = adjustToClock(found, nowMs);
      const others = await exchangeClaims(tx, key, offer.bot, offer.claim);
      const { slots } = takeSlots(state, settings, nowMs, offer.count);
      const wait = (ms: number) => ({
        state,
        answer: { kind: 'wait' as const, nextInMs: Math.max(lookAgainMs, ms) },
      });
      if (slots.waitMs > aheadMs) return wait(slots.waitMs - aheadMs);
      const own = urgency(offer.claim);
      const isAnothers = others.some((claim) => urgency(claim) > own);
      // A bot that has ended or hangs does not take its slot, so this one takes it instead.
      if (isAnothers && slots.lateMs < leaveToOthersMs) return wait(lookAgainMs);
      const { used, answer } = await offer.use(tx, slots.count);
      if (used === 0) return { state, answer: { kind: 'unused', answer } };
      const taken = takeSlots(state, settings, nowMs, used);
      await publishClaim(tx, key, offer.bot, offer.next);
      const nextInMs = untilNext(taken.state, settings, nowMs);
      return {
        state: taken.state,
        answer: { kind: 'taken', slots: taken.slots, answer, nextInMs },
      };
    },
  );
}

function untilNext(state: PaceState, settings: PaceSettings, nowMs: number): number {
  return Math.max(0, takeSlots(state, settings, nowMs, 1).slots.waitMs - aheadMs);
}

/** Publishes that this bot has nothing to send, so that no other bot leaves a slot to it. */
export async function withdrawClaim(db: Db, instance: PacedInstance, bot: string): Promise<void> {
  await publishClaim(db, createKey(instance), bot, null);
}
