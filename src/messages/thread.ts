/** What the card's thread says: the decision, what holds it up, and the receipt. */
import type { KnownBlock } from '@slack/types';
import type { Ground } from '../auth/ground.ts';
import { type ErrorCode, explain } from '../errors/problem.ts';
import { count } from '../text/durations.ts';
import { fullName } from '../users/full-name.ts';
import { retryLabel } from './card-buttons.ts';
import { type Post, post } from './post.ts';
import type { HeadViewModel, RequestViewModel, RowViewModel } from './request-view-model.ts';
import { bold, code, type Inline, icons, italic, lines, link, smallLines } from './rich-text.ts';
import { tagPages } from './user-summary.ts';

/** The thread's messages in order; none before there is something to say. */
export function thread(it: RequestViewModel): Post[] {
  const end = receipt(it) ?? reopened(it);
  return [...tags(it), ...course(it), ...(end ? [end] : [])];
}

/** What an approver has to see and does not fit on the card. */
function tags(it: RequestViewModel): Post[] {
  return it.rows.flatMap((row) => {
    if (!row.user) return [];
    const name = fullName(row.user);
    return tagPages(row.user).map((page, index) => {
      const rows: Inline[][] = [['All tags of ', bold(name), ':'], ...page.map((tag) => [tag])];
      return inThread(it, `tags-${row.position}-${index + 1}`, rows);
    });
  });
}

/** The decision, and what holds the request up: the same for one user and for many. */
export function course(it: HeadViewModel): Post[] {
  return [decision(it), hold(it), ...retries(it)].filter((post): post is Post => post !== null);
}

function inThread(
  it: HeadViewModel,
  key: string,
  rows: Inline[][],
  below: readonly KnownBlock[] = [],
): Post {
  return post({
    key,
    to: { channel: it.requestsChannel },
    inThreadOf: 'card',
    blocks: [lines(key, rows), ...below],
  });
}

function decision(it: HeadViewModel): Post | null {
  const { decision } = it;
  if (!decision) return asksAgain(it);
  const { byName } = decision;
  switch (decision.kind) {
    case 'approved': {
      const { ground } = decision;
      if (ground?.kind === 'own-permission') {
        const rows = [[bold(byName), ` needed no approval${groundWords(ground)}.`]];
        return inThread(it, 'decision', rows);
      }
      if (ground?.kind === 'break-glass') {
        const rows: Inline[][] = [
          [
            bold(byName),
            ` had this created without approval${groundWords(ground)}: `,
            italic(decision.reason ?? ''),
          ],
        ];
        return inThread(it, 'decision', rows);
      }
      const approvers = decision.approvers ?? [{ name: byName, ground }];
      const rows = approvers.map((approver): Inline[] => [
        bold(approver.name),
        ` approved${groundWords(approver.ground)}.`,
      ]);
      return inThread(it, 'decision', rows);
    }
    case 'denied':
      return inThread(it, 'decision', [
        [bold(byName), ' denied: ', italic(decision.reason ?? '')],
        [`${it.requester.name} can change the request and send it again.`],
      ]);
    case 'cancelled':
      return inThread(it, 'decision', [[bold(byName), ' withdrew the request.']]);
  }
}

/** Earlier approvals do not count anymore; in the place of the decision that was, if there was one. */
function asksAgain(it: HeadViewModel): Post | null {
  const { voided } = it.approval;
  if (it.state !== 'awaiting_approval' || !voided || voided.length === 0) return null;
  const what = voided.join('; ');
  return inThread(it, 'decision', [
    [bold('Earlier approvals do not count anymore: '), `${what}. It has to be approved again.`],
  ]);
}

function groundWords(ground: Ground | undefined): string {
  if (!ground) return '';
  const through = ground.profiles.join(', ');
  const parts = [
    ...(through ? [`holds Users – Create through ${through}`] : []),
    ...(ground.stage ? [`stage ${ground.stage}`] : []),
    ...(ground.deputyFor ? ['as a deputy'] : []),
    ...(ground.aboveCeiling ? ['above the ceiling, as the policy allows'] : []),
  ];
  return parts.length > 0 ? ` (${parts.join(' · ')})` : '';
}

