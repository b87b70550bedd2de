/** The buttons of a card. Whether a person may use one is decided after the click. */
import type { ActionsBlock, Button, ConfirmationDialog, Overflow } from '@slack/types';
import type { HeadViewModel } from './request-view-model.ts';

/** Ids of the card's buttons; src/actions/ listens to them. */
export const cardActions = {
  approve: 'approve_request',
  deny: 'deny_request',
  /** Withdraws one's own approval while others are missing. */
  withdraw: 'withdraw_approval',
  breakGlass: 'break_glass',
  liftLimit: 'lift_limit',
  copyCommand: 'copy_command',
  copyWelcome: 'copy_welcome',
  evidence: 'show_evidence',
  cancel: 'cancel_request',
  /** The overflow menu, for rarely used actions. */
  more: 'more_actions',
  showRows: 'show_rows',
  compare: 'compare_users',
  /** Changes the time of a scheduled request. */
  move: 'move_request',
  pause: 'pause_request',
  resume: 'resume_request',
  cancelRest: 'cancel_rest',
  retry: 'retry_failed',
  checkAgain: 'check_again',
} as const;

/** A button's value: the request, and the content that was shown when it was pressed (H2). */
export type ButtonValue = { readonly requestId: number; readonly contentHash: string | null };

export function buttonValue(value: ButtonValue): string {
  return `${value.requestId} ${value.contentHash ?? ''}`.trim();
}

/** Null for a value that this bot never wrote. */
export function parseButtonValue(text: string | undefined): ButtonValue | null {
  const match = /^(\d{1,9})(?: ([0-9a-f]{64}))?$/.exec(text ?? '');
  return match ? { requestId: Number(match[1]), contentHash: match[2] ?? null } : null;
}

/** Slack's limit for `accessibility_label`. */
const longestLabel = 75;
/** Slack's limit for the text of a confirmation dialog. */
const longestConfirmation = 300;

/** A button with a label for screen readers that includes its subject: "Approve Mary Major, CU-1002". */
export function button(
  actionId: string,
  text: string,
  value: string,
  options: {
    readonly about: string;
    readonly style?: 'primary' | 'danger';
    readonly confirm?: ConfirmationDialog;
  },
): Button {
  const { about, style, confirm } = options;
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text },
    accessibility_label: shortened(`${text} ${about}`, longestLabel),
    value,
    ...(style ? { style } : {}),
    ...(confirm ? { confirm } : {}),
  };
}

/** At most that many UTF-16 units, which is the stricter way to count (a guess); never splits a character. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A confirmation dialog before an action that cannot be undone. */
export function confirmation(
  title: string,
  text: string,
  confirm: string,
  deny: string,
): ConfirmationDialog {
  const plain = (words: string) => ({ type: 'plain_text' as const, text: words });
  return {
    title: plain(title),
    text: plain(text),
    confirm: plain(confirm),
    deny: plain(deny),
    style: 'danger',
  };
}

export function retryLabel(request: HeadViewModel): string {
  return `Retry ${request.retryable} failed`;
}

/** The subject of a card, and what differs between one user and many. */
export type CardSubject = {
  /** "Mary Major", or "48 users". */
  readonly whom: string;
  /** Text of the button that approves: "Approve", or "Approve 48". */
  readonly approve: string;
  /** A request from a file: its rows can be paged through, and its creation can be paused. */
  readonly many: boolean;
  /** The number of users that are not created yet, and of created ones. */
  readonly left: number;
  readonly created: number;
};

/** The buttons for the request's state; null when there are none. */
export function cardButtons(request: HeadViewModel, subject: CardSubject): ActionsBlock | null {
  const elements = elementsOf(request, subject);
  return elements.length > 0 ? { type: 'actions', block_id: 'decide', elements } : null;
}

