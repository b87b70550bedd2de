/** The App Home: what waits for this person, the way to a new request, and their latest requests. */
import type { ActionsBlock, HomeView, KnownBlock } from '@slack/types';
import type { RequestState } from '../requests/model/states.ts';
import { count } from '../text/durations.ts';
import { fullName } from '../users/full-name.ts';
import { button, buttonValue, cardActions } from './card-buttons.ts';
import { requestNumber } from './request-view-model.ts';
import { bold, dots, type Inline, lines, link, moment } from './rich-text.ts';

export const openFormAction = 'open_form';
export const homeActions = {
  file: 'home_file',
  previous: 'home_previous',
  next: 'home_next',
} as const;

export type HomeRequest = {
  readonly id: number;
  readonly instance: string;
  readonly state: RequestState;
  readonly requesterName: string;
  readonly contentHash: string | null;
  readonly createdAt: Date;
  readonly firstUser: {
    readonly username: string;
    readonly firstName?: string;
    readonly lastName?: string;
  } | null;
  /** Name of the file that it came from. */
  readonly file: string | null;
  readonly rows: number;
  readonly created: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Address of the card in Slack; null while there is none. */
  readonly cardUrl: string | null;
};

export type Home = {
  /** One page of the person's own requests, newest first. */
  readonly requests: readonly HomeRequest[];
  /** Requests that this person may decide about, the oldest first. */
  readonly waiting: readonly HomeRequest[];
  /** Whether this person may decide anywhere. */
  readonly decides: boolean;
  /** From 0. */
  readonly page: number;
  readonly more: boolean;
};

const words: Record<RequestState, string> = {
  received: 'being checked',
  check_failed: 'could not be checked',
  offered: 'checked, not sent yet',
  awaiting_approval: 'waiting for approval',
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
    ...waitingBlocks(home),
    { type: 'divider', block_id: 'line' },
    ...requestBlocks(home),
  ];
  return { type: 'home', callback_id: 'home', blocks };
}

function waitingBlocks({ waiting, decides }: Home): KnownBlock[] {
  if (!decides) return [];
  const title = lines('waiting', [
    [bold(waiting.length > 0 ? 'Waiting for you' : 'Nothing is waiting for you.')],
  ]);
  return [
    title,
    ...waiting.flatMap((request): KnownBlock[] => {
      const value = buttonValue({ requestId: request.id, contentHash: request.contentHash });
      const what = `${whom(request)}, ${requestNumber(request.id)}`;
      const decide: ActionsBlock = {
        type: 'actions',
        block_id: `decide_${request.id}`,
        elements: [
          button(cardActions.approve, 'Approve', value, { about: what, style: 'primary' }),
          button(cardActions.deny, 'Deny', value, { about: what, style: 'danger' }),
        ],
      };
      const who: Inline[] = [bold(request.requesterName), ' requests ', bold(whom(request))];
      return [lines(`waiting_${request.id}`, [who, details(request, null)]), decide];
    }),
  ];
}

function requestBlocks({ requests, waiting, decides, page, more }: Home): KnownBlock[] {
  if (requests.length === 0 && page === 0) {
    // Whoever is here to decide need not be told that they have requested nobody.
    if (decides && waiting.length > 0) return [];
    return [
      lines('requests', [
        ['You have no requests yet. Press New user here, or type /connect-add-user anywhere.'],
      ]),
    ];
  }
  const rows = requests.flatMap((request) => [
    [bold(whom(request))],
    details(request, outcome(request)),
  ]);
  const paging = [
    ...(page > 0
      ? [
          button(homeActions.previous, 'Previous', String(page - 1), {
            about: 'page of your requests',
          }),
        ]
      : []),
    ...(more
      ? [button(homeActions.next, 'Next', String(page + 1), { about: 'page of your requests' })]
      : []),
  ];
  return [
    lines('requests', [[bold('Your requests')], ...rows]),
    ...(paging.length > 0
      ? [{ type: 'actions' as const, block_id: 'paging', elements: paging }]
      : []),
  ];
}

/** "Mary Major", or "48 users, november.csv". */
export function whom(request: HomeRequest): string {
  if (request.file) return `${count(request.rows, 'user')}, ${request.file}`;
  return request.firstUser ? fullName(request.firstUser) : 'One user';
}

/** "34 of 48 created, 2 failed" while or after users are created, else the state in words. */
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
  return dots([
    request.cardUrl ? link(request.cardUrl, number) : number,
    request.instance,
    result,
    moment(request.createdAt),
  ]);
}
