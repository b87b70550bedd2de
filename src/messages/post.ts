/** A message as it should stand in Slack. */
import type { KnownBlock } from '@slack/types';

export type Post = {
  /** Names the message within its request; the projector remembers which message it became. */
  readonly key: string;
  /** A channel, or a person's direct messages with the bot. */
  readonly to: { readonly channel: string } | { readonly person: string };
  /** Key of the post whose thread it stands in. */
  readonly inThreadOf?: string;
  /** `ts` of somebody else's message whose thread it stands in. */
  readonly inThread?: string;
  /** Plain text for notifications and screen readers, already escaped. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** The post is this file, with `text` as its comment. It is handed out once and never changed. */
  readonly file?: { readonly name: string; readonly bytes: () => Promise<Uint8Array> };
};
