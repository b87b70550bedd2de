/** What a refusal of Slack's is about: one message, or everything that goes to its place. */

/**
 * Codes about the channel or the person, so that the next message would meet the same. Every other code, also one
 * that nobody has heard of, is about the message alone.
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors and .../chat.update#errors
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

/** Whether every message to this place is refused like this one. */
export function isAboutThePlace(code: string): boolean {
  return aboutThePlace.has(code);
}

/** A refused message is tried again after this long: somebody has to change something first. */
export const refusedForMs = 60 * 60_000;

/** After this many failures of Slack's own the message is taken for one that it will not take. */
export const mostUnsureAnswers = 5;

/** How long such a message rests: Slack's failure may be short, so the first rests are short. */
export function unsureForMs(unsureAnswers: number): number {
  return Math.min(refusedForMs, 5 * 60_000 * 2 ** Math.max(0, unsureAnswers - mostUnsureAnswers));
}
