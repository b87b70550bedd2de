/** The form in which an approver changes a request, and may approve the changed request. */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { explain, type Problem, problem } from '../errors/problem.ts';
import { parseButtonValue } from '../messages/card-actions.ts';
import { recordChoice } from '../requests/decide/decide-request.ts';
import { whyMayNotSeeRows } from '../requests/decide/may-see-rows.ts';
import { readRequest } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { requestNumber } from '../text/request-number.ts';
import { shown } from '../text/tidy.ts';
import { mostSecurityProfiles } from '../users/fields/profiles.ts';
import { context, plain } from './blocks.ts';
import { isRowNumber, tick } from './inputs.ts';
import { menuElement, menus, severalElement } from './menus.ts';
import { updateView } from './open-view.ts';

const callback = 'change_request';
export const changeAction = 'open_change';
const fields = {
  row: 'change_row',
  routing: 'change_routing',
  security: 'change_security',
  group: 'change_group',
  approve: 'change_approve',
} as const;

const metadata = z.object({
  requestId: z.number().int(),
  /** The menus use this to offer the names of the right instance. */
  instance: z.string(),
  /** The hash of the changed content (H2). */
  shown: z.string().nullable(),
});

/** The button for the form, at the end of "Compare". */
export function changeButton(requestId: number): KnownBlock {
  return {
    type: 'actions',
    block_id: changeAction,
    elements: [
      {
        type: 'button',
        action_id: changeAction,
        text: plain('Change the request'),
        value: String(requestId),
      },
    ],
  };
}

function input(
  field: string,
  label: string,
  element: InputBlock['element'],
  hint = 'Leave empty to keep what is requested',
): InputBlock {
  return {
    type: 'input',
    block_id: field,
    optional: true,
    label: plain(label),
    hint: plain(hint),
    element,
  };
}

export function changeView(about: z.infer<typeof metadata>, many: boolean): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(`Change ${requestNumber(about.requestId)}`),
    submit: plain('Save'),
    close: plain('Back'),
    private_metadata: JSON.stringify(about),
    blocks: [
      context(
        'consequence',
        'The requester is told what you changed, and approvals start again. Security profiles can only become lower.',
      ),
      ...(many
        ? [
            input(
              fields.row,
              'Row',
              {
                type: 'number_input',
                action_id: fields.row,
                is_decimal_allowed: false,
                min_value: '1',
              },
              'The row’s number; leave empty to change all rows',
            ),
          ]
        : []),
      input(fields.routing, 'Routing profile', menuElement('routingProfile')),
      input(fields.security, 'Security profiles', severalElement([])),
      input(fields.group, 'Hierarchy group', menuElement('hierarchyGroup')),
      tick(fields.approve, 'Approve', 'Approve it as changed', false),
    ],
  };
}

export function registerChange(listeners: Listeners, services: Services): void {
  listeners.action<BlockAction<ButtonAction>>(
    changeAction,
    async ({ ack, body, action, client }) => {
      await ack();
      const value = parseButtonValue(action.value);
      if (!(await services.updates.wait(body.user.id))) return;
      const record = value && (await readRequest(services.db, value.requestId));
      if (!record || !body.view) return;
      // The button is shown only to people who may decide, but a forged click can contain any request's number.
      if (await whyMayNotSeeRows(services, record.id, body.user.id)) return;
      const { id: requestId, instance, binding, source } = record;
      const about = { requestId, instance, shown: binding?.hash ?? null };
      await updateView(
        { client, newerBlocks: services.newerBlocks },
        body.view.id,
        changeView(about, source === 'file'),
      );
    },
  );

  listeners.view(callback, async ({ ack, body, view }) => {
    const { requestId, shown: contentHash } = metadata.parse(JSON.parse(view.private_metadata));
    const { values } = view.state;
    const chosen = (field: string, action: string) =>
      values[field]?.[action]?.selected_option?.value ?? null;
    const complain = (why: Problem) =>
      ack({ response_action: 'errors', errors: { [fields.routing]: explain(why) } });
    const typedRow = values[fields.row]?.[fields.row]?.value;
    const row = typedRow ? Number(typedRow) : null;
    if (row !== null && !isRowNumber(row)) {
      const noRow = problem('change.no-row', { row: shown(String(typedRow)) });
      return ack({ response_action: 'errors', errors: { [fields.row]: explain(noRow) } });
    }
    const security = values[fields.security]?.[menus.securityProfiles.actionId];
    const what = {
      kind: 'change' as const,
      contentHash,
      row,
      routingProfile: chosen(fields.routing, menus.routingProfile.actionId),
      securityProfiles: (security?.selected_options ?? [])
        .flatMap(({ value }) => (value ? [value] : []))
        .slice(0, mostSecurityProfiles),
      hierarchyGroup: chosen(fields.group, menus.hierarchyGroup.actionId),
      approve: (values[fields.approve]?.[fields.approve]?.selected_options ?? []).length > 0,
    };
    const isEmpty =
      what.routingProfile === null &&
      what.hierarchyGroup === null &&
      what.securityProfiles.length === 0;
    if (isEmpty) return complain(problem('change.nothing'));
    try {
      const record = await readRequest(services.intake, requestId);
      const channel = record?.requests_channel ?? body.user.id;
      const kind = await recordChoice(services, `view_submission ${view.id}`, {
        requestId,
        personId: body.user.id,
        channel,
        what,
      });
      if (kind === 'changed') {
        const number = requestNumber(requestId);
        return complain(problem('form.already-decided', { number }));
      }
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      return complain(problem('form.not-saved'));
    }
    await ack();
  });
}
