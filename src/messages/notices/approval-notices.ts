/** Messages while a request waits, and after exceptional actions. Pure. */
import { mentionsOf } from '../approval-lines.ts';
import { type Post, post, threadPost } from '../post.ts';
import type { HeadViewModel } from '../request-view-model.ts';
import { bold, type Inline, lines, moment } from '../rich-text.ts';

export type ApprovalProgress = {
  readonly reminded: number;
  readonly isEscalated: boolean;
  readonly liftedLimit: { readonly byName: string; readonly reason: string } | null;
  /** The people who are notified when a limit pauses a request. */
  readonly tellOfLimit: readonly string[];
};

/** In the thread: a reminder is edited when it is no longer needed. */
export function approvalNotices(view: HeadViewModel, course: ApprovalProgress): Post[] {
  return [
    ...reminders(view, course),
    ...escalation(view, course),
    ...breakGlassNotice(view),
    ...limits(view, course),
  ];
}

function reminders(view: HeadViewModel, { reminded }: ApprovalProgress): Post[] {
  const isOpen = view.state === 'awaiting_approval';
  const stages = view.approval.plan?.approval.stages ?? [];
  const who: Inline[] = stages.flatMap((stage) => [...mentionsOf(stage), ' ']);
  return Array.from({ length: reminded }, (_, index) => {
    const rows: Inline[][] = isOpen
      ? [
          [
            bold('Reminder: '),
            'this request still waits for an approval. ',
            ...who,
            ...(view.expiresAt ? ['Open until ', moment(view.expiresAt), '.'] : []),
          ],
        ]
      : [[bold('Reminder: '), 'no longer needed.']];
    return threadPost(view, `reminder-${index + 1}`, rows);
  });
}

function escalation(view: HeadViewModel, { isEscalated }: ApprovalProgress): Post[] {
  const to = view.approval.plan?.approval.escalation;
  if (!isEscalated || !to) return [];
  const rows: Inline[][] =
    view.state === 'awaiting_approval'
      ? [[bold('Nobody has decided yet. '), ...mentionsOf(to), ' may approve too now.']]
      : [[bold('More people were asked. '), 'No longer needed.']];
  return [threadPost(view, 'escalated', rows)];
}

function breakGlassNotice(view: HeadViewModel): Post[] {
  const { decision } = view;
  if (decision?.basis?.kind !== 'break-glass') return [];
  const tell = view.approval.plan?.approval.breakGlass?.tell ?? [];
  const row: Inline[] = [
    bold(decision.byName),
    ` had ${view.number} in ${view.instance} created at once, without the approvals that the policy requires. Reason: `,
    decision.reason ?? '',
  ];
  return tell.map((person) =>
    post({ key: `break-glass-${person}`, to: { person }, blocks: [lines('glass', [row])] }),
  );
}

function limits(view: HeadViewModel, { liftedLimit, tellOfLimit }: ApprovalProgress): Post[] {
  const isPaused = view.hold?.code === 'create.limit';
  const told = isPaused
    ? tellOfLimit.map((person) => {
        const row: Inline[] = [
          bold(view.number),
          ` in ${view.instance} was paused: more users than the limit allows. Somebody who has not approved it can let it go on, with a reason.`,
        ];
        return post({ key: `limit-${person}`, to: { person }, blocks: [lines('limit', [row])] });
      })
    : [];
  if (!liftedLimit) return told;
  const row: Inline[] = [bold(liftedLimit.byName), ' let it go on: ', liftedLimit.reason];
  return [...told, threadPost(view, 'limit-lifted', [row])];
}
