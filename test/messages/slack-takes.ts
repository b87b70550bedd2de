/** Checks whether Slack would accept a message, with the sandbox's own tables, which share no code with the bot. */
import assert from 'node:assert/strict';
import { blocksTextLength, messageBlockProblems } from '../../sandbox/slack/blocks/validate.ts';
import { emojiCharacter } from '../../sandbox/web/text/emoji.ts';
import type { Post } from '../../src/messages/post.ts';

/** The maximum number of characters in a message's blocks (`msg_blocks_too_long`), determined by trying. */
const mostBlockText = 13_200;
/** chat.update rejects longer fallback texts (`msg_too_long`). */
const mostText = 4_000;

/** Fails with Slack's own error when Slack would reject this post, either as a new message or as an edit. */
export function assertSlackTakes(post: Post): void {
  assert.deepEqual(messageBlockProblems([...post.blocks]), [], post.key);
  const length = blocksTextLength([...post.blocks]);
  assert.ok(length <= mostBlockText, `${post.key}: ${length} characters in its blocks`);
  assert.ok(post.text.length > 0 && post.text.length <= mostText, `${post.key}: its text`);
}

/** Every object inside a value, including the value itself. */
export function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) for (const item of value) yield* objectsIn(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as Record<string, unknown>;
    for (const member of Object.values(value)) yield* objectsIn(member);
  }
}

/** The visible text of some blocks, line by line, with buttons in brackets and dates in UTC. */
export function read(blocks: readonly unknown[]): string {
  return blocks.map((block) => words(block).trim()).join('\n');
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join('');
  if (typeof value !== 'object' || value === null) return '';
  const object = value as Record<string, unknown>;
  switch (object.type) {
    case 'text':
    case 'plain_text':
    case 'link':
      return String(object.text);
    case 'emoji':
      // The variation selector is left out, so that expected texts in tests look the same in an editor.
      return (emojiCharacter(String(object.name)) ?? `:${String(object.name)}:`).replace(
        '\uFE0F',
        '',
      );
    case 'channel':
      return `#${object.channel_id}`;
    case 'date':
      return String(object.fallback);
    case 'user':
      return `@${object.user_id}`;
    case 'overflow':
      return `[⋯ ${(object.options as { text: unknown }[]).map((option) => words(option.text)).join(', ')}] `;
    case 'button':
      return `[${words(object.text)}] `;
    default:
      return words(object.text) + words(object.elements);
  }
}
