/** The states of a request and of a row. The transitions are in the other files of this folder. */
import type { DecisionBasis } from '../../auth/decision-basis.ts';

/**
 * `received`: stored, not checked yet. `check_failed`: the check failed for an unknown reason, and its requester may
 * have it checked again. `offered`: a file was checked, and its uploader has not yet requested the valid rows.
 * `rejected`: the check found a problem. `scheduled`: approved, and created at a later time. `approved`: being
 * created. `paused`: a person stopped it, or nothing can be created before a person acts. The last five are final.
 */
export const requestStates = [
  'received',
  'check_failed',
  'offered',
  'awaiting_approval',
  'scheduled',
  'approved',
  'paused',
  'done',
  'rejected',
  'denied',
  'cancelled',
  'expired',
] as const;

export type RequestState = (typeof requestStates)[number];

/**
 * `wrong`: left out of the request because of its mistakes. `skipped`: a corrected results file marks it as already
 * created. `left_out`: an approver left it out of the request, so it belongs to no hash and is never sent. `waiting`:
 * not sent. `sending`: marked, then sent; when no process is sending it anymore, its outcome is unclear. `unclear`:
 * must be looked up before anything is sent again (H1). The last three are outcomes.
 */
export type RowState =
  | 'wrong'
  | 'skipped'
  | 'left_out'
  | 'waiting'
  | 'sending'
  | 'unclear'
  | 'created'
  | 'failed'
  | 'cancelled';

/** One of the people who approved. */
export type Approver = {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly basis: DecisionBasis;
};

/** Who decided a request and on what basis. Bound to the rows by `contentHash` (H2). */
export type Decision = {
  readonly kind: 'approved' | 'denied' | 'cancelled';
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly contentHash: string | null;
  readonly basis?: DecisionBasis;
  readonly reason?: string;
  /** Everybody who approved, with the last approver at the end. */
  readonly approvers?: readonly Approver[];
  /** What they approved in addition to the rows: the permissions of the security profiles (H2). */
  readonly bindingHash?: string;
};
