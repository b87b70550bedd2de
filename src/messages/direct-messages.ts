/** Direct messages to the requester: where the request was sent, and how it ended. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { explain, type Problem } from '../errors/problem.ts';
import { requestNumber } from '../text/request-number.ts';
import { fieldName } from '../users/fields/field-names.ts';
import { approval, requestedUsersText } from './card.ts';
import { button, cardButtons } from './card-actions.ts';
import { findingSentence } from './finding-words.ts';
import { type Post, post } from './post.ts';
import { outcomeLines } from './receipt.ts';
import type { RequestViewModel } from './request-view-model.ts';
import { bold, channel, clipped, type Inline, icons, italic, lines, moment } from './rich-text.ts';

/** The number that fits on a phone screen and into one message; the form shows every finding again. */
const findingsShown = 20;
const findingLetters = 400;

/** Opens the form again with the requested values. */
export const editAction = 'edit_request';

export function directMessages(view: RequestViewModel): Post[] {
  return [checkFailed(view), asked(view), ended(view)].filter(
    (post): post is Post => post !== null,
  );
}

function toRequester(view: RequestViewModel, key: string, rows: Inline[][], edit = false): Post {
  const blocks: KnownBlock[] = [lines(key, rows)];
  if (edit) blocks.push(editButton(view));
  return post({ key, to: { person: view.requester.id }, blocks });
}

function editButton(view: RequestViewModel): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'edit',
    elements: [button(editAction, 'Edit and resend', String(view.id), { about: view.number })],
  };
}

export const cardNotPostedKey = 'dm-card-refused';

/**
 * The card could not be posted; sent once.
 *
 * @param requestsChannel its id, which the reader sees as the channel's name
 */
export function cardNotPosted(
  request: { readonly id: number; readonly requester: { readonly id: string } },
  why: Problem,
  requestsChannel: string,
): Post {
  const key = cardNotPostedKey;
  const number = requestNumber(request.id);
  return post({
    key,
    to: { person: request.requester.id },
    blocks: [lines(key, [[bold(number), ' ', ...withChannel(explain(why), requestsChannel)]])],
  });
}

export const checkFailedKey = 'dm-check-failed';

/** The check was given up: what happened, and the two ways to continue. */
function checkFailed(view: RequestViewModel): Post | null {
  if (view.state !== 'check_failed') return null;
  const why = view.hold ? explain(view.hold) : 'It could not be checked.';
  const rows: Inline[][] = [
    [icons.warning, ' ', bold(`${view.number}, ${requestedUsersText(view)} in ${view.instance}`)],
    [why],
  ];
  const said = toRequester(view, checkFailedKey, rows);
  const buttons = cardButtons(view, {
    whom: requestedUsersText(view),
    approve: 'Approve',
    many: false,
    left: view.rows.length,
    created: 0,
  });
  return buttons ? { ...said, blocks: [...said.blocks, buttons] } : said;
}

/** Replaces the message above when it is no longer true. */
export function checkContinued(view: RequestViewModel): Post {
  const what = `${view.number}, ${requestedUsersText(view)} in ${view.instance}`;
  return toRequester(view, checkFailedKey, [
    [bold(what), view.state === 'received' ? ' is being checked again.' : ' went on after that.'],
  ]);
}

/** The text with a channel's name in place of its id. */
function withChannel(words: string, id: string): Inline[] {
  return words
    .split(id)
    .flatMap((part, index) => (index > 0 ? [channel(id), part] : [part]))
    .filter((part) => part !== '');
}

/** Replaces the message above when the card is posted. */
export function cardPostedAfterAll(
  request: { readonly id: number; readonly requester: { readonly id: string } },
  requestsChannel: string,
): Post {
  const number = requestNumber(request.id);
  return post({
    key: cardNotPostedKey,
    to: { person: request.requester.id },
    blocks: [
      lines(cardNotPostedKey, [[bold(number), ' is in ', channel(requestsChannel), ' now.']]),
    ],
  });
}

export const askedKey = 'dm-asked';

function asked(view: RequestViewModel): Post | null {
  if (view.state === 'rejected' || view.state === 'check_failed') return null;
  // Ended before its rows were requested, so it never appeared in the channel.
  if (view.state === 'expired' && view.expiresAt === null) return null;
  const what = `${view.number}, ${requestedUsersText(view)} in ${view.instance}`;
  return toRequester(view, askedKey, [
    [
      'Your request ',
      bold(what),
      ' is in ',
      channel(view.requestsChannel),
      '. You’ll get the result here.',
    ],
  ]);
}

function ended(view: RequestViewModel): Post | null {
  const { decision } = view;
  const key = 'dm-ended';
  switch (view.state) {
    case 'received':
    case 'check_failed':
    case 'offered':
    case 'awaiting_approval':
    case 'approved':
    case 'paused':
      return null;
    case 'scheduled':
      return toRequester(view, 'dm-scheduled', [
        [
          bold(`${view.number}, ${requestedUsersText(view)} in ${view.instance}`),
          `, is ${approval(view)}. To be created `,
          view.notBefore ? moment(view.notBefore) : 'later',
          '.',
        ],
      ]);
    case 'done': {
      const created = view.rows.filter((row) => row.state === 'created').length;
      const rows = view.rows.flatMap((row) => outcomeLines(view, row));
      return toRequester(view, key, [[bold(view.number)], ...rows], created < view.rows.length);
    }
    case 'rejected': {
      const findings = view.rows.flatMap((row) => row.findings);
      const rows = findings
        .slice(0, findingsShown)
        .map((finding): Inline[] => [
          '• ',
          bold(fieldName(finding.field)),
          `: ${clipped(findingSentence(finding), findingLetters)}`,
        ]);
      const rest = findings.length - rows.length;
      if (rest > 0) rows.push([`…and ${rest} more`]);
      const why: Inline[] = view.rows[0]?.problem
        ? [explain(view.rows[0].problem)]
        : ['Please correct this:'];
      return toRequester(
        view,
        key,
        [[bold(`${view.number}, ${requestedUsersText(view)}, was not sent.`)], why, ...rows],
        true,
      );
    }
    case 'denied':
      return toRequester(
        view,
        key,
        [
          [
            bold(decision?.byName ?? 'Somebody'),
            ` denied ${view.number} (${requestedUsersText(view)}): `,
            italic(decision?.reason ?? ''),
          ],
        ],
        true,
      );
    case 'cancelled':
      return toRequester(view, key, [
        [`${view.number} (${requestedUsersText(view)}) was withdrawn. Nothing was created.`],
      ]);
    case 'expired':
      return toRequester(
        view,
        key,
        [
          view.hold
            ? [`${view.number} (${requestedUsersText(view)}) is over: ${explain(view.hold)}`]
            : [
                `Nobody decided about ${view.number} (${requestedUsersText(view)}) in time. Nothing was created.`,
              ],
        ],
        true,
      );
  }
}
