/** Why a correction was not taken, in the form that was submitted. */
import type { ModalView } from '@slack/types';
import { type Problem, problem, sentenceOf, todoOf } from '../../errors/problem.ts';
import { isDatabaseUnavailable } from '../../storage/unavailable.ts';
import { noticeView } from '../blocks.ts';

/** Stores something before the acknowledgement; says so when the database does not take it. */
export async function storedOrWhy(store: () => Promise<Problem | null>): Promise<Problem | null> {
  try {
    return await store();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return problem('form.not-saved');
  }
}

export function refusalView(of: string, why: Problem): ModalView {
  return noticeView(of, [sentenceOf(why), todoOf(why)]);
}
