/** Submits and closes modals (`view_submission`, `view_closed`), and applies the bot's response to a submission. */
import type { SubmitResult, View } from '../../api/views.ts';
import { asText, isObject, type JsonObject, objectOf } from '../json.ts';
import { checkedView, tellViews } from '../methods/views.ts';
import { Refusal } from '../refusal.ts';
import type { Member } from '../roster.ts';
import { type StoredView, shownView, viewObject } from '../views.ts';
import type { World } from '../world.ts';
import { typeInto } from './act.ts';
import { inputErrors } from './client-checks.ts';
import { elementAt } from './elements.ts';
import { ackResult, interact, personOf, triggerFor } from './person.ts';
import { Problem } from './problem.ts';
import { ownView } from './view.ts';

export async function submitView(
  world: World,
  id: string,
  body: JsonObject,
): Promise<SubmitResult> {
  const person = personOf(world, body.user);
  const view = ownView(world, person, id);
  if (view.type !== 'modal' || !view.submit) {
    throw new Problem(400, 'no_submit', 'this view has no submit button');
  }
  for (const [blockId, actions] of Object.entries(objectOf(body.values))) {
    for (const [actionId, value] of Object.entries(objectOf(actions))) {
      const found = elementAt(view.blocks, actionId, blockId);
      await typeInto(world, person, view, found, value);
    }
  }
  const errors = inputErrors(view);
  if (Object.keys(errors).length > 0) {
    view.errors = errors;
    tellViews(world, person.id);
    return { outcome: 'invalid', ackMs: 0, errors, views: stackOf(world, person) };
  }
  const payload = {
    trigger_id: triggerFor(world, person, view.id),
    view: viewObject(view),
    response_urls: [],
  };
  const ack = await interact(world, person, 'view_submission', payload, true);
  const { ackMs, detail } = ackResult(ack);
  if (ack.outcome !== 'ok') {
    const said = detail === undefined ? {} : { detail };
    return { outcome: ack.outcome, ackMs, ...said, views: stackOf(world, person) };
  }
  const answered = applyAnswer(world, person, view, ack.body);
  tellViews(world, person.id);
  return { ...answered, ackMs, views: stackOf(world, person) };
}

type Applied = Pick<SubmitResult, 'outcome' | 'errors' | 'detail'>;

function applyAnswer(world: World, person: Member, view: StoredView, body: unknown): Applied {
  // The view was submitted twice, and the other answer has already closed it.
  if (world.views.get(view.id) !== view) return { outcome: 'closed' };
  // An empty response closes this view, and the view below it is shown again.
  const empty = body === undefined || body === '' || body === null;
  if (empty || (isObject(body) && Object.keys(body).length === 0)) {
    world.views.close(view);
    return { outcome: 'closed' };
  }
  if (!isObject(body)) return { outcome: 'error', detail: 'the answer is not an object' };
  try {
    switch (body.response_action) {
      case 'clear':
        world.views.closeAll(person.id);
        return { outcome: 'cleared' };
      case 'errors':
        return showErrors(view, body.errors);
      case 'update':
        world.views.update(view, checkedView(world, body.view, 'modal'));
        return { outcome: 'updated' };
      case 'push':
        world.views.push(person.id, checkedView(world, body.view, 'modal'));
        return { outcome: 'pushed' };
      default:
        return {
          outcome: 'error',
          detail: `unknown response_action ${asText(body.response_action)}`,
        };
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { outcome: 'error', detail: `${error.code} ${JSON.stringify(error.details)}` };
  }
}

/** Errors must refer to input blocks of the view; Slack shows "trouble connecting" for any other. */
function showErrors(view: StoredView, given: unknown): Applied {
  const inputs = new Set(
    view.blocks.filter((block) => block.type === 'input').map((block) => asText(block.block_id)),
  );
  const entries = Object.entries(objectOf(given));
  if (entries.length === 0) return { outcome: 'error', detail: '`errors` is empty' };
  const stray = entries.find(([id, text]) => !inputs.has(id) || typeof text !== 'string');
  if (stray) return { outcome: 'error', detail: `there is no input block \`${stray[0]}\`` };
  view.errors = Object.fromEntries(entries.map(([id, text]) => [id, asText(text)]));
  return { outcome: 'errors', errors: view.errors };
}

function stackOf(world: World, person: Member): View[] {
  return world.views.stack(person.id).map(shownView);
}

/** `POST /sandbox/views/:id/close`. The acknowledgement of a closed view is not awaited. */
export function closeView(world: World, id: string, body: JsonObject): { views: View[] } {
  const person = personOf(world, body.user);
  const view = ownView(world, person, id);
  const all = body.all === true || view.clearOnClose;
  const closed = all ? world.views.closeAll(person.id) : world.views.close(view);
  for (const gone of closed.filter(({ notifyOnClose }) => notifyOnClose)) {
    // The typed values are removed from the payload: that Slack omits them is a guess, and the stricter one.
    const view = viewObject(gone, false);
    void interact(world, person, 'view_closed', { view, is_cleared: all });
  }
  tellViews(world, person.id);
  return { views: stackOf(world, person) };
}
