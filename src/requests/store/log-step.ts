/** A request's life in the log, at level info: who, what, and the result; never text that people typed. */
import type { Log } from '../../operations/log.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import type { RequestState } from '../model/states.ts';
import type { Change } from '../model/transition.ts';

const undecided: readonly RequestState[] = ['received', 'offered', 'awaiting_approval'];
const checked: readonly RequestState[] = ['offered', 'awaiting_approval', 'approved', 'rejected'];
const ends: readonly RequestState[] = ['done', 'rejected', 'denied', 'cancelled', 'expired'];

/** Logs the changes of one step; call it after the step was committed. */
export function logStep(log: Log, before: RequestRecord, { set, event }: Change): void {
  const { id: request, instance, state: from } = before;
  const { state } = set;
  const { kind, actor, details } = event;
  const about = { request, instance, event: kind, by: actor, from, state };
  if (state === from) {
    log.info(about, 'a request went on');
    return;
  }
  if (from === 'received' && checked.includes(state)) log.info(about, 'a request was checked');
  if (state === 'awaiting_approval') log.info(about, 'an approval was requested');
  else if (state === 'approved' && undecided.includes(from)) {
    log.info(about, 'a request was approved');
  } else if (ends.includes(state)) {
    log.info({ ...about, ...countsOf(details) }, 'a request ended');
  } else if (state !== 'offered') log.info(about, 'a request went on');
}

/** Only numbers, because everything else in an event can be text that people typed. */
function countsOf(details: Readonly<Record<string, unknown>>): Record<string, number> {
  const { created, failed } = details;
  return {
    ...(typeof created === 'number' ? { created } : {}),
    ...(typeof failed === 'number' ? { failed } : {}),
  };
}