function elementsOf(request: HeadViewModel, subject: CardSubject): (Button | Overflow)[] {
  const value = buttonValue({ requestId: request.id, contentHash: request.contentHash });
  const about = `${subject.whom}, ${request.number}`;
  switch (request.state) {
    case 'check_failed':
      return [
        button(cardActions.checkAgain, 'Check again', value, { about, style: 'primary' }),
        withdraw(request, value),
      ];
    case 'awaiting_approval':
      return [
        approve(request, subject, value, about),
        button(cardActions.deny, 'Deny', value, { about, style: 'danger' }),
        ...(subject.many ? [button(cardActions.showRows, 'Show rows', value, { about })] : []),
        button(cardActions.compare, 'Compare', value, { about }),
        ...(request.approval.given.length > 0
          ? [button(cardActions.withdraw, 'Withdraw my approval', value, { about })]
          : []),
        ...(request.approval.plan?.approval.breakGlass
          ? [button(cardActions.breakGlass, 'Create without approval', value, { about })]
          : []),
        withdraw(request, value),
      ];
    case 'scheduled':
      return [
        button(cardActions.move, 'Move', value, { about }),
        button(cardActions.deny, 'Deny', value, { about, style: 'danger' }),
        ...(subject.many ? [button(cardActions.showRows, 'Show rows', value, { about })] : []),
        withdraw(request, value),
      ];
    case 'approved':
      // A single user is created before anybody could press a button; a request that is already stopping needs none.
      if (!subject.many || request.stopping) return [];
      return [
        button(cardActions.pause, 'Pause', value, { about }),
        cancelRest(subject, value, about),
      ];
    case 'paused':
      return [
        request.hold?.code === 'create.limit'
          ? button(cardActions.liftLimit, 'Go on above the limit', value, { about })
          : button(cardActions.resume, 'Resume', value, { about, style: 'primary' }),
        // Rows that were sent before the rest was cancelled may still have to be looked up, and nothing else is left.
        ...(request.stopping ? [] : [cancelRest(subject, value, about)]),
      ];
    case 'done':
      return [
        ...(request.retryable > 0
          ? [button(cardActions.retry, retryLabel(request), value, { about })]
          : []),
        evidence(value),
      ];
    case 'denied':
    case 'expired':
      return [evidence(value)];
    default:
      return [];
  }
}

/** Requires a confirmation for more users than the policy allows without one. */
function approve(
  request: HeadViewModel,
  subject: CardSubject,
  value: string,
  about: string,
): Button {
  const { instance, number, cardPolicy } = request;
  return approveButton({ ...subject, instance, number, ...cardPolicy }, value, about);
}

/** The same button on the card and in the App Home. */
export function approveButton(
  request: Pick<CardSubject, 'whom' | 'approve' | 'left'> &
    Pick<HeadViewModel, 'instance' | 'number'> &
    Pick<HeadViewModel['cardPolicy'], 'confirmAbove'>,
  value: string,
  about: string,
): Button {
  const { confirmAbove, left } = request;
  const asks = confirmAbove !== null && left > confirmAbove;
  const text = `${request.whom} will be created in ${request.instance} (${request.number}).`;
  return button(cardActions.approve, request.approve, value, {
    about,
    style: 'primary',
    ...(asks
      ? {
          confirm: confirmation(
            'Approve all of them?',
            shortened(text, longestConfirmation),
            'Approve',
            'Not yet',
          ),
        }
      : {}),
  });
}

/** For later questions about who approved, and why they were allowed to. */
function evidence(value: string): Overflow {
  return {
    type: 'overflow',
    action_id: cardActions.evidence,
    options: [{ text: { type: 'plain_text', text: 'Evidence' }, value }],
  };
}

/** In the overflow menu, because only the requester may use it. */
function withdraw(request: HeadViewModel, value: string): Overflow {
  return {
    type: 'overflow',
    action_id: cardActions.more,
    options: [{ text: { type: 'plain_text', text: 'Withdraw' }, value }],
    confirm: confirmation(
      `Withdraw ${request.number}?`,
      shortened(
        `Nobody will be created. Only ${request.requester.name}, who sent it, can withdraw it.`,
        longestConfirmation,
      ),
      'Withdraw',
      'Keep it',
    ),
  };
}

function cancelRest({ left, created }: CardSubject, value: string, about: string): Button {
  const users = left === 1 ? '1 user' : `${left} users`;
  return button(cardActions.cancelRest, 'Cancel the rest', value, {
    about,
    confirm: confirmation(
      'Stop creating?',
      `${users} won’t be created. ${created} already created ${created === 1 ? 'stays' : 'stay'}.`,
      'Stop',
      'Keep going',
    ),
  });
}
