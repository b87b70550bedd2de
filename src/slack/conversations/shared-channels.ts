/**
 * Whether a channel is shared with another company through Slack Connect, whose people see everything that is posted
 * there.
 */
import type { WebClient } from '@slack/web-api';
import { setNewest } from '../../bounded-map.ts';

/** How old an answer may be: sharing a channel requires two admins, so it does not happen often. */
const maxAgeMs = 5 * 60_000;
/** Channels remembered at most; there is one an instance. */
const maxChannels = 200;

/**
 * Never throws: without an answer of Slack, the last known answer is used, and at first the channel counts as not
 * shared.
 */
export type IsSharedChannel = (channel: string) => Promise<boolean>;

/** https://docs.slack.dev/reference/objects/conversation-object: `is_ext_shared`. @param now in milliseconds */
export function createSharedChannels(client: WebClient, now: () => number): IsSharedChannel {
  const known = new Map<string, { readonly shared: boolean; readonly at: number }>();
  return async (channel) => {
    const before = known.get(channel);
    if (before && now() - before.at < maxAgeMs) return before.shared;
    try {
      const answer = await client.conversations.info({ channel });
      const shared =
        answer.channel?.is_ext_shared === true || answer.channel?.is_pending_ext_shared === true;
      setNewest(known, channel, { shared, at: now() }, maxChannels);
      return shared;
    } catch {
      return before?.shared ?? false;
    }
  };
}
