/** The answer to the uploader of a file, where they posted it: its problems, and how to continue. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { explain, sentenceOf } from '../../errors/problem.ts';
import { count } from '../../text/durations.ts';
import type { FailureGroup } from '../../users/files/check/file-summary.ts';
import { button, buttonValue, cardButtons } from '../card-actions.ts';
import { dataTable } from '../newer-blocks.ts';
import { type Post, post } from '../post.ts';
import { bold, channel, type Inline, icons, lines, moment } from '../rich-text.ts';
import { notReadLines, peopleLine, readLines } from './file-card.ts';
import { questionButtons, questionLines } from './file-question-message.ts';
import { reportName } from './file-report.ts';
import type { FileViewModel } from './file-view-model.ts';

export const offerActions = {
  ask: 'ask_for_rows',
  cancel: 'cancel_request',
  suggestions: 'use_suggestions',
  names: 'choose_names',
  /** Assigns the columns of a file that was refused because columns were missing. */
  mapping: 'choose_columns',
  /** A denied or rejected file is sent again, corrected. */
  upload: 'upload_corrected',
  fix: 'fix_rows',
  /** Checks rows that were corrected individually. */
  checkFixed: 'check_fixed_rows',
} as const;

/** As many causes as fit on a phone's screen; the rest is in the report. */
const groupsShown = 6;

/** Shown once, by the first of several requests from one message. */
export function filesTogether(view: FileViewModel): Post | null {
  const { together } = view.file;
  if (together.length < 2 || together[0]?.number !== view.number) return null;
  const said = `${together.length} files are ${together.length} requests, each checked and approved separately:`;
  const list = together.map(({ number, file }): Inline[] => [bold(number), ` ${file}`]);
  return post({
    key: 'together',
    ...placeOf(view),
    blocks: [lines('together', [[said], ...list])],
  });
}

/** The file's own thread, or the requester for a file from the form. */
function placeOf(view: FileViewModel): Pick<Post, 'to' | 'inThread'> {
  const { origin } = view.file;
  return origin
    ? { to: { channel: origin.channel }, inThread: origin.threadTs }
    : { to: { person: view.requester.id } };
}

/** The answer at the place where the file was submitted. */
export function fileOffer(view: FileViewModel): Post {
  const rows = answerLines(view);
  const table = findingsTable(view);
  const below = table && rows.body.length > 0 ? secretLines(view) : rows.body;
  const blocks: KnownBlock[] = [lines('file', rows.head)];
  if (table && rows.body.length > 0) blocks.push(table);
  if (below.length > 0) blocks.push(lines('findings', below));
  const buttons = offerButtons(view);
  if (buttons) blocks.push(buttons);
  return post({ key: 'file', ...placeOf(view), blocks });
}

function answerLines(view: FileViewModel): { head: Inline[][]; body: Inline[][] } {
  const name = bold(view.file.name);
  const { summary } = view.file;
  switch (view.state) {
    case 'received': {
      if (!view.hold) {
        const again = view.file.revision > 0;
        const doing = again ? [' Checking ', name, ' again…'] : [' Reading ', name, '…'];
        return { head: [[icons.working, ...doing]], body: [] };
      }
      return { head: [[icons.paused, ' ', name, `: ${explain(view.hold)}`]], body: [] };
    }
    case 'check_failed': {
      const why = view.hold ? explain(view.hold) : 'It could not be checked.';
      return { head: [[icons.warning, ' ', name, `: ${why}`]], body: [] };
    }
    case 'rejected': {
      if (view.file.question) return questionLines(view, view.file.question);
      return {
        head: [[icons.bad, ' ', name, `: ${whyRejected(view)}`]],
        body: groupLines(view.file.groups),
      };
    }
    case 'offered': {
      return {
        head: [
          [name, ` · ${view.number} in `, bold(view.instance)],
          ...countLines(view),
          ...readLines(view),
          // With few causes, each of these has a sentence below.
          ...(view.file.groups.length > groupsShown ? notReadLines(view) : []),
          ...(summary?.people?.length ? [peopleLine(summary)] : []),
          ...(view.notBefore ? [[bold('Not before'), ' ', moment(view.notBefore)]] : []),
        ],
        body: findingLines(view),
      };
    }
    case 'expired': {
      // A requested file has its card in the requests channel.
      if (view.expiresAt !== null || !view.hold) return askedLines(view);
      return { head: [[icons.expired, ' ', name, `: ${explain(view.hold)}`]], body: [] };
    }
    case 'cancelled':
      return {
        head: [[name, `: ${view.number} was cancelled. Nothing was created.`]],
        body: [],
      };
    default:
      return askedLines(view);
  }
}

function whyRejected({ file }: FileViewModel): string {
  const { refusal, isMappable } = file;
  if (!refusal) return 'It has no valid rows.';
  // The way that requires no other program comes first.
  return isMappable
    ? `${sentenceOf(refusal)} Choose the columns here, or correct the file and upload it.`
    : explain(refusal);
}

/** The rows were requested: where to follow the request. */
function askedLines(view: FileViewModel): { head: Inline[][]; body: Inline[][] } {
  const asked = count(view.file.summary?.good ?? 0, 'user');
  const head: Inline[][] = [
    [
      bold(view.file.name),
      `: ${view.number}, ${asked}, is in `,
      channel(view.requestsChannel),
      '.',
    ],
    ...countLines(view).slice(1),
  ];
  return { head, body: findingLines(view) };
}

