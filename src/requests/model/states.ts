/** The life of a request and of a row, as words. The transitions are in the files beside it. */
import type { Ground } from '../../auth/decision-ground.ts';

/**
 * `received`: stored, not checked yet. `check_failed`: the check failed for an unknown reason, and its requester may
 * have it checked again. `offered`: a file was checked, and its uploader has not yet requested
 * the good rows. `rejected`: the check found something wrong. `scheduled`: approved, and
 * created when its time has come. `approved`: being created. `paused`: somebody stopped that for a while, or nothing can be created until somebody acts. The
 * last five are ends.
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
 * `wrong`: left out of the request for its mistakes. `skipped`: a corrected results file says it is created
 * already. `left_out`: an approver took it out of the request, so it belongs to no hash and is never sent. `waiting`: not sent. `sending`: marked, then sent; when nobody is sending it anymore, its outcome is
 * unclear. `unclear`: to be looked up before anything is sent again (H1). The last three are outcomes.
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

/** One of the people who agreed. */
export type Approver = {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly ground: Ground;
};

/** Who settled a request and on what ground. Bound to the rows by `contentHash` (H2). */
export type Decision = {
  readonly kind: 'approved' | 'denied' | 'cancelled';
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly contentHash: string | null;
  readonly ground?: Ground;
  readonly reason?: string;
  /** Everybody who agreed, the one who completed it last. */
  readonly approvers?: readonly Approver[];
  /** What they approved in addition to the rows: the permissions of the security profiles (H2). */
  readonly bindingHash?: string;
};
