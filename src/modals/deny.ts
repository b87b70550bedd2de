/** The form for the reason of a denial: a view and the parser of its state. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { explain, problem } from '../errors/problem.ts';
import { recordChoice } from '../requests/decide/decide-request.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { requestNumber } from '../text/request-number.ts';
import { isStorable } from '../text/storable.ts';
import { plain } from './blocks.ts';
import { longestReason, readReason } from './inputs.ts';

const callback = 'deny_request';
const field = 'deny_reason';

const metadata = z.object({ requestId: z.number().int(), channel: z.string() });

export function denyView(about: z.infer<typeof metadata>): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain('Deny the request'),
    submit: plain('Deny'),
    close: plain('Back'),
    private_metadata: JSON.stringify(about),
    blocks: [
      {
        type: 'input',
        block_id: field,
        label: plain(`Why is ${requestNumber(about.requestId)} denied?`),
        hint: plain('The requester and the thread see this'),
        element: {
          type: 'plain_text_input',
          action_id: field,
          multiline: true,
          max_length: longestReason,
          focus_on_load: true,
          placeholder: plain('Use the Tier 1 profile for new starters'),
        },
      },
    ],
  };
}

export function registerDeny(listeners: Listeners, services: Services): void {
  listeners.view(callback, async ({ ack, body, view }) => {
    const about = metadata.parse(JSON.parse(view.private_metadata));
    const reason = readReason(view.state.values[field]?.[field]?.value);
    if (reason === '' || !isStorable(reason)) {
      const wrong = problem(reason === '' ? 'form.reason-missing' : 'field.unprintable');
      await ack({ response_action: 'errors', errors: { [field]: explain(wrong) } });
      return;
    }
    try {
      const kind = await recordChoice(services, `view_submission ${view.id}`, {
        requestId: about.requestId,
        personId: body.user.id,
        channel: about.channel,
        what: { kind: 'deny', reason },
      });
      if (kind === 'changed') {
        const number = requestNumber(about.requestId);
        const already = explain(problem('form.already-decided', { number }));
        await ack({ response_action: 'errors', errors: { [field]: already } });
        return;
      }
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      await ack({
        response_action: 'errors',
        errors: { [field]: explain(problem('form.not-saved')) },
      });
      return;
    }
    await ack();
  });
}
