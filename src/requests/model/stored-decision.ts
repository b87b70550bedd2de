/** A decision in the database: there, and in the audit trail, its basis has the key `ground`. Pure. */
import type { DecisionBasis } from '../../auth/decision-basis.ts';
import type { Approver, Decision } from './states.ts';

type StoredApprover = Omit<Approver, 'basis'> & { readonly ground: DecisionBasis };

export type StoredDecision = Omit<Decision, 'basis' | 'approvers'> & {
  readonly ground?: DecisionBasis;
  readonly approvers?: readonly StoredApprover[];
};

/** The decision as it is written to the database. */
export function toStoredDecision({ basis, approvers, ...decision }: Decision): StoredDecision {
  return {
    ...decision,
    ...(basis ? { ground: basis } : {}),
    ...(approvers
      ? { approvers: approvers.map(({ basis: ground, ...approver }) => ({ ...approver, ground })) }
      : {}),
  };
}

/** The decision as it was read from the database; null when there is none. */
export function fromStoredDecision(stored: StoredDecision | null): Decision | null {
  if (!stored) return null;
  const { ground, approvers, ...decision } = stored;
  return {
    ...decision,
    ...(ground ? { basis: ground } : {}),
    ...(approvers
      ? { approvers: approvers.map(({ ground: basis, ...approver }) => ({ ...approver, basis })) }
      : {}),
  };
}
