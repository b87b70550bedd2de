/** The App Home: requests that wait for this person, the button for a new request, and their latest requests. */
import type { ActionsBlock, HomeView, KnownBlock } from '@slack/types';
import type { RequestState } from '../../requests/model/states.ts';
import { count } from '../../text/durations.ts';
import { requestNumber } from '../../text/request-number.ts';
import { fullName } from '../../users/full-name.ts';
import { unusualLines } from '../card.ts';
import { approveButton, button, buttonValue, cardActions } from '../card-actions.ts';
import type { HeadViewModel } from '../request-view-model.ts';
import { bold, clipped, dots, type Inline, lines, link, moment } from '../rich-text.ts';
import { healthBlocks, type InstanceHealth } from './home-health.ts';

export const openFormAction = 'open_form';
/** The number of buttons that open the form with a preset; a longer list is read faster in the form's menu. */
export const presetActions = Array.from({ length: 8 }, (_none, at) => `home_preset_${at + 1}`);
export const homeActions = {
  file: 'home_file',
  previous: 'home_previous',
  next: 'home_next',
  waitingPrevious: 'home_waiting_previous',
  waitingNext: 'home_waiting_next',
} as const;

export type HomeRequest = {
  readonly id: number;
  readonly instance: string;
  readonly state: RequestState;
  readonly requesterName: string;
  readonly contentHash: string | null;
  readonly createdAt: Date;
  /** Nothing is created before; null: as soon as it is approved. */
  readonly notBefore: Date | null;
  readonly firstUser: {
    readonly username: string;
    readonly firstName?: string;
    readonly lastName?: string;
  } | null;
  /** Name of the file of the request. */
  readonly file: string | null;
  readonly rows: number;
  readonly created: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Address of the card in Slack; null while there is none. */
  readonly cardUrl: string | null;
  /** What an approver should consider, as on the card. */
  readonly remarks: Pick<HeadViewModel, 'risks' | 'notices' | 'requesterSharedWith' | 'requester'>;
  /** Above this number of users, Approve requires a confirmation; null means never. */
  readonly confirmAbove: number | null;
};

/** Which page is shown of the person's own requests and of what waits for them, from 0. */
export type HomePages = { readonly page: number; readonly waitingPage: number };

/** The value of a page button: both pages, because turning one leaves the other unchanged. */
function pagesValue({ page, waitingPage }: HomePages): string {
  return `${page} ${waitingPage}`;
}

/** Null for a value that this bot never wrote. */
export function parsePages(text: string | undefined): HomePages | null {
  const match = /^(\d{1,5}) (\d{1,5})$/.exec(text ?? '');
  return match ? { page: Number(match[1]), waitingPage: Number(match[2]) } : null;
}

export type OfferedPreset = { readonly instance: string; readonly name: string };

/** The value of a preset's button: an alias contains no space. */
function presetValue({ instance, name }: OfferedPreset): string {
  return `${instance} ${name}`;
}

/** Null for a value that this bot never wrote. */
export function parsePreset(text: string | undefined): OfferedPreset | null {
  const [, instance, name] = /^(\S+) (.+)$/.exec(text ?? '') ?? [];
  return instance && name ? { instance, name } : null;
}

export type Home = {
  /** One page of the person's own requests, newest first. */
  readonly requests: readonly HomeRequest[];
  /** Requests about which this person may decide, oldest first. */
  readonly waiting: readonly HomeRequest[];
  /** Whether this person may decide in any instance. */
  readonly decides: boolean;
  readonly more: boolean;
  readonly moreWaiting: boolean;
  /** Presets that the person may use. */
  readonly presets: readonly OfferedPreset[];
  /** The state of the instances; empty for people who neither decide nor operate. */
  readonly health: readonly InstanceHealth[];
} & HomePages;

const words: Record<RequestState, string> = {
  received: 'being checked',
  check_failed: 'could not be checked',
  offered: 'checked, not sent yet',
  awaiting_approval: 'waiting for approval',
  scheduled: 'approved, not created yet',
  approved: 'being created',
  paused: 'paused',
  done: 'done',
  rejected: 'not sent: something needs to be corrected',
  denied: 'denied',
  cancelled: 'cancelled',
  expired: 'expired: nobody decided in time',
};

export function homeView(home: Home): HomeView {
  const blocks: KnownBlock[] = [
    {
      type: 'header',
      block_id: 'title',
      text: { type: 'plain_text', text: 'Amazon Connect users' },
    },
    {
      type: 'actions',
      block_id: 'begin',
      elements: [
        button(openFormAction, 'New user', 'new', { about: 'in Amazon Connect', style: 'primary' }),
        button(homeActions.file, 'From a file', 'file', { about: 'of new users' }),
      ],
    },
    ...presetBlocks(home.presets),
    ...waitingBlocks(home),
    ...belowALine('line', requestBlocks(home)),
    ...healthBlocks(home.health),
  ];
  return { type: 'home', callback_id: 'home', blocks };
}

/** Slack's limit for the text of a button. */
const longestPreset = 75;

