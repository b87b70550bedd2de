/** Administration of the workspace: people, channels, the bot's transport, read markers. */

import type { BotState, Person } from '../../api/workspace.ts';
import { bot } from '../../seed.ts';
import { postingRules } from '../channels.ts';
import { memberJoined } from '../events.ts';
import { asText, type JsonObject, textOf } from '../json.ts';
import type { World } from '../world.ts';
import { personOf, placeOf } from './person.ts';
import { Problem } from './problem.ts';
import { shownPerson } from './reading.ts';

export function changePerson(world: World, body: JsonObject): { person: Person } {
  const id = textOf(body.id) ?? '';
  const { deleted, guest, email, takesMessages } = body;
  const guests = ['no', 'multi-channel', 'single-channel'] as const;
  const kind = guests.find((known) => known === guest);
  if (guest !== undefined && kind === undefined) {
    throw new Problem(400, 'invalid_arguments', `\`guest\` is one of ${guests.join(', ')}`);
  }
  const changed = world.roster.change({
    id,
    ...(typeof deleted === 'boolean' ? { deleted } : {}),
    ...(kind === undefined ? {} : { guest: kind }),
    ...(typeof email === 'string' ? { email } : {}),
    ...(typeof takesMessages === 'boolean' ? { takesMessages } : {}),
  });
  const person = world.roster.get(id);
  if (!changed || !person) throw new Problem(404, 'user_not_found', `there is nobody \`${id}\``);
  world.live.tell({ type: 'state' });
  return { person: shownPerson(person) };
}

/**
 * `POST /sandbox/channels`: a person or the bot joins or leaves; a channel is archived, unarchived, or restricts
 * posting.
 */
export function changeChannel(
  world: World,
  body: JsonObject,
): { members: string[]; archived: boolean } {
  const channel = world.channels.get(textOf(body.channel) ?? '');
  if (!channel)
    throw new Problem(404, 'channel_not_found', `no channel \`${asText(body.channel)}\``);
  const user = textOf(body.user) ?? '';
  switch (body.action) {
    case 'join':
    case 'leave': {
      if (user !== bot.userId) personOf(world, user);
      if (body.action === 'leave') channel.members.delete(user);
      else if (!channel.members.has(user)) {
        channel.members.add(user);
        memberJoined(world, user, channel.id);
      }
      break;
    }
    case 'archive':
    case 'unarchive':
      channel.archived = body.action === 'archive';
      break;
    case 'posting': {
      const rule = postingRules.find((known) => known === body.posting);
      if (rule === undefined && body.posting !== 'anything') {
        const known = `anything, ${postingRules.join(', ')}`;
        throw new Problem(400, 'invalid_arguments', `\`posting\` is one of ${known}`);
      }
      if (rule === undefined) delete channel.posting;
      else channel.posting = rule;
      break;
    }
    default:
      throw new Problem(
        400,
        'invalid_arguments',
        '`action` is join, leave, archive, unarchive or posting',
      );
  }
  world.live.tell({ type: 'state' });
  return { members: [...channel.members], archived: channel.archived };
}

export async function setBot(world: World, body: JsonObject): Promise<BotState> {
  const { transport } = body;
  if (transport !== 'socket' && transport !== 'http') {
    throw new Problem(400, 'invalid_arguments', '`transport` is socket or http');
  }
  const { good, detail } = await world.delivery.setTransport(transport, textOf(body.requestUrl));
  if (!good) throw new Problem(422, 'request_url_not_verified', detail);
  return { ...world.delivery.state(), name: world.app.name };
}

export function markRead(world: World, body: JsonObject): { ok: true } {
  const person = personOf(world, body.user);
  const place = placeOf(world, person, body.channel);
  const ts = textOf(body.ts);
  if (ts === undefined) throw new Problem(400, 'invalid_arguments', '`ts` is missing');
  world.messages.markRead(person.id, place.id, ts);
  return { ok: true };
}
