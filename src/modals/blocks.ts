/** Small parts that every view uses. */
import type { ContextBlock, KnownBlock, ModalView, PlainTextElement } from '@slack/types';

/** Plain text: Slack parses nothing in it, and with `emoji: false` not even `:smile:` (H6). */
export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

export function context(blockId: string, text: string): ContextBlock {
  return { type: 'context', block_id: blockId, elements: [plain(text)] };
}

/** A view with a message only: that it is loading, or why there is no form. */
export function noticeView(title: string, sentences: readonly string[]): ModalView {
  const blocks = sentences
    .filter((sentence) => sentence !== '')
    .map(
      (sentence, index): KnownBlock => ({
        type: 'section',
        block_id: `notice_${index}`,
        text: plain(sentence),
      }),
    );
  return {
    type: 'modal',
    callback_id: 'notice',
    title: plain(title),
    close: plain('Close'),
    blocks,
  };
}
