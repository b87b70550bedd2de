/** One shape that Slack validates: the blocks of a message, or a view. */
import type { AnyBlock, HomeView, ModalView } from '@slack/types';
import type { Post } from '../../messages/post.ts';

/** The name lets a reader find the shape in the code. */
export type Shape = { readonly name: string } & (
  | { readonly blocks: readonly AnyBlock[] }
  | { readonly view: ModalView | HomeView }
);

/** @param state the subject of the messages, such as the state of a request */
export function shapesOf(state: string, posts: readonly (Post | null)[]): Shape[] {
  return posts.flatMap((post) =>
    post ? [{ name: `${post.key} (${state})`, blocks: post.blocks }] : [],
  );
}
