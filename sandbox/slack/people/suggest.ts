/** Typing into an external select: `block_suggestion`, and the strict check of what comes back. */
import type { Option, Suggestions } from '../../api.ts';
import { optionGroup, plainOption } from '../blocks/composition.ts';
import { list, type Place } from '../blocks/schema.ts';
import { asText, isObject, type JsonObject, listOf, textOf } from '../json.ts';
import { limits } from '../limits.ts';
import type { Member } from '../roster.ts';
import { type StoredView, viewObject } from '../views.ts';
import type { World } from '../world.ts';
import { elementAt } from './elements.ts';
import { interactionBase, messageAt, personOf } from './person.ts';
import { Problem } from './problem.ts';
import { ownView } from './view.ts';

/** Slack asks only from this many characters on (docs: external select, min_query_length). */
const defaultQueryLength = 3;

type Answered = {
  outcome: Suggestions['outcome'];
  options: JsonObject[];
  groups: { label: string; options: JsonObject[] }[];
  detail?: string;
};

export async function suggest(world: World, body: JsonObject): Promise<Suggestions> {
  const person = personOf(world, body.user);
  const query = textOf(body.value) ?? '';
  const view = body.viewId === undefined ? undefined : ownView(world, person, body.viewId);
  const place = view ? undefined : messageAt(world, person, body.channel, body.messageTs);
  const blocks = view?.blocks ?? place?.message.blocks ?? [];
  const { element, block } = elementAt(blocks, body.actionId, body.blockId);
  if (!asText(element.type).includes('external_select')) {
    throw new Problem(400, 'no_such_element', `${asText(body.actionId)} is no external select`);
  }
  const least =
    typeof element.min_query_length === 'number' ? element.min_query_length : defaultQueryLength;
  if (query.length < least) {
    const detail = `Slack asks the bot from ${least} characters on (min_query_length)`;
    return { outcome: 'ok', options: [], groups: [], detail };
  }
  const where = view
    ? { container: { type: 'view', view_id: view.id }, view: viewObject(view, false) }
    : {
        container: {
          type: 'message',
          message_ts: place?.message.ts,
          channel_id: place?.place.id,
          is_ephemeral: place?.message.visibleTo !== undefined,
        },
        channel: { id: place?.place.id, name: place?.place.name },
      };
  const answered = await ask(world, person, {
    ...where,
    action_id: element.action_id,
    block_id: block.block_id,
    value: query,
  });
  if (view) remember(view, block, element, answered);
  // Every option passed the check.
  const options = answered.options as Option[];
  const groups = answered.groups as { label: string; options: Option[] }[];
  return { ...answered, options, groups };
}

/**
 * As a person who types what they look for: makes sure that these options of a view's external select
 * have been offered, by asking the bot for each by its text.
 */
export async function searchFor(
  world: World,
  person: Member,
  view: StoredView,
  found: { block: JsonObject; element: JsonObject },
  wanted: JsonObject[],
): Promise<void> {
  for (const option of wanted) {
    const words = isObject(option.text) ? textOf(option.text.text) : undefined;
    const answered = await ask(world, person, {
      container: { type: 'view', view_id: view.id },
      view: viewObject(view, false),
      action_id: found.element.action_id,
      block_id: found.block.block_id,
      value: words ?? asText(option.value ?? ''),
    });
    remember(view, found.block, found.element, answered);
  }
}

async function ask(world: World, person: Member, payload: JsonObject): Promise<Answered> {
  const ack = await world.delivery.interact({
    type: 'interactive',
    name: 'block_suggestion',
    acceptsResponse: true,
    about: person.id,
    payload: { type: 'block_suggestion', ...interactionBase(world, person), ...payload },
  });
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

function remember(view: StoredView, block: JsonObject, element: JsonObject, answered: Answered) {
  const key = `${asText(block.block_id)} ${asText(element.action_id)}`;
  const known = view.offered.get(key) ?? new Map<string, JsonObject>();
  const all = [...answered.options, ...answered.groups.flatMap((group) => group.options)];
  for (const option of all) known.set(asText(option.value), option);
  view.offered.set(key, known);
}
