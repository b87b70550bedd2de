/** The card in the requests channel: the requester, the request, and what to do about it now. */

import type { KnownBlock } from '@slack/types';
import { type ErrorCode, explain, type Problem, sentenceOf } from '../errors/problem.ts';
import type { Decision } from '../requests/model/states.ts';
import { count, duration } from '../text/durations.ts';
import { listed } from '../text/lists.ts';
import { fullName } from '../users/full-name.ts';
import { approvalLines, policyLines } from './approval-lines.ts';
import { cardButtons } from './card-actions.ts';
import { type Post, post } from './post.ts';
import type { HeadViewModel, RequestViewModel } from './request-view-model.ts';
import { bold, code, type Inline, icons, lines, moment, person, usergroup } from './rich-text.ts';
import { severalLines, userLines } from './user-summary.ts';

export function card(request: RequestViewModel): Post {
  const whom = requestedUsersText(request);
  const [only] = request.rows;
  const username = only?.user?.username ?? only?.draft.username;
  const blocks: KnownBlock[] = [
    lines('request', [
      [
        ...requester(request),
        ' requests ',
        bold(whom),
        ...(request.rows.length === 1 && username ? [' (', code(username), ')'] : []),
        ' in ',
        bold(request.instance),
        ` · ${request.number}`,
      ],
    ]),
    lines('unusual', unusualLines(request)),
    lines(
      'users',
      request.rows.length > 1
        ? severalLines(request.rows.flatMap(({ user }) => user ?? []))
        : request.rows.flatMap((row) => (row.user ? userLines(row.user, row.passwordPlan) : [])),
    ),
    lines('state', [...reasonLines(request), ...stateLines(request), ...notifyLine(request)]),
  ];
  const created = request.rows.filter((row) => row.state === 'created').length;
  const buttons = cardButtons(request, {
    whom,
    approve: request.rows.length > 1 ? `Approve ${request.rows.length}` : 'Approve',
    many: false,
    left: request.rows.length - created,
    created,
  });
  if (buttons) blocks.push(buttons);
  return post({
    key: 'card',
    to: { channel: request.requestsChannel },
    blocks: withoutEmpty(blocks),
  });
}

/** Slack refuses a text without anything in it. */
export function withoutEmpty(blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.filter(
    (block) =>
      block.type !== 'rich_text' || block.elements.some((element) => element.elements.length > 0),
  );
}

/**
 * The requester's name and mention: a name can be imitated, so the mention, which Slack itself fills in, is beside
 * it.
 */
export function requester({ requester: { id, name } }: HeadViewModel): Inline[] {
  return [bold(name), ' (', person(id), ')'];
}

/** "Mary Major", or "3 users". */
export function requestedUsersText(request: RequestViewModel): string {
  const [row] = request.rows;
  if (request.rows.length !== 1 || !row) return count(request.rows.length, 'user');
  if (row.user) return fullName(row.user);
  const { firstName, lastName, username } = row.draft;
  return fullName({
    username: username ?? 'one user',
    ...(firstName ? { firstName } : {}),
    ...(lastName ? { lastName } : {}),
  });
}

/** Phrases shown for one profile on the card; Connect shows the rest. */
const phrasesShown = 3;

/** Notices that say how common something is, and are not warnings. */
const comparisons: ReadonlySet<string> = new Set<ErrorCode>([
  'notice.replaces',
  'notice.same-access',
  'notice.usual-access',
]);

/** What an approver should consider first, most important first; at the end, how common the access is. */
export function unusualLines(
  request: Pick<HeadViewModel, 'risks' | 'notices' | 'requesterSharedWith' | 'requester'>,
): Inline[][] {
  const risks = request.risks.flatMap(({ profile, may }, index): Inline[] => {
    const shown = may.length > phrasesShown ? may.slice(0, phrasesShown - 1) : may;
    const rest = may.length - shown.length;
    const what = listed(rest > 0 ? [...shown, `${rest} more`] : shown);
    return [...(index > 0 ? [' · '] : []), bold(profile), ` can ${what}`];
  });
  const isComparison = ({ code }: Problem) => comparisons.has(code);
  return [
    ...(risks.length > 0 ? [[icons.warning, ' ', ...risks]] : []),
    ...sharedLines(request),
    ...request.notices
      .filter((notice) => !isComparison(notice))
      .map((notice): Inline[] => [icons.warning, ` ${explain(notice)}`]),
    ...request.notices.filter(isComparison).map((notice): Inline[] => [explain(notice)]),
  ];
}

/** The requester's reason, and what the policy requires for it. */
export function reasonLines(request: HeadViewModel): Inline[][] {
  return [
    ...(request.reason ? [[bold('Reason'), ` ${request.reason}`]] : []),
    // After the approval, the last line shows when the users are created.
    ...(request.notBefore && request.state !== 'scheduled'
      ? [[bold('Not before'), ' ', moment(request.notBefore)]]
      : []),
    ...policyLines(request.approval),
  ];
}

