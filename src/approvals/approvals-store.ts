/** The SQL of approvals: one exported function per statement. */
import type { DecisionBasis } from '../auth/decision-basis.ts';
import type { Binding } from '../policy/approval-binding.ts';
import type { GivenApproval, Plan } from '../policy/approver.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { ApprovalRecord } from '../storage/schema.ts';
import { toJson } from '../text/storable.ts';

/** Approvals that count, in the order in which they were given. */
export function readApprovals(db: Db, requestId: number): Promise<ApprovalRecord[]> {
  return db
    .selectFrom('approvals')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** An approval in the form that the verdict counts. */
export function toGivenApproval(record: ApprovalRecord): GivenApproval {
  return {
    personId: record.person_id,
    personName: record.person_name,
    connectUserId: record.connect_user_id,
    stage: record.stage,
    deputyFor: record.deputy_for,
    ...(record.ground.deputyForUserId ? { deputyForUserId: record.ground.deputyForUserId } : {}),
    ...(record.ground.vouchedBy ? { vouchedBy: record.ground.vouchedBy } : {}),
    lacks: record.lacks,
  };
}

/** The approvals of a request that count, in the form that the policy judges, oldest first. */
export async function readGivenApprovals(db: Db, requestId: number): Promise<GivenApproval[]> {
  return (await readApprovals(db, requestId)).map(toGivenApproval);
}

export async function insertApproval(
  tx: Tx,
  requestId: number,
  approval: GivenApproval & {
    readonly bindingHash: string;
    readonly basis: DecisionBasis;
    readonly at: Date;
  },
): Promise<void> {
  await tx
    .insertInto('approvals')
    .values({
      request_id: requestId,
      binding_hash: approval.bindingHash,
      stage: approval.stage,
      person_id: approval.personId,
      person_name: approval.personName,
      connect_user_id: approval.connectUserId,
      deputy_for: approval.deputyFor,
      lacks: toJson(approval.lacks),
      ground: toJson(approval.basis),
      at: approval.at,
    })
    .execute();
}

/** Withdraws the approvals of one person and returns how many there were. */
export async function withdrawApprovals(
  tx: Tx,
  requestId: number,
  personId: string,
  at: Date,
): Promise<number> {
  const updated = await tx
    .updateTable('approvals')
    .set({ ended_at: at })
    .where('request_id', '=', requestId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(updated.numUpdatedRows);
}

/** Voids every approval of a request. */
export async function voidApprovals(tx: Tx, requestId: number, at: Date): Promise<void> {
  await tx
    .updateTable('approvals')
    .set({ ended_at: at })
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .execute();
}

/**
 * Approvals of a larger list become approvals of the remaining rows; what they were originally given for stays on
 * record.
 */
export async function carryApprovals(
  tx: Tx,
  requestId: number,
  bindingHash: string,
  at: Date,
): Promise<void> {
  const before = await readApprovals(tx, requestId);
  await voidApprovals(tx, requestId, at);
  for (const approval of before) {
    const { ground: basis } = approval;
    await insertApproval(tx, requestId, {
      ...toGivenApproval(approval),
      bindingHash,
      basis,
      at: approval.at,
    });
  }
}

/** The approvals that the request needs, and the content they are given for. */
export async function setPlan(
  tx: Tx,
  requestId: number,
  {
    plan,
    binding,
    voided,
  }: {
    readonly plan: Plan;
    readonly binding: Binding;
    /** What changed; null when approvals are requested for the first time. */
    readonly voided: readonly string[] | null;
  },
): Promise<void> {
  await tx
    .updateTable('requests')
    .set({
      plan: toJson(plan),
      binding: toJson(binding),
      voided: voided && toJson(voided),
    })
    .where('id', '=', requestId)
    .execute();
}
