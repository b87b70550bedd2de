/** Whether Slack would take a message, by the sandbox's own tables, which share nothing with the bot. */
import assert from 'node:assert/strict';
import { blocksTextLength, messageBlockProblems } from '../../sandbox/slack/blocks/validate.ts';
import { emojiCharacter } from '../../sandbox/web/text/emoji.ts';
import type { Post } from '../../src/messages/post.ts';

/** Characters of text in a message's blocks (`msg_blocks_too_long`, seen at about this). */
const mostBlockText = 13_200;
/** chat.update refuses longer fallback texts (`msg_too_long`). */
const mostText = 4_000;

/** Fails with Slack's own words when Slack would refuse this post, first or as an edit. */
export function assertSlackTakes(post: Post): void {
  assert.deepEqual(messageBlockProblems([...post.blocks]), [], post.key);
  const length = blocksTextLength([...post.blocks]);
  assert.ok(length <= mostBlockText, `${post.key}: ${length} characters in its blocks`);
  assert.ok(post.text.length > 0 && post.text.length <= mostText, `${post.key}: its text`);
}

/** Every object within a value, itself included. */
export function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) for (const item of value) yield* objectsIn(item);
  else if (typeof value === 'object' && value !== null) {
    yield value as Record<string, unknown>;
    for (const member of Object.values(value)) yield* objectsIn(member);
  }
}

/** What a reader sees of some blocks, line by line; buttons in brackets, dates in UTC. */
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
      // Without the selector for color, so that tests write what an editor shows.
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
