/** "Move": changes the time of an approved request that is created later. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { explain, problem, sentenceOf, todoOf } from '../errors/problem.ts';
import { cardActions, parseButtonValue } from '../messages/card-actions.ts';
import { recordChoice } from '../requests/decide/decide-request.ts';
import { whyMayNotSeeRows } from '../requests/decide/may-see-rows.ts';
import { whyNotThen } from '../requests/model/not-before.ts';
import { readRequest } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { requestNumber } from '../text/request-number.ts';
import { noticeView, plain } from './blocks.ts';
import { notBeforeBlock, notBeforeField, readNotBefore } from './not-before-field.ts';
import { openForClick } from './open-view.ts';

const callback = 'move_request';

const metadata = z.object({ requestId: z.number().int(), channel: z.string() });

export function rescheduleView(about: z.infer<typeof metadata>, now: Date | null): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(`Move ${requestNumber(about.requestId)}`),
    submit: plain('Move'),
    close: plain('Back'),
    private_metadata: JSON.stringify(about),
    blocks: [{ ...notBeforeBlock(now), optional: false }],
  };
}

export function registerReschedule(listeners: Listeners, services: Services): void {
  listeners.action<BlockAction<ButtonAction>>(
    cardActions.move,
    async ({ ack, body, action, client }) => {
      await ack();
      const value = parseButtonValue(action.value);
      if (!value) return;
      const { requestId } = value;
      const channel = body.channel?.id ?? body.user.id;
      const title = `Move ${requestNumber(requestId)}`;
      await openForClick(services, client, body, {
        title,
        async load() {
          // A forged click can contain any request's number.
          const why = await whyMayNotSeeRows(services, requestId, body.user.id);
          if (why) return noticeView(title, [sentenceOf(why), todoOf(why)]);
          const request = await readRequest(services.db, requestId);
          return rescheduleView({ requestId, channel }, request?.not_before ?? null);
        },
      });
    },
  );

  listeners.view(callback, async ({ ack, body, view }) => {
    const { requestId, channel } = metadata.parse(JSON.parse(view.private_metadata));
    const at = readNotBefore(view.state.values);
    const complain = (wrong: string) =>
      ack({ response_action: 'errors', errors: { [notBeforeField]: wrong } });
    const why = at && whyNotThen(at, { now: services.now(), typedPasswordUntil: null });
    if (!at || why) return complain(explain(why ?? problem('not-before.past')));
    try {
      // The job checks whether this person may move it, and informs them if not.
      await recordChoice(services, `view_submission ${view.id}`, {
        requestId,
        personId: body.user.id,
        channel,
        what: { kind: 'move', at: at.toISOString() },
      });
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      return complain(explain(problem('form.not-saved')));
    }
    await ack();
  });
}
