/** The messages in the card's thread: the decision, what delays it, and the receipt. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { DecisionBasis } from '../auth/decision-basis.ts';
import { type ErrorCode, explain } from '../errors/problem.ts';
import { count } from '../text/durations.ts';
import { fullName } from '../users/full-name.ts';
import type { NewUser } from '../users/new-user.ts';
import { button, buttonValue, cardActions, retryLabel } from './card-actions.ts';
import { type Post, post } from './post.ts';
import type { HeadViewModel, RequestViewModel, RowViewModel } from './request-view-model.ts';
import {
  bold,
  code,
  type Inline,
  icons,
  italic,
  lines,
  link,
  moment,
  smallLines,
} from './rich-text.ts';
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
      return inThread(view, `tags-${row.position}-${index + 1}`, rows);
    });
  });
}

/** The decision, and what delays the request, for one user and for many. */
export function decisionAndHolds(view: HeadViewModel): Post[] {
  return [decision(view), hold(view), ...retries(view)].filter(
    (post): post is Post => post !== null,
  );
}

function inThread(
  view: HeadViewModel,
  key: string,
  rows: Inline[][],
  below: readonly KnownBlock[] = [],
): Post {
  return post({
    key,
    to: { channel: view.requestsChannel },
    inThreadOf: 'card',
    blocks: [lines(key, rows), ...below],
  });
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
        return inThread(view, 'decision', [...rows, ...laterLines(view)]);
      }
      if (basis?.kind === 'break-glass') {
        const rows: Inline[][] = [
          [
            bold(byName),
            ` had this created without approval${basisWords(basis)}: `,
            italic(decision.reason ?? ''),
          ],
        ];
        return inThread(view, 'decision', rows);
      }
      const approvers = decision.approvers ?? [{ name: byName, basis }];
      const rows = approvers.map((approver): Inline[] => [
        bold(approver.name),
        ` approved${basisWords(approver.basis)}.`,
      ]);
      return inThread(view, 'decision', [...rows, ...laterLines(view)]);
    }
    case 'denied':
      return inThread(view, 'decision', [
        [bold(byName), ' denied: ', italic(decision.reason ?? '')],
        [`${view.requester.name} can change the request and send it again.`],
      ]);
    case 'cancelled':
      return inThread(view, 'decision', [[bold(byName), ' withdrew the request.']]);
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
  return inThread(view, 'decision', [
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
  return inThread(view, holdKey(view.hold.code), [[icons.paused, ` ${explain(view.hold)}`]]);
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
      return inThread(view, key, [said]);
    });
}

function retries(view: HeadViewModel): Post[] {
  return view.retries.map(({ byName, rows }, index) => {
    const what = ` retried ${count(rows, 'failed user')} under the same approval.`;
    const how = ' The receipt above shows the result.';
    return inThread(view, `retry-${index + 1}`, [[bold(byName), what, how]]);
  });
}

/** Replaces the receipt while the receipt would be out of date. */
export function reopened(view: HeadViewModel): Post | null {
  const last = view.retries.at(-1);
  if (!last || (view.state !== 'approved' && view.state !== 'paused')) return null;
  const said = ` ${count(last.rows, 'failed user')} of ${view.number} ${last.rows === 1 ? 'is' : 'are'} being retried. The receipt will be back here.`;
  return inThread(view, 'receipt', [[icons.working, said]]);
}

/** The way to continue for failed rows that need no change; empty when there are none. */
export function retryLines(view: HeadViewModel): Inline[][] {
  if (view.retryable === 0) return [];
  const why =
    'When the cause is gone (for a taken username: when that user is deleted or renamed in Connect), press ';
  return [[why, bold(retryLabel(view)), ' on the card. No new approval is needed.']];
}

function receipt(view: RequestViewModel): Post | null {
  if (view.state !== 'done') return null;
  const rows = [...view.rows.flatMap((row) => outcomeLines(view, row)), ...retryLines(view)];
  const ids = view.rows.flatMap(idLine);
  // At the end and in small text, because they matter for later look-ups and not for reading the result on a phone.
  const [row] = view.rows;
  return inThread(view, 'receipt', rows, [
    ...(ids.length > 0 ? [smallLines('ids', ids)] : []),
    ...(row?.user ? [copyButtons(view, row, row.user)] : []),
  ]);
}

/** Texts to copy: the new user's welcome, and the same user as a command. */
function copyButtons(view: RequestViewModel, row: RowViewModel, user: NewUser): ActionsBlock {
  const value = buttonValue({ requestId: view.id, contentHash: null });
  const about = `${fullName(user)}, ${view.number}`;
  return {
    type: 'actions',
    block_id: 'copy',
    elements: [
      ...(row.state === 'created'
        ? [button(cardActions.copyWelcome, 'Copy a welcome', value, { about })]
        : []),
      button(cardActions.copyCommand, 'Copy as aws command', value, { about }),
    ],
  };
}

function idLine(row: RowViewModel): string[] {
  return row.state === 'created' ? [`User ID ${row.userId ?? ''} · ARN ${row.userArn ?? ''}`] : [];
}

/** One row's outcome: how to sign in, or what failed and what to do. */
export function outcomeLines(view: RequestViewModel, row: RowViewModel): Inline[][] {
  const { user } = row;
  const username = user?.username ?? row.draft.username ?? '';
  const name = user ? fullName(user) : username;
  if (row.state === 'created') {
    return [
      [icons.good, ' ', bold(name), ' (', code(username), `) is ready in ${view.instance}.`],
      firstSignInLine(view, row, username),
      row.followUpProblem ? [icons.bad, ' ', explain(row.followUpProblem)] : [],
      welcomeLine(row, name),
    ].filter((line) => line.length > 0);
  }
  if (row.state === 'cancelled') {
    return [
      [icons.refused, ' ', bold(name), ' (', code(username), ') was cancelled. Not created.'],
    ];
  }
  const why = row.problem ? explain(row.problem) : 'Not created.';
  return [[icons.bad, ' ', bold(name), ' (', code(username), `) was not created. ${why}`]];
}

function welcomeLine({ welcome }: RowViewModel, name: string): Inline[] {
  if (!welcome) return [];
  return welcome.kind === 'sent'
    ? [`${name} has a welcome in Slack with the address and the username.`]
    : [icons.bad, ' ', explain(welcome.why)];
}

/** How the new user signs in for the first time, which depends on who manages the passwords. */
export function firstSignInLine(
  view: RequestViewModel,
  row: RowViewModel,
  username: string,
): Inline[] {
  if (!view.signIn) return [];
  const where: Inline[] = view.signIn.url
    ? ['They sign in at ', link(view.signIn.url, view.signIn.url)]
    : ['They sign in'];
  switch (view.signIn.mode) {
    case 'CONNECT_MANAGED':
      return row.passwordPlan === 'typed'
        ? [...where, ' as ', code(username), ' with the password that was typed into the form.']
        : [
            ...where,
            ' as ',
            code(username),
            ' and choose ',
            italic('Forgot password'),
            ' the first time. The link goes to their email address.',
          ];
    case 'SAML':
      return [
        ...where,
        ' through your company’s single sign-on as ',
        code(username),
        ', which must be exactly what your identity provider sends, capital letters included.',
      ];
    case 'EXISTING_DIRECTORY':
      return [...where, ' with their directory account ', code(username), '.'];
  }
}
