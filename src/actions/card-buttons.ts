/** The buttons on a card: approve, deny, cancel. */
import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { sentenceOf, todoOf } from '../errors.ts';
import { cardActions, parseButtonValue } from '../messages/card.ts';
import { noticeView } from '../modals/blocks.ts';
import { denyView } from '../modals/deny.ts';
import { openView } from '../modals/open-view.ts';
import { whyNotDeny } from '../requests/decide-request.ts';
import type { Services } from '../services.ts';
import { channelOfClick, recordClick } from './record-click.ts';

type Click = BlockAction<ButtonAction>;

const steering = [
  [cardActions.pause, 'pause'],
  [cardActions.resume, 'resume'],
  [cardActions.cancelRest, 'cancel-rest'],
] as const;

export function registerCardButtons(app: App, services: Services): void {
  app.action<Click>(cardActions.approve, async ({ ack, body, action }) => {
    const value = parseButtonValue(action.value);
    if (!value) return ack();
    await recordClick(services, body, action, ack, {
      requestId: value.requestId,
      what: { kind: 'approve', contentHash: value.contentHash },
    });
  });

  app.action<Click>(cardActions.cancel, async ({ ack, body, action }) => {
    const value = parseButtonValue(action.value);
    if (!value) return ack();
    await recordClick(services, body, action, ack, {
      requestId: value.requestId,
      what: { kind: 'cancel' },
    });
  });

  for (const [actionId, kind] of steering) {
    app.action<Click>(actionId, async ({ ack, body, action }) => {
      const value = parseButtonValue(action.value);
      if (!value) return ack();
      await recordClick(services, body, action, ack, {
        requestId: value.requestId,
        what: { kind },
      });
    });
  }

  app.action<Click>(cardActions.deny, async ({ ack, body, action, client }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const title = 'Deny the request';
    // The trigger lives 3 s, and asking Connect whether this person may can take longer.
    const channel = channelOfClick(body);
    await openView(
      {
        client,
        triggerId: body.trigger_id,
        tooLate: (it) => services.whisper({ channel, person: body.user.id }, it),
      },
      {
        title,
        meanwhile: 'One moment: I am checking that you may …',
        async load() {
          const why = await whyNotDeny(services, value.requestId, body.user.id);
          return why
            ? noticeView(title, [sentenceOf(why), todoOf(why)])
            : denyView({ requestId: value.requestId, channel });
        },
      },
    );
  });
}
