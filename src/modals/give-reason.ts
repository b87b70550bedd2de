/** The form that requires a reason before something out of the ordinary is done. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { explain, problem } from '../errors/problem.ts';
import { cardActions, parseButtonValue } from '../messages/card-actions.ts';
import { requestNumber } from '../messages/request-view-model.ts';
import { recordChoice } from '../requests/decide/decide-request.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listeners.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { isStorable } from '../text/storable.ts';
import { plain } from './blocks.ts';
import { openForClick } from './open-view.ts';

const callback = 'give_reason';
const field = 'given_reason';

const metadata = z.object({
  requestId: z.number().int(),
  channel: z.string(),
  kind: z.enum(['break-glass', 'lift-limit']),
});
type Metadata = z.infer<typeof metadata>;

const words: Readonly<Record<Metadata['kind'], { title: string; submit: string; hint: string }>> = {
  'break-glass': {
    title: 'Create without approval',
    submit: 'Create now',
    hint: 'The people whom the policy names are told at once, with this reason',
  },
  'lift-limit': {
    title: 'Go on above the limit',
    submit: 'Go on',
    hint: 'The thread and the audit trail keep this reason',
  },
};

export function reasonView(about: Metadata): ModalView {
  const { title, submit, hint } = words[about.kind];
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title),
    submit: plain(submit),
    close: plain('Back'),
    private_metadata: JSON.stringify(about),
    blocks: [
      {
        type: 'input',
        block_id: field,
        label: plain(`Why, for ${requestNumber(about.requestId)}?`),
        hint: plain(hint),
        element: {
          type: 'plain_text_input',
          action_id: field,
          multiline: true,
          min_length: 10,
          max_length: 500,
          focus_on_load: true,
        },
      },
    ],
  };
}

export function registerGiveReason(listeners: Listeners, services: Services): void {
  const buttons = [cardActions.breakGlass, cardActions.liftLimit];
  listeners.action<BlockAction<ButtonAction>>(buttons, async ({ ack, body, action, client }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const kind = action.action_id === cardActions.breakGlass ? 'break-glass' : 'lift-limit';
    const channel = body.channel?.id ?? body.user.id;
    const view = reasonView({ requestId: value.requestId, channel, kind });
    await openForClick(services, client, body, view);
  });

  listeners.view(callback, async ({ ack, body, view }) => {
    const { requestId, channel, kind } = metadata.parse(JSON.parse(view.private_metadata));
    const reason = view.state.values[field]?.[field]?.value?.trim() ?? '';
    const complain = (wrong: string) =>
      ack({ response_action: 'errors', errors: { [field]: wrong } });
    if (reason === '') return complain(explain(problem('form.reason-missing')));
    if (!isStorable(reason)) return complain(explain(problem('field.unprintable')));
    try {
      const stored = await recordChoice(services, `view_submission ${view.id}`, {
        requestId,
        personId: body.user.id,
        channel,
        what: { kind, reason },
      });
      if (stored === 'changed') {
        const number = requestNumber(requestId);
        return complain(explain(problem('form.already-decided', { number })));
      }
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      return complain(explain(problem('form.not-saved')));
    }
    await ack();
  });
}
