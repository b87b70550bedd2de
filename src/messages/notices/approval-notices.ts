/** What people hear while a request waits, and when something out of the ordinary was done. Pure. */
import { whoOf } from '../approval-lines.ts';
import { type Post, post } from '../post.ts';
import type { HeadViewModel } from '../request-view-model.ts';
import { bold, type Inline, lines, moment } from '../rich-text.ts';

export type Course = {
  readonly reminded: number;
  readonly isEscalated: boolean;
  readonly liftedLimit: { readonly byName: string; readonly reason: string } | null;
  /** Who is told when a limit pauses a request. */
  readonly tellOfLimit: readonly string[];
};

/** In the thread: reminders that nobody needs anymore say so, so that nobody is asked for nothing. */
export function approvalNotices(it: HeadViewModel, course: Course): Post[] {
  return [
    ...reminders(it, course),
    ...escalation(it, course),
    ...brokenGlass(it),
    ...limits(it, course),
  ];
}

function reminders(it: HeadViewModel, { reminded }: Course): Post[] {
  const isOpen = it.state === 'awaiting_approval';
  const stages = it.approval.plan?.approval.stages ?? [];
  const who: Inline[] = stages.flatMap((stage) => [...whoOf(stage), ' ']);
  return Array.from({ length: reminded }, (_, index) => {
    const rows: Inline[][] = isOpen
      ? [
          [
            bold('Reminder: '),
            'this request still waits for an approval. ',
            ...who,
            ...(it.expiresAt ? ['Open until ', moment(it.expiresAt), '.'] : []),
          ],
        ]
      : [[bold('Reminder: '), 'no longer needed.']];
    return inThread(it, `reminder-${index + 1}`, rows);
  });
}

function escalation(it: HeadViewModel, { isEscalated }: Course): Post[] {
  const to = it.approval.plan?.approval.escalation;
  if (!isEscalated || !to) return [];
  const rows: Inline[][] =
    it.state === 'awaiting_approval'
      ? [[bold('Nobody has decided yet. '), ...whoOf(to), ' may approve too now.']]
      : [[bold('More people were asked. '), 'No longer needed.']];
  return [inThread(it, 'escalated', rows)];
}

function brokenGlass(it: HeadViewModel): Post[] {
  const { decision } = it;
  if (decision?.ground?.kind !== 'break-glass') return [];
  const tell = it.approval.plan?.approval.breakGlass?.tell ?? [];
  const row: Inline[] = [
    bold(decision.byName),
    ` had ${it.number} in ${it.instance} created at once, without the approvals that the policy asks for. Reason: `,
    decision.reason ?? '',
  ];
  return tell.map((person) =>
    post({ key: `break-glass-${person}`, to: { person }, blocks: [lines('glass', [row])] }),
  );
}

function limits(it: HeadViewModel, { liftedLimit, tellOfLimit }: Course): Post[] {
  const isPaused = it.hold?.code === 'create.limit';
  const told = isPaused
    ? tellOfLimit.map((person) => {
        const row: Inline[] = [
          bold(it.number),
          ` in ${it.instance} was paused: more users than the limit allows. Somebody who has not approved it can let it go on, with a reason.`,
        ];
        return post({ key: `limit-${person}`, to: { person }, blocks: [lines('limit', [row])] });
      })
    : [];
  if (!liftedLimit) return told;
  const row: Inline[] = [bold(liftedLimit.byName), ' let it go on: ', liftedLimit.reason];
  return [...told, inThread(it, 'limit-lifted', [row])];
}

function inThread(it: HeadViewModel, key: string, rows: Inline[][]): Post {
  return post({
    key,
    to: { channel: it.requestsChannel },
    inThreadOf: 'card',
    blocks: [lines(key, rows)],
  });
}