function hold(it: HeadViewModel): Post | null {
  if (!it.hold) return null;
  return inThread(it, holdKey(it.hold.code), [[icons.paused, ` ${explain(it.hold)}`]]);
}

const holdPrefix = 'hold-';

/** Key of the message in the thread that says why a request waits: one for each reason. */
function holdKey(code: string): string {
  return `${holdPrefix}${code}`;
}

/** How it is said that a reason is gone; what is not listed is said in general words. */
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
 * What held the request up and does not anymore: the message that said so says that it is over.
 *
 * @param posted keys of the request's messages that Slack shows
 */
export function pastHolds(it: HeadViewModel, posted: ReadonlySet<string>): Post[] {
  // Somebody paused it meanwhile, or gave up: nobody knows whether the reason is gone.
  if (it.state === 'paused' || it.state === 'check_failed') return [];
  const now = it.hold ? holdKey(it.hold.code) : null;
  return [...posted]
    .filter((key) => key.startsWith(holdPrefix) && key !== now)
    .map((key) => {
      const words = overWords[key.slice(holdPrefix.length) as ErrorCode] ?? 'This is over.';
      const said: Inline[] = wentOn.has(it.state)
        ? [icons.good, ` ${words} The request went on.`]
        : ['This no longer matters.'];
      return inThread(it, key, [said]);
    });
}

function retries(it: HeadViewModel): Post[] {
  return it.retries.map(({ byName, rows }, index) => {
    const what = ` retried ${count(rows, 'failed user')} under the same approval.`;
    const how = ' The receipt above shows the result.';
    return inThread(it, `retry-${index + 1}`, [[bold(byName), what, how]]);
  });
}

/** Shown in place of the receipt while that would not be true. */
export function reopened(it: HeadViewModel): Post | null {
  const last = it.retries.at(-1);
  if (!last || (it.state !== 'approved' && it.state !== 'paused')) return null;
  const said = ` ${count(last.rows, 'failed user')} of ${it.number} ${last.rows === 1 ? 'is' : 'are'} being retried. The receipt will be back here.`;
  return inThread(it, 'receipt', [[icons.working, said]]);
}

/** The way on for what failed and needs no change; nothing where there is nothing of that kind. */
export function retryLines(it: HeadViewModel): Inline[][] {
  if (it.retryable === 0) return [];
  const why = 'When the users who have these usernames are deleted or renamed in Connect, press ';
  return [[why, bold(retryLabel(it)), ' on the card. No new approval is needed.']];
}

function receipt(it: RequestViewModel): Post | null {
  if (it.state !== 'done') return null;
  const rows = [...it.rows.flatMap((row) => outcomeLines(it, row)), ...retryLines(it)];
  const ids = it.rows.flatMap(idLine);
  // Last and small: they matter to who looks the user up later, not to who reads the result on a phone.
  return inThread(it, 'receipt', rows, ids.length > 0 ? [smallLines('ids', ids)] : []);
}

function idLine(row: RowViewModel): string[] {
  return row.state === 'created' ? [`User ID ${row.userId ?? ''} · ARN ${row.userArn ?? ''}`] : [];
}

/** One row's outcome: the way in, or what failed and what to do. */
export function outcomeLines(it: RequestViewModel, row: RowViewModel): Inline[][] {
  const { user } = row;
  const username = user?.username ?? row.draft.username ?? '';
  const name = user ? fullName(user) : username;
  if (row.state === 'created') {
    return [
      [icons.good, ' ', bold(name), ' (', code(username), `) is ready in ${it.instance}.`],
      wayIn(it, row, username),
      row.followUpProblem ? [icons.bad, ' ', explain(row.followUpProblem)] : [],
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

/** How the newcomer gets in the first time; depends on who keeps the passwords. */
export function wayIn(it: RequestViewModel, row: RowViewModel, username: string): Inline[] {
  if (!it.signIn) return [];
  const where: Inline[] = it.signIn.url
    ? ['They sign in at ', link(it.signIn.url, it.signIn.url)]
    : ['They sign in'];
  switch (it.signIn.mode) {
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
