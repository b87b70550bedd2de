/** A step of a request that is prepared before the request is locked. */
import type { Problem } from '../../errors/problem.ts';
import type { Tx } from '../../storage/database.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import type { RequestHead, Transition } from '../model/transition.ts';

/**
 * All reads from Slack and Connect happen before, so that no lock is held during a network call. `tx` and `locked`
 * are the inputs at the moment of the step.
 */
export type Prepared = {
  readonly transition: (
    head: RequestHead,
    now: Date,
    tx: Tx,
    locked: RequestRecord,
  ) => Transition | Promise<Transition>;
  /** The message to the person who clicked, although the step succeeded. */
  readonly tell?: Problem;
};
