/** In the thread of a finished request: its evidence, as text and as data. Pure. */
import { type Post, post } from '../post.ts';
import { lines } from '../rich-text.ts';

/** @param channel the requests channel */
export function evidencePost(
  channel: string,
  file: {
    readonly kind: 'md' | 'json';
    readonly name: string;
    readonly bytes: NonNullable<Post['file']>['bytes'];
  },
): Post {
  const { kind, name, bytes } = file;
  const words = kind === 'md' ? 'The evidence of this request.' : 'The same as data.';
  return post({
    key: `evidence-${kind}`,
    to: { channel },
    inThreadOf: 'card',
    blocks: [lines('evidence', [[words]])],
    file: { name, bytes },
  });
}
