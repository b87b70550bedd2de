/** A message as it should be in Slack. */
import type { KnownBlock } from '@slack/types';
import type { HeadViewModel } from './request-view-model.ts';
import { type Inline, lines, link, messageText } from './rich-text.ts';

export type Post = {
  /** Names the message within its request; the projector remembers which message it became. */
  readonly key: string;
  /** A channel, or a person's direct messages with the bot. */
  readonly to: { readonly channel: string } | { readonly person: string };
  /** Key of the post in whose thread it is. */
  readonly inThreadOf?: string;
  /** `ts` of another author's message in whose thread it is. */
  readonly inThread?: string;
  /** Plain text for notifications and screen readers, already escaped. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /**
   * The post consists of this file, with the blocks as its comment. It is posted once and never changed. Its bytes come
   * in parts, because a large report is not joined.
   */
  readonly file?: { readonly name: string; readonly bytes: () => Promise<readonly Uint8Array[]> };
};

/** The post with its `text`, which has the same lines as its blocks. */
export function post(parts: Omit<Post, 'text'>): Post {
  return { ...parts, text: messageText(parts.blocks) };
}

/** The post with a link to the card, above its buttons. */
export function withCardLink(about: Post, cardUrl: string): Post {
  const way = lines('card', [[link(cardUrl, 'Open the card')]]);
  const at = about.blocks.findIndex((block) => block.type === 'actions');
  const split = at < 0 ? about.blocks.length : at;
  const blocks = [...about.blocks.slice(0, split), way, ...about.blocks.slice(split)];
  return post({ ...about, blocks });
}

/** A message in the thread of the request's card. */
export function threadPost(
  view: Pick<HeadViewModel, 'requestsChannel'>,
  key: string,
  rows: Inline[][],
  below: readonly KnownBlock[] = [],
): Post {
  return post({
    key,
    to: { channel: view.requestsChannel },
    inThreadOf: 'card',
    blocks: [lines(key, rows), ...below],
  });
}
