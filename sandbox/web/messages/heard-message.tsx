import type { Message } from '../../api/messages.ts';

/** A message for somebody who does not see it: read by a screen reader, and as a phone's notification. */
export function HeardMessage({ heard }: { heard: Message['heard'] }) {
  return (
    <dl class="message-heard" data-testid="heard">
      <dt>A screen reader reads</dt>
      <dd>{heard.screenReader || 'nothing'}</dd>
      <dt>A phone's notification shows</dt>
      <dd>{heard.notification}</dd>
    </dl>
  );
}
