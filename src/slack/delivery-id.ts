/** The id of a delivery from Slack in the log. */
import { createHash } from 'node:crypto';

/**
 * The id of a delivery: Slack's own if it has one (events), the view or the time of the click if they make it unique,
 * and otherwise a short hash of the trigger, which itself is a secret for three seconds. The same delivery has the
 * same id at every replica and in every retry.
 *
 * @param body what Slack delivered, as Bolt's receivers pass it on
 */
export function deliveryIdOf(body: Readonly<Record<string, unknown>>): string {
  const kind = textOf(body.type) ?? (body.command === undefined ? 'delivery' : 'command');
  const eventId = textOf(body.event_id);
  if (eventId) return `event ${eventId}`;
  const [action] = Array.isArray(body.actions) ? body.actions : [];
  const clickedAt = textOf(memberOf(action, 'action_ts'));
  if (clickedAt) return `${kind} ${clickedAt}`;
  const view = textOf(memberOf(body.view, 'id'));
  if (view) return `${kind} ${view}`;
  const trigger = textOf(body.trigger_id);
  if (!trigger) return kind;
  return `${kind} ${createHash('sha256').update(trigger).digest('hex').slice(0, 12)}`;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 100) : undefined;
}
