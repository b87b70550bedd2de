/** Pressing buttons and using elements: `block_actions`, from a message, a modal or the Home tab. */
import type { ActionResult } from '../../api/interactions.ts';
import { asText, isObject, type JsonObject, objectOf, textOf } from '../json.ts';
import { messageObject } from '../message-object.ts';
import { tellViews } from '../methods/views.ts';
import type { Member } from '../roster.ts';
import { type ElementState, initialValues } from '../values.ts';
import { type StoredView, viewObject } from '../views.ts';
import type { World } from '../world.ts';
import {
  actionOf,
  elementAt,
  type Found,
  missingOptions,
  overflowChoice,
  readValue,
} from './elements.ts';
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
import { offeredBy, searchFor, type Target } from './suggest.ts';
import { ownView } from './view.ts';

export async function doAction(world: World, body: JsonObject): Promise<ActionResult> {
  const person = personOf(world, body.user);
  if ((body.viewId === undefined) === (body.messageTs === undefined)) {
    throw new Problem(
      400,
      'invalid_arguments',
      'give either `viewId` or `channel` and `messageTs`',
    );
  }
  return body.viewId === undefined
    ? actOnMessage(world, person, body)
    : actInView(world, person, ownView(world, person, body.viewId), body);
}

function confirmed({ element }: Found, body: JsonObject): void {
  if (isObject(element.confirm) && body.confirmed !== true) {
    const question = textOf(objectOf(element.confirm.text).text) ?? '';
    throw new Problem(
      409,
      'confirm_needed',
      `Slack asks first: "${question}" (\`confirmed: true\`)`,
    );
  }
}

async function actOnMessage(world: World, person: Member, body: JsonObject): Promise<ActionResult> {
  const { place, message } = messageAt(world, person, body.channel, body.messageTs);
  const found = elementAt(message.blocks, body.actionId, body.blockId);
  confirmed(found, body);
  const values = message.states?.get(person.id) ?? initialValues(message.blocks);
  const { type } = found.element;
  const state =
    type === 'button'
      ? undefined
      : await chosen(world, person, { message, place }, found, body.value);
  if (state && 'type' in state) {
    const blockId = asText(found.block.block_id);
    values[blockId] = { ...values[blockId], [asText(found.element.action_id)]: state };
    message.states = (message.states ?? new Map()).set(person.id, values);
  }
  const ephemeral = message.visibleTo !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const target = {
    user: person.id,
    channel: place.id,
    messageTs: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
  };
  const ack = await interact(world, person, 'block_actions', {
    trigger_id: triggerFor(world, person),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: place.id,
      is_ephemeral: ephemeral,
      ...thread,
    },
    channel: { id: place.id, name: placeName(place) },
    // Slack does not store ephemeral messages, so it cannot include one.
    ...(ephemeral ? {} : { message: messageObject(world, message, { metadata: true }) }),
    state: { values },
    response_url: responseUrl(world, target),
    actions: [actionOf(world, found, state)],
  });
  return ackResult(ack);
}

type Choice = { selected_option: JsonObject };

/** The choice in an overflow menu, which has no state, or the element's new state. */
async function chosen(
  world: World,
  person: Member,
  target: Target,
  found: Found,
  value: unknown,
): Promise<ElementState | Choice> {
  if (found.element.type === 'overflow') return overflowChoice(found.element, value);
  const missing = missingOptions(found.element, offeredBy(target, found), value);
  if (missing.length > 0) await searchFor(world, person, target, found, missing);
  return readValue(world, person, found.element, value, offeredBy(target, found));
}

async function actInView(
  world: World,
  person: Member,
  view: StoredView,
  body: JsonObject,
): Promise<ActionResult> {
  const found = elementAt(view.blocks, body.actionId, body.blockId);
  confirmed(found, body);
  const { type } = found.element;
  if (type === 'button') return dispatch(world, person, view, found);
  const state =
    type === 'overflow'
      ? overflowChoice(found.element, body.value)
      : await typeInto(world, person, view, found, body.value);
  return dispatch(world, person, view, found, state);
}

/** Sets the value of an element in a view, and first searches for options that were not offered yet. */
export async function typeInto(
  world: World,
  person: Member,
  view: StoredView,
  found: Found,
  value: unknown,
): Promise<JsonObject> {
  const state = await chosen(world, person, { view }, found, value);
  if (!('type' in state))
    throw new Problem(400, 'invalid_value', 'an overflow menu keeps no value');
  const blockId = asText(found.block.block_id);
  const actionId = asText(found.element.action_id);
  view.values[blockId] = { ...view.values[blockId], [actionId]: state };
  return state;
}

export async function dispatch(
  world: World,
  person: Member,
  view: StoredView,
  found: Found,
  state?: JsonObject,
): Promise<ActionResult> {
  const ack = await interact(world, person, 'block_actions', {
    trigger_id: triggerFor(world, person, view.type === 'modal' ? view.id : undefined),
    container: { type: 'view', view_id: view.id },
    view: viewObject(view),
    actions: [actionOf(world, found, state)],
  });
  return ackResult(ack);
}

/** `POST /sandbox/views/:id/input`. */
export async function inputValue(
  world: World,
  id: string,
  body: JsonObject,
): Promise<ActionResult> {
  const person = personOf(world, body.user);
  const view = ownView(world, person, id);
  const found = elementAt(view.blocks, body.actionId, body.blockId);
  const state = await typeInto(world, person, view, found, body.value);
  tellViews(world, person.id);
  const dispatches = found.block.type !== 'input' || found.block.dispatch_action === true;
  if (!dispatches) return { outcome: 'ok', ackMs: 0 };
  return dispatch(world, person, view, found, state);
}
