/** How a file's request ended, in a direct message to who sent it. */

import { explain } from '../../errors/problem.ts';
import { count } from '../../text/durations.ts';
import { type Post, post } from '../post.ts';
import { bold, channel, type Inline, italic, lines } from '../rich-text.ts';
import type { FileViewModel } from './file-view-model.ts';

export function fileDirect(it: FileViewModel): Post | null {
  const line = words(it);
  if (!line) return null;
  return post({
    key: 'dm-ended',
    to: { person: it.requester.id },
    blocks: [lines('dm-ended', [line])],
  });
}

function words(it: FileViewModel): Inline[] | null {
  const users = count(it.file.summary?.good ?? 0, 'user');
  const name = `${it.number} (${it.file.name}, ${users})`;
  switch (it.state) {
    case 'done': {
      const { created, failed, cancelled } = it.counts;
      const result = [
        `${created} created`,
        failed > 0 ? `${failed} failed` : '',
        cancelled > 0 ? `${cancelled} cancelled` : '',
      ]
        .filter(Boolean)
        .join(', ');
      return [
        bold(name),
        `: ${result}. The results file is in the thread in `,
        channel(it.requestsChannel),
        '.',
      ];
    }
    case 'denied': {
      const by = it.decision?.byName ?? 'Somebody';
      const reason = it.decision?.reason ?? '';
      return [bold(by), ` denied ${name}: `, italic(reason)];
    }
    case 'expired': {
      return it.hold
        ? [`${name} is over: ${explain(it.hold)}`]
        : [`Nobody decided about ${name} in time. Nothing was created.`];
    }
    default:
      return null;
  }
}
