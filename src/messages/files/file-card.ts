/** The card of a request for many users. */
import type { KnownBlock } from '@slack/types';
import { explain } from '../../errors/problem.ts';
import { count, duration } from '../../text/durations.ts';
import type { Counted, FileSummary } from '../../users/files/check/file-summary.ts';
import { approvalLines } from '../approval-lines.ts';
import {
  approval,
  notifyLine,
  reasonLines,
  requester,
  resultIcon,
  scheduledLine,
  settledLine,
  unusualLines,
  withoutEmpty,
} from '../card.ts';
import { cardButtons } from '../card-actions.ts';
import { type Post, post } from '../post.ts';
import { bold, code, type Inline, icons, lines } from '../rich-text.ts';
import type { FileViewModel } from './file-view-model.ts';

/** Profiles named on the card; approvers look at the rest with "Show rows". */
const profilesShown = 8;
/** Kinds of skipped content of a file that a card lists. */
const notReadShown = 6;

export function fileCard(view: FileViewModel): Post {
  const users = count(view.file.summary?.good ?? 0, 'user');
  const blocks: KnownBlock[] = [
    lines('request', [
      [
        ...requester(view),
        ' requests ',
        bold(users),
        ' in ',
        bold(view.instance),
        ` · ${view.number} · ${view.file.name}`,
      ],
    ]),
    lines('unusual', unusualLines(view)),
    lines('users', profileLines(view)),
    lines('state', [...reasonLines(view), ...stateLines(view), ...notifyLine(view)]),
  ];
  const buttons = cardButtons(view, {
    whom: users,
    approve: `Approve ${view.file.summary?.good ?? 0}`,
    many: true,
    left: view.counts.waiting + view.counts.sending + view.counts.unclear,
    created: view.counts.created,
  });
  if (buttons) blocks.push(buttons);
  return post({
    key: 'card',
    to: { channel: view.requestsChannel },
    blocks: withoutEmpty(blocks),
  });
}

function profileLines(view: FileViewModel): Inline[][] {
  const { summary } = view.file;
  if (!summary) return [['']];
  const left = summary.wrong + summary.skipped;
  const { leftOut = 0 } = summary;
  return [
    ...(summary.people?.length ? [peopleLine(summary)] : []),
    [bold('Access'), ` ${counted(summary.securityProfiles)}`],
    [bold('Routing'), ` ${counted(summary.routingProfiles)}`],
    ...readLines(view),
    ...notReadLines(view),
    ...(left > 0
      ? [[`${count(left, 'row')} of the file ${left === 1 ? 'was' : 'were'} left out.`]]
      : []),
    ...(leftOut > 0
      ? [
          [
            `${count(leftOut, 'row')} ${leftOut === 1 ? 'was' : 'were'} left out by approvers: see the thread.`,
          ],
        ]
      : []),
  ];
}

/** Which sheet and cells were read, or in which encoding. */
export function readLines({ file }: FileViewModel): Inline[][] {
  return file.read === '' ? [] : [[bold('Read'), ` ${file.read}`]];
}

/** The other content of the file. */
export function notReadLines({ file }: FileViewModel): Inline[][] {
  const { notRead = [] } = file.summary ?? {};
  if (notRead.length === 0) return [];
  const more = notRead.length - notReadShown;
  const rest = more > 0 ? ` and ${more} more` : '';
  return [[bold('Not read'), ` ${notRead.slice(0, notReadShown).join(', ')}${rest}`]];
}

/** "**Users** Ann Ames (`ann`), Bob Berg (`bob`) and 46 more", so that garbled names are noticed. */
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

function stateLines(view: FileViewModel): Inline[][] {
  const { counts } = view;
  const { created, failed, cancelled } = counts;
  if (view.state === 'paused') {
    const at = ` Paused at ${created + failed} of ${requestedTotal(view)}`;
    return [
      [icons.paused, view.hold ? `${at}. ${explain(view.hold)}` : `${at} · ${approval(view)}`],
    ];
  }
  if (view.state === 'awaiting_approval') {
    return approvalLines(view.approval, view.expiresAt);
  }
  if (view.state === 'scheduled') return [scheduledLine(view)];
  if (view.state === 'approved') {
    if (view.hold) {
      return [
        [icons.paused, ` ${created} of ${requestedTotal(view)} created. ${explain(view.hold)}`],
      ];
    }
    if (view.stopping) {
      return [[icons.working, ` Stopping… ${created} created · ${approval(view)}`]];
    }
    const pace = view.speed
      ? ` · ${rate(view.speed.perSecond)} · about ${duration(view.speed.leftMs)} left`
      : '';
    const share = (created + failed) / Math.max(1, requestedTotal(view));
    return [
      [`${bar(share)} ${created + failed} of ${requestedTotal(view)}${pace} · ${approval(view)}`],
    ];
  }
  if (view.state === 'done') {
    const took =
      view.startedAt && view.endedAt ? view.endedAt.getTime() - view.startedAt.getTime() : 0;
    const result = [
      `${created} created`,
      failed > 0 ? `${failed} failed` : '',
      cancelled > 0 ? `${cancelled} cancelled` : '',
    ]
      .filter(Boolean)
      .join(', ');
    const mark = resultIcon(created, requestedTotal(view));
    return [[mark, ` ${result} · ${approval(view)} · ${duration(Math.max(1000, took))}`]];
  }
  return [settledLine(view)];
}

/** Rows that were requested. */
export function requestedTotal(view: FileViewModel): number {
  const { waiting, sending, unclear, created, failed, cancelled } = view.counts;
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
