/** The App Home: the way in, and what became of one's latest requests. */
import type { HomeView, KnownBlock } from '@slack/types';
import type { RequestState } from '../requests/model/states.ts';
import { type RequestViewModel, requestNumber } from './request-view-model.ts';
import { bold, type Inline, lines, moment } from './rich-text.ts';

export const openFormAction = 'open_form';

export type HomeRequest = Pick<RequestViewModel, 'id' | 'instance' | 'state'> & {
  readonly createdAt: Date;
};

const words: Record<RequestState, string> = {
  received: 'being checked',
  check_failed: 'could not be checked',
  offered: 'checked, not asked for yet',
  awaiting_approval: 'waiting for an approval',
  approved: 'approved, being created',
  paused: 'paused',
  done: 'done',
  rejected: 'not asked for: something was wrong',
  denied: 'denied',
  cancelled: 'cancelled',
  expired: 'expired',
};

export function homeView(requests: readonly HomeRequest[]): HomeView {
  const rows = requests.map((it): Inline[] => [
    bold(requestNumber(it.id)),
    ` in ${it.instance} · ${words[it.state]} · `,
    moment(it.createdAt),
  ]);
  const blocks: KnownBlock[] = [
    {
      type: 'header',
      block_id: 'title',
      text: { type: 'plain_text', text: 'Amazon Connect users' },
    },
    lines('intro', [
      [
        'Ask for a new Amazon Connect user here, or with /connect-add-user anywhere. An admin approves, then the user is created, once.',
      ],
    ]),
    {
      type: 'actions',
      block_id: 'begin',
      elements: [
        {
          type: 'button',
          action_id: openFormAction,
          style: 'primary',
          text: { type: 'plain_text', text: 'Add a user' },
        },
      ],
    },
    { type: 'divider', block_id: 'line' },
    lines(
      'requests',
      rows.length > 0
        ? [[bold('Your latest requests')], ...rows]
        : [['You have not asked for anybody yet.']],
    ),
  ];
  return { type: 'home', callback_id: 'home', blocks };
}
