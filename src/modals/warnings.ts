/** What an approver should see first in a modal: why they may not approve, and a quota that is too small. */
import type { KnownBlock } from '@slack/types';
import { type Problem, sentenceOf } from '../errors/problem.ts';
import { warning } from '../messages/newer-blocks.ts';
import type { DecisionRights } from '../requests/decide/decision-rights.ts';
import { context } from './blocks.ts';

/** A warning when the person may not approve, for example because they lack a permission. */
export function decisionRightsBlocks(rights: DecisionRights | null): KnownBlock[] {
  if (!rights) return [];
  const { mayApprove, words } = rights;
  return [mayApprove ? context('rights', words) : warning('rights', words)];
}

export function quotaBlocks(notices: readonly Problem[]): KnownBlock[] {
  return notices
    .filter(({ code }) => code === 'notice.quota' || code === 'notice.quota-one')
    .map((notice) => warning('quota', sentenceOf(notice)));
}