function presetBlocks(presets: readonly OfferedPreset[]): KnownBlock[] {
  if (presets.length === 0) return [];
  const hasSeveral = new Set(presets.map(({ instance }) => instance)).size > 1;
  const elements = presetActions.flatMap((action, at) => {
    const preset = presets[at];
    if (!preset) return [];
    const text = hasSeveral ? `${preset.name} (${preset.instance})` : preset.name;
    const about = `: new user in ${preset.instance}`;
    return [button(action, clipped(text, longestPreset), presetValue(preset), { about })];
  });
  return [{ type: 'actions', block_id: 'presets', elements }];
}

function belowALine(blockId: string, blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.length > 0 ? [{ type: 'divider', block_id: blockId }, ...blocks] : [];
}

/** Anomalies, as far as they fit; the card has all of them. */
const remarksShown = 3;

function waitingBlocks(home: Home): KnownBlock[] {
  const { waiting, decides, page, waitingPage } = home;
  if (!decides) return [];
  const isEmpty = waiting.length === 0 && waitingPage === 0;
  const title = lines('waiting', [
    [bold(isEmpty ? 'Nothing is waiting for you.' : 'Waiting for you, the oldest first')],
  ]);
  const turning = pageButtons('waiting_paging', 'page of what waits for you', [
    waitingPage > 0
      ? [homeActions.waitingPrevious, 'Previous', { page, waitingPage: waitingPage - 1 }]
      : null,
    home.moreWaiting
      ? [homeActions.waitingNext, 'Next', { page, waitingPage: waitingPage + 1 }]
      : null,
  ]);
  return [
    title,
    ...waiting.flatMap((request): KnownBlock[] => {
      const value = buttonValue({ requestId: request.id, contentHash: request.contentHash });
      const what = `${whom(request)}, ${requestNumber(request.id)}`;
      const { instance, rows, confirmAbove } = request;
      const number = requestNumber(request.id);
      const approve = request.file ? `Approve ${rows}` : 'Approve';
      const subject = { whom: whom(request), approve, left: rows, instance, number, confirmAbove };
      const decide: ActionsBlock = {
        type: 'actions',
        block_id: `decide_${request.id}`,
        elements: [
          approveButton(subject, value, what),
          button(cardActions.deny, 'Deny', value, { about: what, style: 'danger' }),
        ],
      };
      const who: Inline[] = [bold(request.requesterName), ' requests ', bold(whom(request))];
      const remarks = unusualLines(request.remarks);
      const rest = remarks.length - remarksShown;
      const shown: Inline[][] = [
        ...remarks.slice(0, remarksShown),
        ...(rest > 0 ? [[`And ${rest} more on the card.`]] : []),
      ];
      return [lines(`waiting_${request.id}`, [who, details(request, null), ...shown]), decide];
    }),
    ...turning,
  ];
}

function pageButtons(
  blockId: string,
  about: string,
  turns: readonly (readonly [action: string, text: string, to: HomePages] | null)[],
): KnownBlock[] {
  const elements = turns.flatMap((turn) =>
    turn ? [button(turn[0], turn[1], pagesValue(turn[2]), { about })] : [],
  );
  return elements.length > 0 ? [{ type: 'actions', block_id: blockId, elements }] : [];
}

function requestBlocks(home: Home): KnownBlock[] {
  const { requests, waiting, decides, page, waitingPage, more } = home;
  if (requests.length === 0 && page === 0) {
    // Approvers without their own requests do not need this line.
    if (decides && waiting.length > 0) return [];
    return [
      lines('requests', [
        ['You have no requests yet. Press New user here, or type /connect-add-user anywhere.'],
      ]),
    ];
  }
  return [
    lines('requests', [[bold('Your requests')]]),
    ...requests.map((request) =>
      lines(`request_${request.id}`, [[bold(whom(request))], details(request, outcome(request))]),
    ),
    ...pageButtons('paging', 'page of your requests', [
      page > 0 ? [homeActions.previous, 'Previous', { page: page - 1, waitingPage }] : null,
      more ? [homeActions.next, 'Next', { page: page + 1, waitingPage }] : null,
    ]),
  ];
}

/** "Mary Major", or "48 users, november.csv"; only the file while none of its rows can be requested. */
export function whom(request: HomeRequest): string {
  if (request.file && request.rows === 0) return request.file;
  if (request.file) return `${count(request.rows, 'user')}, ${request.file}`;
  return request.firstUser ? fullName(request.firstUser) : 'One user';
}

/** "34 of 48 created, 2 failed" during or after creation, otherwise the state in words. */
export function outcome({ state, rows, created, failed, cancelled }: HomeRequest): string {
  if (!['approved', 'paused', 'done'].includes(state)) return words[state];
  const parts = [
    rows === 1 && created === 1 ? 'created' : `${created} of ${rows} created`,
    failed > 0 ? `${failed} failed` : '',
    cancelled > 0 ? `${cancelled} cancelled` : '',
  ].filter(Boolean);
  const soFar = parts.join(', ');
  return state === 'done' ? soFar : `${words[state]}: ${soFar}`;
}

export function details(request: HomeRequest, result: string | null): Inline[] {
  const number = requestNumber(request.id);
  const { state, notBefore } = request;
  const waits = state === 'awaiting_approval' || state === 'scheduled';
  const line = dots([
    request.cardUrl ? link(request.cardUrl, number) : number,
    request.instance,
    result,
    moment(request.createdAt),
  ]);
  return waits && notBefore ? [...line, ' · not before ', moment(notBefore)] : line;
}
