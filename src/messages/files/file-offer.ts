/** What the uploader of a file hears where they posted it: what is wrong, and the way on. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { explain } from '../../errors/problem.ts';
import { count } from '../../text/durations.ts';
import type { FailureGroup } from '../../users/files/check/file-summary.ts';
import { button, buttonValue, cardButtons } from '../card-buttons.ts';
import { type Post, post } from '../post.ts';
import { bold, channel, type Inline, icons, lines } from '../rich-text.ts';
import { peopleLine } from './file-card.ts';
import type { FileViewModel } from './file-view-model.ts';

export const offerActions = { ask: 'ask_for_rows', cancel: 'cancel_request' } as const;

/** As many causes as fit a phone's screen; the rest is in the report. */
const groupsShown = 6;

/** Said once, by the first of several requests that came of one message. */
export function filesTogether(it: FileViewModel): Post | null {
  const { together } = it.file;
  if (together.length < 2 || together[0]?.number !== it.number) return null;
  const said = `${together.length} files are ${together.length} requests, each checked and approved separately:`;
  const list = together.map(({ number, file }): Inline[] => [bold(number), ` ${file}`]);
  return post({
    key: 'together',
    ...placeOf(it),
    blocks: [lines('together', [[said], ...list])],
  });
}

/** The file's own thread, or the requester for a file from the form. */
function placeOf(it: FileViewModel): Pick<Post, 'to' | 'inThread'> {
  const { origin } = it.file;
  return origin
    ? { to: { channel: origin.channel }, inThread: origin.threadTs }
    : { to: { person: it.requester.id } };
}

/** The answer where the file was handed in. */
export function fileOffer(it: FileViewModel): Post {
  const rows = answerLines(it);
  const blocks: KnownBlock[] = [lines('file', rows.head)];
  if (rows.body.length > 0) blocks.push(lines('findings', rows.body));
  const buttons = offerButtons(it);
  if (buttons) blocks.push(buttons);
  return post({ key: 'file', ...placeOf(it), blocks });
}

function answerLines(it: FileViewModel): { head: Inline[][]; body: Inline[][] } {
  const name = bold(it.file.name);
  const { summary } = it.file;
  switch (it.state) {
    case 'received': {
      if (!it.hold) return { head: [[icons.working, ' Reading ', name, '…']], body: [] };
      return { head: [[icons.paused, ' ', name, `: ${explain(it.hold)}`]], body: [] };
    }
    case 'check_failed': {
      const why = it.hold ? explain(it.hold) : 'It could not be checked.';
      return { head: [[icons.warning, ' ', name, `: ${why}`]], body: [] };
    }
    case 'rejected': {
      const why = it.file.refusal ? explain(it.file.refusal) : 'It has no valid rows.';
      return { head: [[icons.bad, ' ', name, `: ${why}`]], body: groupLines(it.file.groups) };
    }
    case 'offered': {
      return {
        head: [
          [name, ` · ${it.number} in `, bold(it.instance)],
          ...countLines(it),
          ...(summary?.people?.length ? [peopleLine(summary)] : []),
        ],
        body: findingLines(it),
      };
    }
    case 'expired': {
      // One that was asked for has its card in the requests channel.
      if (it.expiresAt !== null || !it.hold) return askedLines(it);
      return { head: [[icons.expired, ' ', name, `: ${explain(it.hold)}`]], body: [] };
    }
    case 'cancelled':
      return {
        head: [[name, `: ${it.number} was cancelled. Nothing was created.`]],
        body: [],
      };
    default:
      return askedLines(it);
  }
}

/** Somebody asked for its rows: where to follow that. */
function askedLines(it: FileViewModel): { head: Inline[][]; body: Inline[][] } {
  const asked = count(it.file.summary?.good ?? 0, 'user');
  const head: Inline[][] = [
    [bold(it.file.name), `: ${it.number}, ${asked}, is in `, channel(it.requestsChannel), '.'],
    ...countLines(it).slice(1),
  ];
  return { head, body: findingLines(it) };
}

function countLines(it: FileViewModel): Inline[][] {
  const { summary } = it.file;
  if (!summary) return [];
  const { good, wrong, skipped, corrected } = summary;
  return [
    [icons.good, ` ${count(good, 'row')} ${good === 1 ? 'is' : 'are'} ready to request.`],
    wrong > 0
      ? [
          icons.edit,
          ` ${count(wrong, 'row')} ${wrong === 1 ? 'needs' : 'need'} to be corrected and ${wrong === 1 ? 'is' : 'are'} left out. Correct the report file and post it here.`,
        ]
      : [],
    skipped > 0
      ? [
          `${count(skipped, 'row')} ${skipped === 1 ? 'was' : 'were'} created earlier and ${skipped === 1 ? 'is' : 'are'} left out.`,
        ]
      : [],
    corrected > 0
      ? [
          `${count(corrected, 'cell')} ${corrected === 1 ? 'was' : 'were'} adjusted (spaces, capital letters, phone numbers). The report lists them.`,
        ]
      : [],
  ].filter((line) => line.length > 0);
}

function findingLines(it: FileViewModel): Inline[][] {
  const rows = groupLines(it.file.groups);
  if (!it.file.summary?.passwords) return rows;
  return [
    ...rows,
    [
      icons.secret,
      ' This file contains passwords. I encrypt them and delete them when the users are created, but the file stays in Slack. Delete it with ⋮ → Delete file.',
    ],
  ];
}

/** "Rows 4, 9, 17: there is no routing profile …", most rows first. */
export function groupLines(groups: readonly FailureGroup[]): Inline[][] {
  const shown = groups.slice(0, groupsShown).map((group): Inline[] => [
    // What is about the whole file has no row.
    ...(group.where ? [bold(group.where), ': '] : []),
    group.sentence,
  ]);
  const rest = groups.length - shown.length;
  return rest > 0 ? [...shown, [`… and ${rest} more in the report file.`]] : shown;
}

function offerButtons(it: FileViewModel): ActionsBlock | null {
  if (it.state === 'check_failed') {
    const whom = it.file.name;
    return cardButtons(it, { whom, approve: 'Approve', many: true, left: 0, created: 0 });
  }
  if (it.state !== 'offered') return null;
  const value = buttonValue({ requestId: it.id, contentHash: it.contentHash });
  const good = it.file.summary?.good ?? 0;
  const about = `${it.number}, ${it.file.name}`;
  const request = button(offerActions.ask, `Request ${count(good, 'user')}`, value, {
    about,
    style: 'primary',
  });
  const cancel = button(offerActions.cancel, 'Cancel', value, { about });
  return { type: 'actions', block_id: 'offer', elements: [request, cancel] };
}
