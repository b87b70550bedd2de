/** How a file's request ended, in a direct message to who sent it. */

import { count } from '../text/durations.ts';
import type { FileViewModel } from './file-view-model.ts';
import type { Post } from './post.ts';
import { bold, channel, type Inline, italic, lines, notification } from './rich-text.ts';

export function fileDirect(it: FileViewModel): Post | null {
  const said = words(it);
  if (!said) return null;
  return {
    key: 'dm-ended',
    to: { person: it.requester.id },
    text: notification([said.text]),
    blocks: [lines('dm-ended', [said.line])],
  };
}

function words(it: FileViewModel): { text: string; line: Inline[] } | null {
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
      const text = `${name}: ${result}`;
      return {
        text,
        line: [
          bold(name),
          `: ${result}. The results file is in the thread in `,
          channel(it.requestsChannel),
          '.',
        ],
      };
    }
    case 'denied': {
      const by = it.decision?.byName ?? 'Somebody';
      const reason = it.decision?.reason ?? '';
      return { text: `${name} was denied`, line: [bold(by), ` denied ${name}: `, italic(reason)] };
    }
    case 'expired': {
      const text = `Nobody decided about ${name} in time. Nothing was created.`;
      return { text, line: [text] };
    }
    default:
      return null;
  }
}
