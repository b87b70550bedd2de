/** The buttons on a card and on a file's answer: approve, deny, withdraw, request, pause, resume, retry. */
import type { BlockAction, ButtonAction, OverflowAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { explain, sentenceOf, todoOf } from '../errors/problem.ts';
import { cardActions, parseButtonValue } from '../messages/card-actions.ts';
import { offerActions } from '../messages/files/file-offer.ts';
import { commandBlocks, welcomeBlocks } from '../messages/replies/overview.ts';
import { messageText, textBlocks } from '../messages/rich-text.ts';
import { welcomeText } from '../messages/welcome.ts';
import { noticeView } from '../modals/blocks.ts';
import { denyView } from '../modals/deny.ts';
import { reasonView } from '../modals/give-reason.ts';
import { openForClick, openingFor, openView } from '../modals/open-view.ts';
import { whyNotDeny } from '../requests/decide/decide-request.ts';
import { readMissingReason } from '../requests/decide/request-rows.ts';
import { type OneRequest, readRequestFor } from '../requests/overview/read-overview.ts';
import { commandOf } from '../requests/overview/request-as-command.ts';
import { readCreatedUser } from '../requests/publish/read-created-user.ts';
import type { FormServices } from '../requests/submit/permitted-instances.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { placeOfClick, recordClick } from './record-click.ts';

type Click = BlockAction<ButtonAction>;

/** The meaning of each button; denying requires a reason first. */
const kinds = {
  [cardActions.withdraw]: 'withdraw',
  [cardActions.cancel]: 'cancel',
  [cardActions.pause]: 'pause',
  [cardActions.resume]: 'resume',
  [cardActions.cancelRest]: 'cancel-rest',
  [cardActions.retry]: 'retry',
  [cardActions.checkAgain]: 'check-again',
} as const;

function isKnown(actionId: string): actionId is keyof typeof kinds {
  return actionId in kinds;
}

/** A person approves exactly what their card showed (H2). */
function whatOf(actionId: string, contentHash: string | null) {
  return isKnown(actionId) ? { kind: kinds[actionId] } : { kind: 'approve' as const, contentHash };
}

export function registerCardButtons(listeners: Listeners, services: FormServices): void {
  const plain = [cardActions.approve, ...Object.keys(kinds)];
  listeners.action<Click>(plain, async ({ ack, body, action }) => {
    const value = parseButtonValue(action.value);
    if (!value) return ack();
    const { requestId, contentHash } = value;
    const what = whatOf(action.action_id, contentHash);
    await recordClick(services, body, action, ack, { requestId, what });
  });

  listeners.action<Click>(offerActions.ask, async ({ ack, body, action, client }) => {
    const value = parseButtonValue(action.value);
    if (!value) return ack();
    const { requestId, contentHash } = value;
    const missing = await readMissingReason(services, requestId, body.user.id).catch(
      (error: unknown) => {
        // In that case the click is not stored either, and the person gets a message.
        if (isDatabaseUnavailable(error)) return null;
        throw error;
      },
    );
    if (!missing) {
      const what = { kind: 'ask', contentHash } as const;
      return recordClick(services, body, action, ack, { requestId, what });
    }
    await ack();
    const { channel, threadTs } = placeOfClick(body);
    const about = { requestId, channel, threadTs, kind: 'ask', contentHash } as const;
    await openForClick(services, client, body, reasonView(about, missing));
  });

  const menus = [cardActions.more, cardActions.evidence];
  listeners.action<BlockAction<OverflowAction>>(menus, async ({ ack, body, action }) => {
    const value = parseButtonValue(action.selected_option.value);
    if (!value) return ack();
    const { requestId } = value;
    const kind = action.action_id === cardActions.evidence ? 'evidence' : 'cancel';
    await recordClick(services, body, action, ack, { requestId, what: { kind } });
  });

  const copies = [cardActions.copyCommand, cardActions.copyWelcome];
  listeners.action<Click>(copies, async ({ ack, body, action, respond }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const found = await readRequestFor(services, body.user.id, value.requestId);
    const isWelcome = action.action_id === cardActions.copyWelcome;
    const blocks =
      'code' in found
        ? textBlocks(explain(found))
        : await (isWelcome ? welcomeToCopy(services, found) : commandToCopy(services, found));
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: messageText(blocks),
      blocks,
    });
  });

  listeners.action<Click>(cardActions.deny, async ({ ack, body, action, client }) => {
    await ack();
    const value = parseButtonValue(action.value);
    if (!value) return;
    const title = 'Deny the request';
    // The trigger is valid for 3 s, and the check of the person's permissions in Connect can take longer.
    const place = placeOfClick(body);
    await openView(openingFor(services, client, body.trigger_id, place), {
      title,
      meanwhile: 'One moment. Checking your permissions…',
      async load() {
        const why = await whyNotDeny(services, value.requestId, body.user.id);
        return why
          ? noticeView(title, [sentenceOf(why), todoOf(why)])
          : denyView({ requestId: value.requestId, channel: place.channel });
      },
    });
  });
}

function commandToCopy(services: Services, found: OneRequest): KnownBlock[] {
  const command = commandOf(services, found);
  if (command === null) return textBlocks('There is no command for this request.');
  return commandBlocks(command);
}

async function welcomeToCopy(services: Services, found: OneRequest): Promise<KnownBlock[]> {
  const newcomer = await readCreatedUser(services, found.request.id);
  if (!newcomer) return textBlocks('Nobody was created by this request.');
  return welcomeBlocks(welcomeText(newcomer), newcomer.username);
}
