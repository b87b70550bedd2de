/** Types into an external select (`block_suggestion`), and validates the response strictly. */
import type { Option, Suggestions } from '../../api/interactions.ts';
import { optionGroup, plainOption } from '../blocks/composition.ts';
import { list, type Place } from '../blocks/schema.ts';
import type { Conversation } from '../channels.ts';
import type { Ack } from '../delivery.ts';
import { asText, isObject, type JsonObject, listOf, textOf } from '../json.ts';
import { limits } from '../limits.ts';
import type { OfferedOptions, StoredMessage } from '../messages.ts';
import type { Member } from '../roster.ts';
import { type StoredView, viewObject } from '../views.ts';
import type { World } from '../world.ts';
import { elementAt, type Found } from './elements.ts';
import { interact, messageAt, personOf, placeName } from './person.ts';
import { Problem } from './problem.ts';
import { ownView } from './view.ts';

/** Slack sends the query only from this many characters on (docs: external select, min_query_length). */
const defaultQueryLength = 3;

type Answered = {
  outcome: Suggestions['outcome'];
  options: JsonObject[];
  groups: { label: string; options: JsonObject[] }[];
  detail?: string;
};

/** The surface with the element. */
export type Target =
  | { view: StoredView; message?: undefined }
  | { view?: undefined; message: StoredMessage; place: Conversation };

export async function suggest(world: World, body: JsonObject): Promise<Suggestions> {
  const person = personOf(world, body.user);
  const query = textOf(body.value) ?? '';
  const target: Target =
    body.viewId === undefined
      ? messageAt(world, person, body.channel, body.messageTs)
      : { view: ownView(world, person, body.viewId) };
  const { blocks } = target.view ?? target.message;
  const found = elementAt(blocks, body.actionId, body.blockId);
  const { element } = found;
  if (!asText(element.type).includes('external_select')) {
    throw new Problem(400, 'no_such_element', `${asText(body.actionId)} is no external select`);
  }
  const least =
    typeof element.min_query_length === 'number' ? element.min_query_length : defaultQueryLength;
  if (query.length < least) {
    const detail = `Slack asks the bot from ${least} characters on (min_query_length)`;
    return { outcome: 'ok', options: [], groups: [], detail };
  }
  const answered = await ask(world, person, target, found, query);
  // Every option has passed validation.
  const options = answered.options as Option[];
  const groups = answered.groups as { label: string; options: Option[] }[];
  return { ...answered, options, groups };
}

/**
 * Makes sure that these options of an external select have been offered: sends a query with the text of each, as a
 * person who types would.
 */
export async function searchFor(
  world: World,
  person: Member,
  target: Target,
  found: Found,
  wanted: JsonObject[],
): Promise<void> {
  for (const option of wanted) {
    const words = isObject(option.text) ? textOf(option.text.text) : undefined;
    await ask(world, person, target, found, words ?? asText(option.value ?? ''));
  }
}

/** The options that an external select has offered so far to this person. */
export function offeredBy({ view, message }: Target, { block, element }: Found): OfferedOptions {
  const holder = view ?? message;
  const all = holder.offered ?? new Map<string, OfferedOptions>();
  holder.offered = all;
  const key = `${asText(block.block_id)} ${asText(element.action_id)}`;
  const known = all.get(key) ?? new Map<string, JsonObject>();
  all.set(key, known);
  return known;
}

function whereabouts(target: Target): JsonObject {
  if (target.view) {
    const { view } = target;
    return { container: { type: 'view', view_id: view.id }, view: viewObject(view, false) };
  }
  const { message, place } = target;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: place.id,
      is_ephemeral: message.visibleTo !== undefined,
    },
    channel: { id: place.id, name: placeName(place) },
  };
}

async function ask(
  world: World,
  person: Member,
  target: Target,
  found: Found,
  query: string,
): Promise<Answered> {
  const payload = {
    ...whereabouts(target),
    action_id: found.element.action_id,
    block_id: found.block.block_id,
    value: query,
  };
  const ack = await interact(world, person, 'block_suggestion', payload, true);
  const answered = readAnswer(ack);
  const offered = offeredBy(target, found);
  const all = [...answered.options, ...answered.groups.flatMap((group) => group.options)];
  for (const option of all) offered.set(asText(option.value), option);
  return answered;
}

function readAnswer(ack: Ack): Answered {
  const nothing = { options: [], groups: [] };
  const detail = ack.detail === undefined ? {} : { detail: ack.detail };
  if (ack.outcome !== 'ok') return { outcome: ack.outcome, ...nothing, ...detail };
  const problem = answerProblem(ack.body);
  if (problem || !isObject(ack.body)) {
    return { outcome: 'error', ...nothing, detail: problem ?? 'no options in the answer' };
  }
  const options = listOf(ack.body.options).filter(isObject);
  const groups = listOf(ack.body.option_groups)
    .filter(isObject)
    .map((group) => ({
      label: isObject(group.label) ? (textOf(group.label.text) ?? '') : '',
      options: listOf(group.options).filter(isObject),
    }));
  return { outcome: 'ok', options, groups };
}

function answerProblem(body: unknown): string | undefined {
  if (!isObject(body)) return 'the answer is no object with `options` or `option_groups`';
  if ('options' in body === 'option_groups' in body) {
    return 'the answer must hold either `options` or `option_groups`';
  }
  const place: Place = { pointer: '', surface: 'modal', problems: [] };
  const check =
    'options' in body
      ? list(plainOption, limits.suggestions)
      : list(optionGroup, limits.optionGroups);
  check(body.options ?? body.option_groups, place);
  return place.problems[0];
}
