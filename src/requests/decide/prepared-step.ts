/** A step of a request, ready to be taken once the request is locked. */
import type { Problem } from '../../errors/problem.ts';
import type { Tx } from '../../storage/database.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import type { RequestHead, Transition } from '../model/transition.ts';

/**
 * Everything that must be asked of Slack and Connect is asked before: no lock is held while a network answers.
 * `tx` and `locked` are what belongs to the moment of the step.
 */
export type Prepared = {
  readonly transition: (
    head: RequestHead,
    now: Date,
    tx: Tx,
    locked: RequestRecord,
  ) => Transition | Promise<Transition>;
  /** What to tell the person who clicked, although the step succeeded. */
  readonly tell?: Problem;
};
