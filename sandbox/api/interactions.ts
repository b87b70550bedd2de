/** Commands, shortcuts, buttons and other elements, and external selects. */

/** `POST /sandbox/commands`: type a slash command. Answers `CommandResult`. */
export type RunCommand = { user: string; channel: string; command: string; text: string };
export type CommandResult = {
  /** `timeout`: no acknowledgement within 3 s, which Slack shows as "failed with the error operation_timeout". */
  outcome: 'ok' | 'timeout' | 'error';
  ackMs: number;
  triggerId: string;
  /** The text of the acknowledgement itself, if any. */
  text?: string;
  detail?: string;
};

/** Values of one element, in the shape of Slack's `view.state.values[block_id][action_id]`. */
export type ElementValue =
  | { value: string | null }
  | { selected_option: Option | null }
  | { selected_options: Option[] }
  | { selected_user: string | null }
  | { selected_users: string[] }
  | { selected_date: string | null }
  | { selected_time: string | null }
  | { selected_date_time: number | null }
  | { selected_conversation: string | null }
  | { file_ids: string[] };

export type Option = {
  text: { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean };
  value: string;
  description?: { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean };
};

/**
 * `POST /sandbox/actions`: press a button or use an element on a message or an App Home. Exactly one of
 * `messageTs` (with `channel`) and `viewId`. `value` is left out for a button. Answers `ActionResult`.
 */
export type DoAction = {
  user: string;
  channel?: string;
  messageTs?: string;
  viewId?: string;
  blockId?: string;
  actionId: string;
  value?: ElementValue;
  /** The person confirmed the element's confirm dialog; without it an element that has one is refused. */
  confirmed?: boolean;
};
export type ActionResult = { outcome: 'ok' | 'timeout' | 'error'; ackMs: number; detail?: string };

/** `POST /sandbox/suggestions`: type into an external select (`block_suggestion`). */
export type Suggest = {
  user: string;
  viewId?: string;
  channel?: string;
  messageTs?: string;
  blockId: string;
  actionId: string;
  value: string;
};
export type Suggestions = {
  outcome: 'ok' | 'timeout' | 'error';
  options: Option[];
  groups: { label: string; options: Option[] }[];
  detail?: string;
};

/** `POST /sandbox/shortcuts`: run a message shortcut (with `channel`, `messageTs`) or a global one. */
export type RunShortcut = {
  user: string;
  callbackId: string;
  channel?: string;
  messageTs?: string;
};
