/** The acting person, the conversations that they can access, and the payload members for both. */
import { bot, team } from '../../seed.ts';
import { type Conversation, maySee } from '../channels.ts';
import type { Ack } from '../delivery.ts';
import { verificationToken } from '../events.ts';
import { asText, type JsonObject } from '../json.ts';
import type { ResponseTarget } from '../response-urls.ts';
import type { Member } from '../roster.ts';
import type { World } from '../world.ts';
import { Problem } from './problem.ts';

/** @throws Problem when there is no such person, or when they cannot sign in */
export function personOf(world: World, id: unknown): Member {
  const person = typeof id === 'string' ? world.roster.get(id) : undefined;
  if (!person || person.isBot) {
    throw new Problem(404, 'user_not_found', `there is no person \`${asText(id)}\` here`);
  }
  if (person.deleted) {
    throw new Problem(403, 'account_inactive', `${person.realName} is deactivated`);
  }
  return person;
}

/** A conversation that this person can see; a user id means the direct message with that person. */
export function placeOf(world: World, person: Member, id: unknown): Conversation {
  const recipient = typeof id === 'string' ? world.roster.get(id) : undefined;
  const conversation = recipient
    ? world.channels.direct([person.id, recipient.id]).conversation
    : world.channels.get(asText(id));
  if (!conversation || !maySee(conversation, person)) {
    throw new Problem(
      404,
      'channel_not_found',
      `${person.realName} sees no channel \`${asText(id)}\``,
    );
  }
  return conversation;
}

/** The message at `ts`, if this person can see it. */
export function messageAt(world: World, person: Member, channel: unknown, ts: unknown) {
  const place = placeOf(world, person, channel);
  const message = world.messages.get(place.id, asText(ts));
  if (!message || (message.visibleTo !== undefined && message.visibleTo !== person.id)) {
    throw new Problem(404, 'message_not_found', `there is no message ${asText(ts)} in ${place.id}`);
  }
  return { place, message };
}

/** The members of every interaction payload. */
function interactionBase({ organization }: World, person: Member): JsonObject {
  return {
    token: verificationToken,
    api_app_id: bot.appId,
    team: {
      id: team.id,
      domain: team.domain,
      ...(organization
        ? { enterprise_id: organization.id, enterprise_name: organization.name }
        : {}),
    },
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    enterprise: organization && { id: organization.id, name: organization.name },
    is_enterprise_install: false,
  };
}

/**
 * Sends an interaction to the bot and waits for its acknowledgement.
 *
 * @throws Problem when the manifest does not enable interactivity
 */
export function interact(
  world: World,
  person: Member,
  name: string,
  payload: JsonObject,
  acceptsResponse = false,
): Promise<Ack> {
  if (!world.app.interactive) {
    const detail = 'the app is not configured to handle interactive responses (interactivity)';
    throw new Problem(400, 'interactivity_disabled', detail);
  }
  return world.delivery.interact({
    type: 'interactive',
    name,
    acceptsResponse,
    about: person.id,
    payload: { type: name, ...interactionBase(world, person), ...payload },
  });
}

/** A trigger for this person's action. */
export function triggerFor(world: World, person: Member, viewId?: string): string {
  const expired = world.faults.take('expired-trigger', '') !== undefined;
  const view = viewId === undefined ? {} : { viewId };
  return world.triggers.issue({ user: person.id, expired, ...view });
}

export function responseUrl(world: World, target: ResponseTarget): string {
  return `${world.address.url}/response/${world.responseUrls.issue(target)}`;
}

/** The conversation's name in payloads of slash commands and interactions. */
export function placeName(conversation: Conversation): string {
  if (conversation.kind === 'im') return 'directmessage';
  return conversation.kind === 'private' ? 'privategroup' : conversation.name;
}

export function ackResult({ outcome, ms, detail }: Ack) {
  return { outcome, ackMs: ms, ...(detail === undefined ? {} : { detail }) };
}
