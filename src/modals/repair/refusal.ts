/** Why a correction was not accepted, shown in the submitted form. */
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { explain, type Problem, problem, sentenceOf, todoOf } from '../../errors/problem.ts';
import { isDatabaseUnavailable } from '../../storage/unavailable.ts';
import { noticeView } from '../blocks.ts';

/**
 * Performs the reads and writes before the acknowledgement, all with `services.intake`; shows an error when the
 * database does not answer in time.
 */
export async function storeOrExplain(
  store: () => Promise<Problem | null>,
): Promise<Problem | null> {
  try {
    return await store();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return problem('form.not-saved');
  }
}

/**
 * The acknowledgement when a correction was not accepted. When only the database failed, the form stays open
 * unchanged.
 *
 * @param block an input of the form, if there is one
 */
export function refused(of: string, why: Problem, block?: string): ViewResponseAction {
  return why.code === 'form.not-saved' && block !== undefined
    ? { response_action: 'errors', errors: { [block]: explain(why) } }
    : { response_action: 'update', view: refusalView(of, why) };
}

export function refusalView(of: string, why: Problem): ModalView {
  return noticeView(of, [sentenceOf(why), todoOf(why)]);
}