function countLines(view: FileViewModel): Inline[][] {
  const { summary } = view.file;
  if (!summary) return [];
  const { good, wrong, skipped, corrected } = summary;
  return [
    good > 0
      ? [icons.good, ` ${count(good, 'row')} ${good === 1 ? 'is' : 'are'} ready to request.`]
      : ['No row is ready to request yet.'],
    wrong > 0
      ? [
          icons.edit,
          ` ${count(wrong, 'row')} ${wrong === 1 ? 'needs' : 'need'} to be corrected and ${wrong === 1 ? 'is' : 'are'} left out. ${howToCorrect(view)}`,
        ]
      : [],
    view.state === 'offered' && view.file.fixed > 0
      ? [`${count(view.file.fixed, 'row')} corrected here and not checked yet.`]
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

function howToCorrect({ number, state, file }: FileViewModel): string {
  // Of several reports in the thread, only the last one is current.
  const report = file.revision > 1 ? reportName(number, file.revision) : 'the report file';
  const repairable = state === 'offered' ? (file.summary?.repair?.rows ?? 0) : 0;
  return repairable > 0
    ? `Correct ${repairable === 1 ? 'it' : 'them'} here, or correct ${report} and post it.`
    : `Correct ${report} and post it here.`;
}

function findingLines(view: FileViewModel): Inline[][] {
  return [...groupLines(view.file.groups), ...secretLines(view)];
}

/** When there are more causes than fit on a phone's screen, a table that can be paged and sorted. */
function findingsTable({ file }: FileViewModel): KnownBlock | null {
  const { groups } = file;
  if (file.question || groups.length <= groupsShown) return null;
  return dataTable({
    blockId: 'causes',
    caption: (shown) =>
      shown < groups.length
        ? `The first ${shown} of ${groups.length} causes, most rows first. The report file has all.`
        : `${groups.length} causes, most rows first. The report file has every row.`,
    head: ['Rows', 'What to correct'],
    rows: groups.map(({ where, sentence }) => [where || 'The whole file', sentence]),
  });
}

function secretLines(view: FileViewModel): Inline[][] {
  if (!view.file.summary?.passwords) return [];
  return [
    [
      icons.secret,
      ' This file contains passwords. I encrypt them and delete them when the users are created, but the file stays in Slack. Delete it with ⋮ → Delete file.',
    ],
  ];
}

/** "Rows 4, 9 and 17 · Routing profile: there is no …", most rows first. */
export function groupLines(groups: readonly FailureGroup[]): Inline[][] {
  const shown = groups.slice(0, groupsShown).map((group): Inline[] => [
    // A finding about the whole file has no row.
    ...(group.where ? [bold(group.where), ' · '] : []),
    group.sentence,
  ]);
  const rest = groups.length - shown.length;
  return rest > 0 ? [...shown, [`… and ${rest} more in the report file.`]] : shown;
}

function offerButtons(view: FileViewModel): ActionsBlock | null {
  if (view.state === 'check_failed') {
    const whom = view.file.name;
    return cardButtons(view, { whom, approve: 'Approve', many: true, left: 0, created: 0 });
  }
  if (view.state === 'rejected' && view.file.question) {
    return questionButtons(view, view.file.question);
  }
  const value = buttonValue({ requestId: view.id, contentHash: view.contentHash });
  if (view.state === 'denied' || view.state === 'rejected') return againButtons(view, value);
  if (view.state !== 'offered') return null;
  const good = view.file.summary?.good ?? 0;
  const about = `${view.number}, ${view.file.name}`;
  const request = button(offerActions.ask, `Request ${count(good, 'user')}`, value, {
    about,
    style: 'primary',
  });
  const { suggestions = 0, names = 0, rows = 0 } = view.file.summary?.repair ?? {};
  const { fixed } = view.file;
  const useThem = suggestions === 1 ? 'Use the suggestion' : `Use the ${suggestions} suggestions`;
  const elements = [
    // Corrections that were not checked yet would not be part of the request.
    ...(good > 0 && fixed === 0 ? [request] : []),
    ...(fixed > 0
      ? [
          button(offerActions.checkFixed, `Check ${count(fixed, 'corrected row')}`, value, {
            about,
            style: 'primary',
          }),
        ]
      : []),
    ...(suggestions > 0 ? [button(offerActions.suggestions, useThem, value, { about })] : []),
    ...(names > 0 ? [button(offerActions.names, 'Choose for all', value, { about })] : []),
    ...(rows > 0 ? [button(offerActions.fix, 'Fix here', value, { about })] : []),
    button(offerActions.cancel, 'Cancel', value, { about }),
  ];
  return { type: 'actions', block_id: 'offer', elements };
}

/** The ways to continue after a file that led to no request. */
function againButtons(view: FileViewModel, value: string): ActionsBlock {
  const about = `${view.number}, ${view.file.name}`;
  const isMappable = view.state === 'rejected' && view.file.isMappable;
  return {
    type: 'actions',
    block_id: 'offer',
    elements: [
      ...(isMappable
        ? [
            button(offerActions.mapping, 'Choose the columns', value, {
              about,
              style: 'primary' as const,
            }),
          ]
        : []),
      uploadButton(view),
    ],
  };
}

export function uploadButton(view: FileViewModel): Button {
  const value = buttonValue({ requestId: view.id, contentHash: view.contentHash });
  const about = `${view.number}, ${view.file.name}`;
  return button(offerActions.upload, 'Upload corrected file', value, { about });
}
