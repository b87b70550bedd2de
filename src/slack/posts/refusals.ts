/** Whether a refusal by Slack concerns one message, or everything that is sent to its place. */

/**
 * Codes about the channel or the person, so that the next message would get the same. Every other code, including
 * unknown ones, concerns only the message. https://docs.slack.dev/reference/methods/chat.postMessage#errors and
 * .../chat.update#errors
 */
const aboutThePlace = new Set([
  'access_denied',
  'cannot_dm_bot',
  'channel_not_found',
  'channel_type_not_supported',
  'ekm_access_denied',
  'invalid_channel',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'method_not_supported_for_channel_type',
  'no_permission',
  'not_in_channel',
  'posting_to_channel_denied',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'team_access_not_granted',
  'user_disabled',
  'user_not_found',
]);

/** Whether every message to this place would be refused like this one. */
export function isAboutThePlace(code: string): boolean {
  return aboutThePlace.has(code);
}

/** A refused message is retried after this long, because a person has to change something first. */
export const refusedForMs = 60 * 60_000;

/** After this many internal failures of Slack, the message counts as refused. */
export const mostUnsureAnswers = 5;

/** The delay before such a message is retried: Slack's failure may be short, so the first delays are short. */
export function unsureForMs(unsureAnswers: number): number {
  return Math.min(refusedForMs, 5 * 60_000 * 2 ** Math.max(0, unsureAnswers - mostUnsureAnswers));
}
