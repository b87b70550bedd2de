/** What Slack validates: one message's blocks or one view. */
import type { AnyBlock, HomeView, ModalView } from '@slack/types';
import type { Post } from '../../messages/post.ts';

/** Named so that a reader finds it in the code. */
export type Shape = { readonly name: string } & (
  | { readonly blocks: readonly AnyBlock[] }
  | { readonly view: ModalView | HomeView }
);

/** @param state what the messages are about, such as the state of a request */
export function shapesOf(state: string, posts: readonly (Post | null)[]): Shape[] {
  return posts.flatMap((post) =>
    post ? [{ name: `${post.key} (${state})`, blocks: post.blocks }] : [],
  );
}
