/** The card in the requests channel: who asks, for what, and what is to be done about it now. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { explain, type Problem } from '../errors/problem.ts';
import type { Decision } from '../requests/model/states.ts';
import { count, duration } from '../text/durations.ts';
import { listed } from '../text/lists.ts';
import { approvalLines, policyLines } from './approval-lines.ts';
import { type Post, post } from './post.ts';
import type { HeadViewModel, RequestViewModel } from './request-view-model.ts';
import { bold, type Inline, icons, lines } from './rich-text.ts';
import { fullName, userLines } from './user-summary.ts';

/** Ids of the card's buttons; src/actions/ listens to them. */
export const cardActions = {
  approve: 'approve_request',
  deny: 'deny_request',
  withdraw: 'withdraw_approval',
  cancel: 'cancel_request',
  showRows: 'show_rows',
  pause: 'pause_request',
  resume: 'resume_request',
  cancelRest: 'cancel_rest',
  retry: 'retry_failed',
  checkAgain: 'check_again',
} as const;

/** What a button carries: the request, and the content that was shown when it was pressed (H2). */
export type ButtonValue = { readonly requestId: number; readonly contentHash: string | null };

export function buttonValue(value: ButtonValue): string {
  return `${value.requestId} ${value.contentHash ?? ''}`.trim();
}

/** Null for a value that this bot never wrote. */
export function parseButtonValue(text: string | undefined): ButtonValue | null {
  const match = /^(\d{1,9})(?: ([0-9a-f]{64}))?$/.exec(text ?? '');
  return match ? { requestId: Number(match[1]), contentHash: match[2] ?? null } : null;
}

export function card(it: RequestViewModel): Post {
  const blocks: KnownBlock[] = [
    lines('request', [
      [
        bold(it.requester.name),
        ' asks for ',
        bold(count(it.rows.length, 'user')),
        ' in ',
        bold(it.instance),
        ` · ${it.number}`,
      ],
    ]),
    lines(
      'users',
      it.rows.flatMap((row) =>
        row.user ? userLines(row.user, row.passwordPlan) : [draftLine(row)],
      ),
    ),
  ];
  const remarks = remarkLines(it);
  if (remarks.length > 0) blocks.push(lines('remarks', remarks));
  blocks.push(lines('state', stateLines(it)));
  const buttons = cardButtons(it);
  if (buttons) blocks.push(buttons);
  return post({ key: 'card', to: { channel: it.requestsChannel }, blocks });
}

function draftLine(row: RequestViewModel['rows'][number]): Inline[] {
  const { firstName, lastName, username } = row.draft;
  const name = fullName({
    username: username ?? '(no username)',
    ...(firstName ? { firstName } : {}),
    ...(lastName ? { lastName } : {}),
  });
  return [bold(name)];
}

export function remarkLines(it: HeadViewModel): Inline[][] {
  const risks = it.risks.map((risk): Inline[] => [
    icons.warning,
    ' ',
    bold(risk.profile),
    ` may ${listed(risk.may)}`,
  ]);
  const others = it.requesterSharedWith;
  const shared: Inline[][] =
    others.length > 0
      ? [
          [
            icons.warning,
            ` ${listed(others)} ${others.length > 1 ? 'are' : 'is'} the same Connect user as ${it.requester.name}, and cannot approve this`,
          ],
        ]
      : [];
  const notices = it.notices.map((notice): Inline[] => [`⚠ ${explain(notice)}`]);
  const reason: Inline[][] = it.reason ? [[`Reason: ${it.reason}`]] : [];
  return [...risks, ...shared, ...notices, ...reason, ...policyLines(it.approval)];
}

