/** Why a correction was not taken, in the form that was submitted. */
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { explain, type Problem, problem, sentenceOf, todoOf } from '../../errors/problem.ts';
import { isDatabaseUnavailable } from '../../storage/unavailable.ts';
import { noticeView } from '../blocks.ts';

/**
 * Reads and stores what has to be done before the acknowledgement, all of it with `services.intake`; says so when the
 * database does not take it in time.
 */
export async function storedOrWhy(store: () => Promise<Problem | null>): Promise<Problem | null> {
  try {
    return await store();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return problem('form.not-saved');
  }
}

/**
 * What is acknowledged when something was not taken. Where only the database did not take it, the form stays as it is.
 *
 * @param block an input of the form, where it has one
 */
export function refused(of: string, why: Problem, block?: string): ViewResponseAction {
  return why.code === 'form.not-saved' && block !== undefined
    ? { response_action: 'errors', errors: { [block]: explain(why) } }
    : { response_action: 'update', view: refusalView(of, why) };
}

export function refusalView(of: string, why: Problem): ModalView {
  return noticeView(of, [sentenceOf(why), todoOf(why)]);
}
