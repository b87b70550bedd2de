/** What the requester hears in direct messages: where it went, and how it ended. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { explain, type Problem } from '../errors/problem.ts';
import { whomOf } from './card.ts';
import { button, cardButtons } from './card-buttons.ts';
import { fieldName, findingSentence } from './fields.ts';
import { type Post, post } from './post.ts';
import { type RequestViewModel, requestNumber } from './request-view-model.ts';
import { bold, channel, clipped, type Inline, icons, italic, lines } from './rich-text.ts';
import { outcomeLines } from './thread.ts';

/** What a phone screen shows and Slack takes in one message; the form shows every finding again. */
const findingsShown = 20;
const findingLetters = 400;

/** Opens the form again with what was asked for. */
export const editAction = 'edit_request';

export function directMessages(it: RequestViewModel): Post[] {
  return [checkFailed(it), asked(it), ended(it)].filter((post): post is Post => post !== null);
}

function toRequester(it: RequestViewModel, key: string, rows: Inline[][], edit = false): Post {
  const blocks: KnownBlock[] = [lines(key, rows)];
  if (edit) blocks.push(editButton(it));
  return post({ key, to: { person: it.requester.id }, blocks });
}

function editButton(it: RequestViewModel): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'edit',
    elements: [button(editAction, 'Edit and resend', String(it.id), { about: it.number })],
  };
}

export const undeliverableKey = 'dm-card-refused';

/** The card could not be posted; said once. */
export function undeliverable(
  request: { readonly id: number; readonly requester: { readonly id: string } },
  why: Problem,
): Post {
  const key = undeliverableKey;
  const number = requestNumber(request.id);
  return post({
    key,
    to: { person: request.requester.id },
    blocks: [lines(key, [[bold(number), ` ${explain(why)}`]])],
  });
}

export const checkFailedKey = 'dm-check-failed';

/** The check was given up: what happened, and the two ways on. */
function checkFailed(it: RequestViewModel): Post | null {
  if (it.state !== 'check_failed') return null;
  const why = it.hold ? explain(it.hold) : 'It could not be checked.';
  const rows: Inline[][] = [
    [icons.warning, ' ', bold(`${it.number}, ${whomOf(it)} in ${it.instance}`)],
    [why],
  ];
  const said = toRequester(it, checkFailedKey, rows);
  const buttons = cardButtons(it, {
    whom: whomOf(it),
    approve: 'Approve',
    many: false,
    left: it.rows.length,
    created: 0,
  });
  return buttons ? { ...said, blocks: [...said.blocks, buttons] } : said;
}

/** Stands in place of the above once it is not true anymore. */
export function checkFailedNoMore(it: RequestViewModel): Post {
  const what = `${it.number}, ${whomOf(it)} in ${it.instance}`;
  return toRequester(it, checkFailedKey, [
    [bold(what), it.state === 'received' ? ' is being checked again.' : ' went on after that.'],
  ]);
}

/** Stands in place of the above once the card is there. */
export function deliverable(
  request: { readonly id: number; readonly requester: { readonly id: string } },
  requestsChannel: string,
): Post {
  const number = requestNumber(request.id);
  return post({
    key: undeliverableKey,
    to: { person: request.requester.id },
    blocks: [
      lines(undeliverableKey, [[bold(number), ' is in ', channel(requestsChannel), ' now.']]),
    ],
  });
}

export const askedKey = 'dm-asked';

function asked(it: RequestViewModel): Post | null {
  if (it.state === 'rejected' || it.state === 'check_failed') return null;
  // Over before it was asked for: it never came to the channel.
  if (it.state === 'expired' && it.expiresAt === null) return null;
  const what = `${it.number}, ${whomOf(it)} in ${it.instance}`;
  return toRequester(it, askedKey, [
    [
      'Your request ',
      bold(what),
      ' is in ',
      channel(it.requestsChannel),
      '. You’ll get the result here.',
    ],
  ]);
}

function ended(it: RequestViewModel): Post | null {
  const { decision } = it;
  const key = 'dm-ended';
  switch (it.state) {
    case 'received':
    case 'check_failed':
    case 'offered':
    case 'awaiting_approval':
    case 'approved':
    case 'paused':
      return null;
    case 'done': {
      const created = it.rows.filter((row) => row.state === 'created').length;
      const rows = it.rows.flatMap((row) => outcomeLines(it, row));
      return toRequester(it, key, [[bold(it.number)], ...rows], created < it.rows.length);
    }
    case 'rejected': {
      const findings = it.rows.flatMap((row) => row.findings);
      const rows = findings
        .slice(0, findingsShown)
        .map((finding): Inline[] => [
          '• ',
          bold(fieldName(finding.field)),
          `: ${clipped(findingSentence(finding), findingLetters)}`,
        ]);
      const rest = findings.length - rows.length;
      if (rest > 0) rows.push([`…and ${rest} more`]);
      const why: Inline[] = it.rows[0]?.problem
        ? [explain(it.rows[0].problem)]
        : ['Please correct this:'];
      return toRequester(
        it,
        key,
        [[bold(`${it.number}, ${whomOf(it)}, was not sent.`)], why, ...rows],
        true,
      );
    }
    case 'denied':
      return toRequester(
        it,
        key,
        [
          [
            bold(decision?.byName ?? 'Somebody'),
            ` denied ${it.number} (${whomOf(it)}): `,
            italic(decision?.reason ?? ''),
          ],
        ],
        true,
      );
    case 'cancelled':
      return toRequester(it, key, [
        [`${it.number} (${whomOf(it)}) was withdrawn. Nothing was created.`],
      ]);
    case 'expired':
      return toRequester(
        it,
        key,
        [
          it.hold
            ? [`${it.number} (${whomOf(it)}) is over: ${explain(it.hold)}`]
            : [`Nobody decided about ${it.number} (${whomOf(it)}) in time. Nothing was created.`],
        ],
        true,
      );
  }
}
