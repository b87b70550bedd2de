/** Runs shortcuts: on a message (`message_action`), or a global one (`shortcut`). */
import type { ActionResult } from '../../api/interactions.ts';
import { asText, type JsonObject } from '../json.ts';
import { messageObject } from '../message-object.ts';
import type { World } from '../world.ts';
import {
  ackResult,
  interact,
  messageAt,
  personOf,
  placeName,
  responseUrl,
  triggerFor,
} from './person.ts';
import { Problem } from './problem.ts';

export async function runShortcut(world: World, body: JsonObject): Promise<ActionResult> {
  const person = personOf(world, body.user);
  const shortcut = world.app.shortcuts.find(({ callbackId }) => callbackId === body.callbackId);
  if (!shortcut) {
    throw new Problem(404, 'unknown_shortcut', `no shortcut \`${asText(body.callbackId)}\``);
  }
  // Of all interactions, only shortcuts have this member besides their actions (docs: payloads).
  const base = {
    callback_id: shortcut.callbackId,
    trigger_id: triggerFor(world, person),
    action_ts: world.ids.ts(),
  };
  if (shortcut.type === 'global') {
    // Unlike other payloads, this one has no `name` (types: GlobalShortcut).
    const user = { id: person.id, username: person.name, team_id: person.teamId };
    return ackResult(await interact(world, person, 'shortcut', { ...base, user }));
  }
  const { place, message } = messageAt(world, person, body.channel, body.messageTs);
  if (message.visibleTo !== undefined) {
    throw new Problem(400, 'ephemeral', 'an ephemeral message has no shortcuts');
  }
  const target = { user: person.id, channel: place.id, messageTs: message.ts };
  return ackResult(
    await interact(world, person, 'message_action', {
      ...base,
      response_url: responseUrl(world, target),
      message_ts: message.ts,
      channel: { id: place.id, name: placeName(place) },
      message: messageObject(world, message),
    }),
  );
}
