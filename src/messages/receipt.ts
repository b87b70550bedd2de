/** The receipt in the card's thread: what became of the user, and how the user signs in. A file's is in files/. */
import type { ActionsBlock } from '@slack/types';
import { explain } from '../errors/problem.ts';
import { count } from '../text/durations.ts';
import { fullName } from '../users/full-name.ts';
import type { NewUser } from '../users/new-user.ts';
import { button, buttonValue, cardActions, retryLabel } from './card-actions.ts';
import { type Post, threadPost } from './post.ts';
import type { HeadViewModel, RequestViewModel, RowViewModel } from './request-view-model.ts';
import { bold, code, type Inline, icons, italic, link, smallLines } from './rich-text.ts';

/** Replaces the receipt while the receipt would be out of date. */
export function reopened(view: HeadViewModel): Post | null {
  const last = view.retries.at(-1);
  if (!last || (view.state !== 'approved' && view.state !== 'paused')) return null;
  const said = ` ${count(last.rows, 'failed user')} of ${view.number} ${last.rows === 1 ? 'is' : 'are'} being retried. The receipt will be back here.`;
  return threadPost(view, 'receipt', [[icons.working, said]]);
}

/** The way to continue for failed rows that need no change; empty when there are none. */
export function retryLines(view: HeadViewModel): Inline[][] {
  if (view.retryable === 0) return [];
  const why =
    'When the cause is gone (for a taken username: when that user is deleted or renamed in Connect), press ';
  return [[why, bold(retryLabel(view)), ' on the card. No new approval is needed.']];
}

export function receipt(view: RequestViewModel): Post | null {
  if (view.state !== 'done') return null;
  const rows = [...view.rows.flatMap((row) => outcomeLines(view, row)), ...retryLines(view)];
  const ids = view.rows.flatMap(idLine);
  // At the end and in small text, because they matter for later look-ups and not for reading the result on a phone.
  const [row] = view.rows;
  return threadPost(view, 'receipt', rows, [
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
function firstSignInLine(view: RequestViewModel, row: RowViewModel, username: string): Inline[] {
  if (!view.signIn) return [];
  const where = whereToSignIn(view.signIn.url);
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

/** The beginning of the sentence about the first sign-in. */
export function whereToSignIn(url: string | null): Inline[] {
  return url ? ['They sign in at ', link(url, url)] : ['They sign in'];
}