/** Other Slack people with the same Connect user as the requester, who count as the requester too. */
function sharedLines({
  requesterSharedWith: others,
  requester,
}: Pick<HeadViewModel, 'requesterSharedWith' | 'requester'>): Inline[][] {
  if (others.length === 0) return [];
  const are = others.length > 1 ? 'are' : 'is';
  const said = ` ${listed(others)} ${are} the same Connect user as ${requester.name}, and cannot approve this`;
  return [[icons.warning, said]];
}

function stateLines(view: RequestViewModel): Inline[][] {
  switch (view.state) {
    case 'check_failed':
      return [[icons.warning, ` ${view.hold ? explain(view.hold) : 'Could not be checked.'}`]];
    case 'received':
      return [view.hold ? heldLine(view.hold) : ['Being checked…']];
    case 'awaiting_approval':
      return approvalLines(view.approval, view.expiresAt);
    case 'scheduled':
      return [scheduledLine(view)];
    case 'approved':
      if (view.hold) return [heldLine(view.hold)];
      return [
        [icons.working, ` ${view.stopping ? 'Stopping…' : 'Being created…'} · ${approval(view)}`],
      ];
    case 'done': {
      const created = view.rows.filter((row) => row.state === 'created').length;
      const cancelled = view.rows.filter((row) => row.state === 'cancelled').length;
      const failed = view.rows.length - created - cancelled;
      const took =
        view.startedAt && view.endedAt ? view.endedAt.getTime() - view.startedAt.getTime() : 0;
      const result = [
        created > 0 ? `${created} created` : '',
        failed > 0 ? `${failed} failed` : '',
        cancelled > 0 ? `${cancelled} cancelled` : '',
      ]
        .filter(Boolean)
        .join(', ');
      const mark = resultIcon(created, view.rows.length);
      return [[mark, ` ${result} · ${approval(view)} · ${duration(Math.max(1000, took))}`]];
    }
    case 'paused':
      return [view.hold ? heldLine(view.hold) : [icons.paused, ` Paused · ${approval(view)}`]];
    default:
      return [settledLine(view)];
  }
}

/** When the approved users will be created. */
export function scheduledLine(view: HeadViewModel): Inline[] {
  const { notBefore } = view;
  return [
    icons.later,
    ' To be created ',
    notBefore ? moment(notBefore) : 'later',
    ` · ${approval(view)}`,
  ];
}

/** Why a request waits. */
export function heldLine(why: Problem): Inline[] {
  return [icons.paused, ` ${explain(why)}`];
}

/** The icon for the result. */
export function resultIcon(created: number, all: number): Inline {
  if (created === all) return icons.good;
  return created === 0 ? icons.bad : icons.warning;
}

/** How a request ended without creating anything, or that creating has not started. */
export function settledLine(view: HeadViewModel): Inline[] {
  const { decision } = view;
  switch (view.state) {
    case 'rejected':
      return [
        icons.bad,
        ' Not sent: something needs to be corrected. The requester was told what.',
      ];
    case 'denied':
      return [
        icons.refused,
        ' Denied by ',
        bold(decision?.byName ?? 'somebody'),
        decision?.reason ? `: ${decision.reason}` : '',
      ].filter((part) => part !== '');
    case 'cancelled':
      return ['Withdrawn by ', bold(decision?.byName ?? 'the requester')];
    case 'expired':
      return view.hold
        ? [icons.expired, ` ${sentenceOf(view.hold)}`]
        : [icons.expired, ' Nobody decided in time. Nothing was created.'];
    default:
      return ['Being checked…'];
  }
}

/** "approved by Ari Admin", or that nobody had to. */
export function approval(view: HeadViewModel): string {
  if (!view.decision) return 'approved';
  return view.decision.basis?.kind === 'own-permission'
    ? `no approval needed: ${view.decision.byName} holds Users – Create`
    : `approved by ${approverNames(view.decision)}`;
}

/** Everybody who agreed. */
function approverNames({ approvers, byName }: Decision): string {
  return approvers ? listed([...new Set(approvers.map(({ name }) => name))]) : byName;
}

/**
 * Mentions the people who should notice the card according to the policy, only in the state in which it is posted.
 */
export function notifyLine(request: HeadViewModel): Inline[][] {
  const { notify } = request.cardPolicy;
  if (request.state !== 'awaiting_approval' || notify.length === 0) return [];
  const mentions = notify.map((id) => (id.startsWith('S') ? usergroup(id) : person(id)));
  return [mentions.flatMap((mention, at): Inline[] => (at === 0 ? [mention] : [' ', mention]))];
}
