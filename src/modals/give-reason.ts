/** The form for a reason: before an exceptional action, and when the policy requires one for a file. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { explain, problem, sentenceOf } from '../errors/problem.ts';
import { cardActions, parseButtonValue } from '../messages/card-actions.ts';
import { recordChoice } from '../requests/decide/decide-request.ts';
import { type MissingReason, readMissingReason } from '../requests/decide/request-rows.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { requestNumber } from '../text/request-number.ts';
import { isStorable } from '../text/storable.ts';
import { plain } from './blocks.ts';
import { longestReason, readReason } from './inputs.ts';
import { openForClick } from './open-view.ts';

const callback = 'give_reason';
const field = 'given_reason';

const metadata = z.object({
  requestId: z.number().int(),
  channel: z.string(),
  threadTs: z.string().optional(),
  kind: z.enum(['break-glass', 'lift-limit', 'ask']),
  /** The content that the answer to a file showed. */
  contentHash: z.string().nullish(),
});
type Metadata = z.infer<typeof metadata>;

const words: Readonly<Record<Metadata['kind'], { title: string; submit: string; hint: string }>> = {
  ask: {
    title: 'Request the users',
    submit: 'Request',
    hint: 'The policy may want to know why you need these users',
  },
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

/** @param missing what the policy requires of a file's reason */
export function reasonView(about: Metadata, missing?: MissingReason): ModalView {
  const { title, submit, hint } = words[about.kind];
  const isOptional = missing?.isSure === false;
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
        hint: plain(missing?.isSure ? sentenceOf(missing.problem) : hint),
        ...(isOptional ? { optional: true } : {}),
        element: {
          type: 'plain_text_input',
          action_id: field,
          multiline: true,
          // The policy determines the minimum length of a file's reason.
          ...(about.kind === 'ask' ? {} : { min_length: 10 }),
          ...(missing?.before ? { initial_value: missing.before } : {}),
          max_length: longestReason,
          focus_on_load: true,
        },
      },
    ],
  };
}

export function registerGiveReason(listeners: Listeners, services: FormServices): void {
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
    const { requestId, channel, threadTs, kind, contentHash } = metadata.parse(
      JSON.parse(view.private_metadata),
    );
    const reason = readReason(view.state.values[field]?.[field]?.value);
    const complain = (wrong: string) =>
      ack({ response_action: 'errors', errors: { [field]: wrong } });
    if (reason === '' && kind !== 'ask') return complain(explain(problem('form.reason-missing')));
    if (!isStorable(reason)) return complain(explain(problem('field.unprintable')));
    try {
      if (kind === 'ask') {
        const missing = await readMissingReason(services, requestId, body.user.id, reason);
        if (missing?.isSure) return complain(sentenceOf(missing.problem));
      }
      const stored = await recordChoice(services, `view_submission ${view.id}`, {
        requestId,
        personId: body.user.id,
        channel,
        ...(threadTs ? { threadTs } : {}),
        what: kind === 'ask' ? { kind, contentHash, reason } : { kind, reason },
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
