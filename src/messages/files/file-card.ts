/** The card and thread of a request for many users. */
import type { KnownBlock } from '@slack/types';
import { explain } from '../../errors/problem.ts';
import { count, duration } from '../../text/durations.ts';
import type { Counted, FileSummary } from '../../users/files/check/file-summary.ts';
import { approvalLines } from '../approval-lines.ts';
import { approval, notifyLine, remarkLines, requester, resultIcon, settledLine } from '../card.ts';
import { cardButtons } from '../card-buttons.ts';
import { type Post, post } from '../post.ts';
import { bold, code, type Inline, icons, lines, link } from '../rich-text.ts';
import { reopened, retryLines } from '../thread.ts';
import { groupLines } from './file-offer.ts';
import type { FileViewModel } from './file-view-model.ts';

/** Profiles named on the card; approvers look at the rest with "Show rows". */
const profilesShown = 8;

export function fileCard(it: FileViewModel): Post {
  const users = count(it.file.summary?.good ?? 0, 'user');
  const blocks: KnownBlock[] = [
    lines('request', [
      [
        ...requester(it),
        ' requests ',
        bold(users),
        ' in ',
        bold(it.instance),
        ` · ${it.number} · ${it.file.name}`,
      ],
    ]),
    lines('users', profileLines(it)),
    lines('state', [...remarkLines(it), ...stateLines(it), ...notifyLine(it)]),
  ];
  const buttons = cardButtons(it, {
    whom: users,
    approve: `Approve ${it.file.summary?.good ?? 0}`,
    many: true,
    left: it.counts.waiting + it.counts.sending + it.counts.unclear,
    created: it.counts.created,
  });
  if (buttons) blocks.push(buttons);
  return post({ key: 'card', to: { channel: it.requestsChannel }, blocks });
}

function profileLines(it: FileViewModel): Inline[][] {
  const { summary } = it.file;
  if (!summary) return [['']];
  const left = summary.wrong + summary.skipped;
  return [
    ...(summary.people?.length ? [peopleLine(summary)] : []),
    [bold('Access'), ` ${counted(summary.securityProfiles)}`],
    [bold('Routing'), ` ${counted(summary.routingProfiles)}`],
    ...(left > 0
      ? [[`${count(left, 'row')} of the file ${left === 1 ? 'was' : 'were'} left out.`]]
      : []),
  ];
}

/** "**Users** Ann Ames (`ann`), Bob Berg (`bob`) and 46 more", so that a person sees garbled names. */
export function peopleLine(summary: FileSummary): Inline[] {
  const people = summary.people ?? [];
  const rest = summary.good - people.length;
  return [
    bold('Users'),
    ' ',
    ...people.flatMap(({ name, username }, index): Inline[] => [
      `${index > 0 ? ', ' : ''}${name} (`,
      code(username),
      ')',
    ]),
    rest > 0 ? ` and ${rest} more` : '',
  ].filter((part) => part !== '');
}

function counted(profiles: readonly Counted[]): string {
  const shown = profiles
    .slice(0, profilesShown)
    .map((profile) => `${profile.count} × ${profile.name}`);
  const rest = profiles.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

function stateLines(it: FileViewModel): Inline[][] {
  const { counts } = it;
  const { created, failed, cancelled } = counts;
  if (it.state === 'paused') {
    const at = ` Paused at ${created + failed} of ${total(it)}`;
    return [[icons.paused, it.hold ? `${at}. ${explain(it.hold)}` : `${at} · ${approval(it)}`]];
  }
  if (it.state === 'awaiting_approval') {
    return approvalLines(it.approval, it.expiresAt);
  }
  if (it.state === 'approved') {
    if (it.hold) {
      return [[icons.paused, ` ${created} of ${total(it)} created. ${explain(it.hold)}`]];
    }
    if (it.stopping) {
      return [[icons.working, ` Stopping… ${created} created · ${approval(it)}`]];
    }
    const pace = it.speed
      ? ` · ${rate(it.speed.perSecond)} · about ${duration(it.speed.leftMs)} left`
      : '';
    const share = (created + failed) / Math.max(1, total(it));
    return [[`${bar(share)} ${created + failed} of ${total(it)}${pace} · ${approval(it)}`]];
  }
  if (it.state === 'done') {
    const took = it.startedAt && it.endedAt ? it.endedAt.getTime() - it.startedAt.getTime() : 0;
    const result = [
      `${created} created`,
      failed > 0 ? `${failed} failed` : '',
      cancelled > 0 ? `${cancelled} cancelled` : '',
    ]
      .filter(Boolean)
      .join(', ');
    const mark = resultIcon(created, total(it));
    return [[mark, ` ${result} · ${approval(it)} · ${duration(Math.max(1000, took))}`]];
  }
  return [settledLine(it)];
}

/** Rows that were requested. */
function total(it: FileViewModel): number {
  const { waiting, sending, unclear, created, failed, cancelled } = it.counts;
  return waiting + sending + unclear + created + failed + cancelled;
}

/** "2 per second", "45 per minute". */
function rate(perSecond: number): string {
  return perSecond >= 1.5
    ? `${Math.round(perSecond)} per second`
    : `${Math.round(perSecond * 60)} per minute`;
}

/** Ten blocks: `███████░░░`. */
function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * 10);
  return '█'.repeat(full) + '░'.repeat(10 - full);
}

/** The receipt's words; the results file is beside it. */
export function fileReceipt(it: FileViewModel): Post | null {
  if (it.state !== 'done') return reopened(it);
  const { created, failed } = it.counts;
  const rows: Inline[][] = [
    [`${created} of ${total(it)} users are in `, bold(it.instance), ' now.'],
    ...groupLines(it.failures),
    ...(failed > 0
      ? [
          [
            `The${it.retries.length > 0 ? ' latest' : ''} results file shows what became of every row. Correct the rows that failed and post it again; only those are requested.`,
          ],
        ]
      : []),
    ...retryLines(it),
    ...wayIn(it),
  ];
  return post({
    key: 'receipt',
    to: { channel: it.requestsChannel },
    inThreadOf: 'card',
    blocks: [lines('receipt', rows)],
  });
}

function wayIn(it: FileViewModel): Inline[][] {
  const { signIn } = it;
  if (!signIn || it.counts.created === 0) return [];
  const where: Inline[] = signIn.url
    ? ['They sign in at ', link(signIn.url, signIn.url)]
    : ['They sign in'];
  switch (signIn.mode) {
    case 'CONNECT_MANAGED':
      return [
        [
          ...where,
          ' and choose “Forgot password” the first time, unless the file set a password for them.',
        ],
      ];
    case 'SAML':
      return [
        [
          `${where} through your company’s single sign-on. Their usernames must be exactly what your identity provider sends, capital letters included.`,
        ],
      ];
    case 'EXISTING_DIRECTORY':
      return [[...where, ' with their directory accounts.']];
  }
}
