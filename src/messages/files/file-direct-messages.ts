/** The result of a file's request, in a direct message to its sender. */

import { explain } from '../../errors/problem.ts';
import { count } from '../../text/durations.ts';
import { type Post, post } from '../post.ts';
import { bold, channel, type Inline, italic, lines } from '../rich-text.ts';
import { uploadButton } from './file-offer.ts';
import type { FileViewModel } from './file-view-model.ts';

export function fileDirect(view: FileViewModel): Post | null {
  const line = words(view);
  if (!line) return null;
  return post({
    key: 'dm-ended',
    to: { person: view.requester.id },
    blocks: [
      lines('dm-ended', [line]),
      ...(view.state === 'denied'
        ? [{ type: 'actions' as const, block_id: 'again', elements: [uploadButton(view)] }]
        : []),
    ],
  });
}

function words(view: FileViewModel): Inline[] | null {
  const users = count(view.file.summary?.good ?? 0, 'user');
  const name = `${view.number} (${view.file.name}, ${users})`;
  switch (view.state) {
    case 'done': {
      const { created, failed, cancelled } = view.counts;
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
        channel(view.requestsChannel),
        '.',
      ];
    }
    case 'denied': {
      const by = view.decision?.byName ?? 'Somebody';
      const reason = view.decision?.reason ?? '';
      return [bold(by), ` denied ${name}: `, italic(reason)];
    }
    case 'expired': {
      return view.hold
        ? [`${name} is over: ${explain(view.hold)}`]
        : [`Nobody decided about ${name} in time. Nothing was created.`];
    }
    default:
      return null;
  }
}
