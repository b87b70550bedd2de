/** The life of a request and of a row, as words. The transitions are in transitions.ts. */

export const requestStates = [
  'awaiting_approval',
  'approved',
  'done',
  'denied',
  'cancelled',
  'expired',
] as const;
export type RequestState = (typeof requestStates)[number];

/**
 * `waiting`: not sent yet. `sending`: marked, then sent; if nobody is sending it any more the outcome is
 * unclear and the row is looked up (H1). The last two are outcomes.
 */
export const rowStates = ['waiting', 'sending', 'unclear', 'created', 'failed'] as const;
export type RowState = (typeof rowStates)[number];
