/** Typing a slash command. */
import type { CommandResult } from '../../api/interactions.ts';
import { bot, team } from '../../seed.ts';
import { verificationToken } from '../events.ts';
import { asText, isObject, type JsonObject, textOf } from '../json.ts';
import { limits } from '../limits.ts';
import { escapeText, typedText } from '../mrkdwn.ts';
import { Refusal } from '../refusal.ts';
import { respond } from '../respond.ts';
import type { World } from '../world.ts';
import { namesIn } from './names.ts';
import { ackResult, personOf, placeName, placeOf, responseUrl, triggerFor } from './person.ts';
import { Problem } from './problem.ts';

export async function runCommand(world: World, body: JsonObject): Promise<CommandResult> {
  const person = personOf(world, body.user);
  const place = placeOf(world, person, body.channel);
  if (!place.members.has(person.id)) {
    throw new Problem(403, 'not_in_channel', `${person.realName} is not in ${place.name}`);
  }
  const name = textOf(body.command) ?? '';
  // The app is installed in one workspace of an organization; the other workspaces do not have its commands. That
  // people of another company do have them is a guess, so that the bot's own refusal can be tested.
  const isHere = person.teamId === team.id || person.stranger;
  const command = world.app.commands.find((known) => isHere && known.command === name);
  if (!command) {
    throw new Problem(404, 'unknown_command', `${name} is not a valid command`);
  }
  const typed = (textOf(body.text) ?? '').trim();
  if (typed.length > limits.commandText.max) {
    throw new Problem(400, 'too_long', `at most ${limits.commandText.max} characters`);
  }
  const target = { user: person.id, channel: place.id };
  const triggerId = triggerFor(world, person);
  const ack = await world.delivery.interact({
    type: 'slash_commands',
    name: 'slash_commands',
    acceptsResponse: true,
    about: person.id,
    payload: {
      token: verificationToken,
      team_id: team.id,
      team_domain: team.domain,
      ...(world.organization
        ? { enterprise_id: world.organization.id, enterprise_name: world.organization.name }
        : {}),
      channel_id: place.id,
      channel_name: placeName(place),
      user_id: person.id,
      user_name: person.name,
      command: name,
      // Whether `&`, `<` and `>` are escaped without should_escape is a guess.
      text: command.escape ? typedText(typed, namesIn(world)) : escapeText(typed),
      api_app_id: bot.appId,
      is_enterprise_install: 'false',
      response_url: responseUrl(world, target),
      trigger_id: triggerId,
    },
  });
  const result = { ...ackResult(ack), triggerId };
  if (ack.outcome !== 'ok' || ack.body === undefined || ack.body === '') return result;
  const answer = isObject(ack.body) ? ack.body : { text: asText(ack.body) };
  if (Object.keys(answer).length === 0) return result;
  try {
    respond(world, target, answer);
  } catch (error) {
    const detail =
      error instanceof Refusal ? `${error.code} ${JSON.stringify(error.details)}` : String(error);
    return { ...result, outcome: 'error', detail };
  }
  const text = textOf(answer.text);
  return text === undefined ? result : { ...result, text };
}
