/** The messages in the card's thread: the decision, what delays it, and at the end the receipt. */
import type { DecisionBasis } from '../auth/decision-basis.ts';
import { type ErrorCode, explain } from '../errors/problem.ts';
import { count } from '../text/durations.ts';
import { fullName } from '../users/full-name.ts';
import { type Post, threadPost } from './post.ts';
import { receipt, reopened } from './receipt.ts';
import type { HeadViewModel, RequestViewModel } from './request-view-model.ts';
import { bold, type Inline, icons, italic, moment } from './rich-text.ts';
import { tagPages } from './user-summary.ts';

/** The thread's messages in order; empty before the first one. */
export function thread(view: RequestViewModel): Post[] {
  const end = receipt(view) ?? reopened(view);
  return [...tags(view), ...decisionAndHolds(view), ...(end ? [end] : [])];
}

/** What an approver must see and does not fit on the card. */
function tags(view: RequestViewModel): Post[] {
  return view.rows.flatMap((row) => {
    if (!row.user) return [];
    const name = fullName(row.user);
    return tagPages(row.user).map((page, index) => {
      const rows: Inline[][] = [['All tags of ', bold(name), ':'], ...page.map((tag) => [tag])];
      return threadPost(view, `tags-${row.position}-${index + 1}`, rows);
    });
  });
}

/** The decision, and what delays the request, for one user and for many. */
export function decisionAndHolds(view: HeadViewModel): Post[] {
  return [decision(view), hold(view), ...retries(view)].filter(
    (post): post is Post => post !== null,
  );
}

function decision(view: HeadViewModel): Post | null {
  const { decision } = view;
  if (!decision) return approvalsRequestedAgain(view);
  const { byName } = decision;
  switch (decision.kind) {
    case 'approved': {
      const { basis } = decision;
      if (basis?.kind === 'own-permission') {
        const rows = [[bold(byName), ` needed no approval${basisWords(basis)}.`]];
        return threadPost(view, 'decision', [...rows, ...laterLines(view)]);
      }
      if (basis?.kind === 'break-glass') {
        const rows: Inline[][] = [
          [
            bold(byName),
            ` had this created without approval${basisWords(basis)}: `,
            italic(decision.reason ?? ''),
          ],
        ];
        return threadPost(view, 'decision', rows);
      }
      const approvers = decision.approvers ?? [{ name: byName, basis }];
      const rows = approvers.map((approver): Inline[] => [
        bold(approver.name),
        ` approved${basisWords(approver.basis)}.`,
      ]);
      return threadPost(view, 'decision', [...rows, ...laterLines(view)]);
    }
    case 'denied':
      return threadPost(view, 'decision', [
        [bold(byName), ' denied: ', italic(decision.reason ?? '')],
        [`${view.requester.name} can change the request and send it again.`],
      ]);
    case 'cancelled':
      return threadPost(view, 'decision', [[bold(byName), ' withdrew the request.']]);
  }
}

/** When the approved users will be created, if that is later. */
function laterLines({ notBefore }: HeadViewModel): Inline[][] {
  return notBefore ? [['Not before ', moment(notBefore), '.']] : [];
}

/** Earlier approvals do not count anymore; replaces the earlier decision, if there was one. */
function approvalsRequestedAgain(view: HeadViewModel): Post | null {
  const { voided } = view.approval;
  if (view.state !== 'awaiting_approval' || !voided || voided.length === 0) return null;
  const what = voided.join('; ');
  return threadPost(view, 'decision', [
    [bold('Earlier approvals do not count anymore: '), `${what}. It has to be approved again.`],
  ]);
}

function basisWords(basis: DecisionBasis | undefined): string {
  if (!basis) return '';
  const through = basis.profiles.join(', ');
  const parts = [
    ...(through ? [`holds Users – Create through ${through}`] : []),
    ...(basis.stage ? [`stage ${basis.stage}`] : []),
    ...(basis.deputyFor ? ['as a deputy'] : []),
    ...(basis.signIn ? ['after a fresh sign-in'] : []),
    ...(basis.aboveCeiling ? ['above the ceiling, as the policy allows'] : []),
  ];
  return parts.length > 0 ? ` (${parts.join(' · ')})` : '';
}

function hold(view: HeadViewModel): Post | null {
  if (!view.hold) return null;
  return threadPost(view, holdKey(view.hold.code), [[icons.paused, ` ${explain(view.hold)}`]]);
}

const holdPrefix = 'hold-';

/** Key of the message in the thread that shows why a request waits: one for each reason. */
function holdKey(code: string): string {
  return `${holdPrefix}${code}`;
}

/** The sentences for a hold that is over; a reason that is not listed gets a general sentence. */
const overWords: Partial<Record<ErrorCode, string>> = {
  'create.unavailable': 'Amazon Connect is answering again.',
  'create.no-answer': 'Amazon Connect is giving clear answers again.',
  'create.quota': 'There is room again.',
  'create.throttled': 'Amazon Connect no longer limits the rate.',
  'create.denied': 'AWS allows it again.',
  'create.look-up-denied': 'AWS allows it again.',
  'connect.read-denied': 'AWS allows it again.',
  'slack.unavailable': 'Slack is answering again.',
  'file.cannot-fetch': 'Slack is answering again.',
  'check.slow': 'It took longer than usual.',
};

const wentOn = new Set<HeadViewModel['state']>([
  'received',
  'offered',
  'awaiting_approval',
  'approved',
  'done',
]);

/**
 * A reason that no longer delays the request: its message is edited to show that it is over.
 *
 * @param posted keys of the request's messages that Slack shows
 */
export function pastHolds(view: HeadViewModel, posted: ReadonlySet<string>): Post[] {
  // The request was paused or ended in the meantime, so it is unknown whether the reason still exists.
  if (view.state === 'paused' || view.state === 'check_failed') return [];
  const now = view.hold ? holdKey(view.hold.code) : null;
  return [...posted]
    .filter((key) => key.startsWith(holdPrefix) && key !== now)
    .map((key) => {
      const words = overWords[key.slice(holdPrefix.length) as ErrorCode] ?? 'This is over.';
      const said: Inline[] = wentOn.has(view.state)
        ? [icons.good, ` ${words} The request went on.`]
        : ['This no longer matters.'];
      return threadPost(view, key, [said]);
    });
}

function retries(view: HeadViewModel): Post[] {
  return view.retries.map(({ byName, rows }, index) => {
    const what = ` retried ${count(rows, 'failed user')} under the same approval.`;
    const how = ' The receipt above shows the result.';
    return threadPost(view, `retry-${index + 1}`, [[bold(byName), what, how]]);
  });
}
