/** The address of a message, in the form of `chat.getPermalink`, without a call. */
import type { HomeTeam } from './people.ts';

/** `https://example.slack.com/archives/C0123/p1700000000000100` (https://docs.slack.dev/reference/methods/chat.getPermalink). */
export function messageUrl(home: HomeTeam, channel: string, ts: string): string {
  return new URL(`archives/${channel}/p${ts.replace('.', '')}`, home.url).href;
}