function stateLines(it: RequestViewModel): Inline[][] {
  switch (it.state) {
    case 'check_failed':
      return [[icons.warning, ` ${it.hold ? explain(it.hold) : 'Could not be checked.'}`]];
    case 'received':
      return [it.hold ? heldLine(it.hold) : ['Being checked …']];
    case 'awaiting_approval':
      return approvalLines(it.approval, it.expiresAt);
    case 'approved':
      return [it.hold ? heldLine(it.hold) : [icons.working, ` ${approval(it)} · being created …`]];
    case 'done': {
      const created = it.rows.filter((row) => row.state === 'created').length;
      const cancelled = it.rows.filter((row) => row.state === 'cancelled').length;
      const failed = it.rows.length - created - cancelled;
      const took = it.startedAt && it.endedAt ? it.endedAt.getTime() - it.startedAt.getTime() : 0;
      const result = [
        created > 0 ? `${created} created` : '',
        failed > 0 ? `${failed} failed` : '',
        cancelled > 0 ? `${cancelled} cancelled` : '',
      ]
        .filter(Boolean)
        .join(', ');
      const mark = resultIcon(created, it.rows.length);
      return [[mark, ` ${result} · ${approval(it)} · took ${duration(Math.max(1000, took))}`]];
    }
    case 'paused':
      return [it.hold ? heldLine(it.hold) : [icons.paused, ` Paused · ${approval(it)}`]];
    default:
      return [settledLine(it)];
  }
}

/** Why a request waits. */
export function heldLine(why: Problem): Inline[] {
  return [icons.paused, ` ${explain(why)}`];
}

/** How well it ended. */
export function resultIcon(created: number, all: number): Inline {
  if (created === all) return icons.good;
  return created === 0 ? icons.bad : icons.warning;
}

/** How a request ended that created nothing, or that it has not begun. */
export function settledLine(it: HeadViewModel): Inline[] {
  const { decision } = it;
  switch (it.state) {
    case 'rejected':
      return [icons.bad, ' Not asked for: something in it is wrong. The requester was told what.'];
    case 'denied':
      return [
        icons.refused,
        ' Denied by ',
        bold(decision?.byName ?? 'somebody'),
        decision?.reason ? `: ${decision.reason}` : '',
      ].filter((part) => part !== '');
    case 'cancelled':
      return ['Cancelled by ', bold(decision?.byName ?? 'the requester')];
    case 'expired':
      return [icons.expired, ' Nobody decided in time. Nothing was created.'];
    default:
      return ['Being checked …'];
  }
}

/** "approved by Ari Admin", or that nobody had to. */
export function approval(it: HeadViewModel): string {
  if (!it.decision) return 'approved';
  return it.decision.ground?.kind === 'own-permission'
    ? `no approval needed: ${it.decision.byName} holds Users – Create`
    : `approved by ${approverNames(it.decision)}`;
}

/** Everybody who agreed. */
function approverNames({ approvers, byName }: Decision): string {
  return approvers ? listed([...new Set(approvers.map(({ name }) => name))]) : byName;
}

export function retryLabel(it: HeadViewModel): string {
  return `Retry ${it.retryable} failed`;
}

export function cardButtons(
  it: HeadViewModel,
  /** What a request of many has beside what a request of one has. */
  many: { readonly approve: string } | null = null,
): ActionsBlock | null {
  const value = buttonValue({ requestId: it.id, contentHash: it.contentHash });
  const button = (actionId: string, text: string, style?: 'primary' | 'danger'): Button => ({
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text },
    value,
    ...(style ? { style } : {}),
  });
  const elements = ((): Button[] => {
    switch (it.state) {
      case 'check_failed':
        return [
          button(cardActions.checkAgain, 'Check again', 'primary'),
          button(cardActions.cancel, 'Cancel'),
        ];
      case 'awaiting_approval':
        return [
          button(cardActions.approve, many?.approve ?? 'Approve', 'primary'),
          button(cardActions.deny, 'Deny', 'danger'),
          ...(many ? [button(cardActions.showRows, 'Show rows')] : []),
          ...(it.approval.given.length > 0
            ? [button(cardActions.withdraw, 'Withdraw my approval')]
            : []),
          button(cardActions.cancel, 'Cancel'),
        ];
      case 'approved':
        // One user is created before anybody could press a button.
        if (!many) return [];
        return [
          button(cardActions.pause, 'Pause'),
          button(cardActions.cancelRest, 'Cancel the rest'),
        ];
      case 'paused':
        return [
          button(cardActions.resume, 'Resume', 'primary'),
          button(cardActions.cancelRest, 'Cancel the rest'),
        ];
      case 'done':
        return it.retryable > 0 ? [button(cardActions.retry, retryLabel(it))] : [];
      default:
        return [];
    }
  })();
  return elements.length > 0 ? { type: 'actions', block_id: 'decide', elements } : null;
}
