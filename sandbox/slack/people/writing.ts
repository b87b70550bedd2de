/** Posts, edits and deletes messages, and uploads files, as a person. */
import type { FileInfo, Message } from '../../api/messages.ts';
import { bot } from '../../seed.ts';
import { fileInfo, type StoredFile } from '../files.ts';
import { asText, isObject, type JsonObject, listOf, textOf } from '../json.ts';
import { limits } from '../limits.ts';
import { typedText } from '../mrkdwn.ts';
import { edit, post, remove } from '../posting.ts';
import type { Member } from '../roster.ts';
import type { World } from '../world.ts';
import { namesIn } from './names.ts';
import { messageAt, personOf, placeOf } from './person.ts';
import { Problem } from './problem.ts';
import { shown } from './reading.ts';

export function writeMessage(world: World, body: JsonObject): { message: Message } {
  const person = personOf(world, body.user);
  const place = placeOf(world, person, body.channel);
  if (place.archived) throw new Problem(403, 'is_archived', `${place.name} is archived`);
  if (!place.members.has(person.id)) {
    throw new Problem(403, 'not_in_channel', `${person.realName} is not in ${place.name}`);
  }
  if (place.kind === 'im' && place.members.has(bot.userId) && !world.app.messagesTab) {
    throw new Problem(403, 'messages_tab_disabled', 'the app takes no messages (app_home)');
  }
  const threadTs = textOf(body.threadTs);
  if (threadTs !== undefined && !world.messages.get(place.id, threadTs)) {
    throw new Problem(404, 'thread_not_found', `there is no message ${threadTs}`);
  }
  const typed = textOf(body.text) ?? '';
  const given = listOf(body.files);
  const again = listOf(body.shareFiles).map((id) => ownFile(world, person, id));
  if (typed.trim() === '' && given.length + again.length === 0) {
    throw new Problem(400, 'no_text', 'a message needs text or a file');
  }
  if (typed.length > limits.messageText.max) {
    throw new Problem(400, 'msg_too_long', `at most ${limits.messageText.max} characters`);
  }
  const files = [...again, ...given.map((file) => takeFile(world, person, file))];
  const message = post(world, {
    channel: place.id,
    user: person.id,
    text: typedText(typed, namesIn(world)),
    files: files.map(({ id }) => id),
    threadTs,
    broadcast: body.broadcast === true,
  });
  return { message: shown(world, message) };
}

export function editMessage(world: World, body: JsonObject): { message: Message } {
  const person = personOf(world, body.user);
  const { message } = messageAt(world, person, body.channel, body.ts);
  if (message.user !== person.id) {
    throw new Problem(403, 'cant_update_message', 'people change only their own messages');
  }
  const text = typedText(textOf(body.text) ?? '', namesIn(world));
  const added = listOf(body.files).map((file) => takeFile(world, person, file).id);
  if (text.trim() === '' && message.files.length + added.length === 0) {
    throw new Problem(400, 'no_text', 'a message needs text or a file');
  }
  edit(world, message, { text, blocks: [], files: [...message.files, ...added] });
  return { message: shown(world, message) };
}

export function deleteMessage(world: World, body: JsonObject): { deleted: true } {
  const person = personOf(world, body.user);
  const { message } = messageAt(world, person, body.channel, body.ts);
  // Every person can dismiss an ephemeral message that is shown to them.
  if (message.user !== person.id && message.visibleTo !== person.id) {
    throw new Problem(403, 'cant_delete_message', 'people delete only their own messages');
  }
  remove(world, message);
  return { deleted: true };
}

/** `POST /sandbox/files`: a file for a form's file input, not sent to anybody yet. */
export function uploadFile(world: World, body: JsonObject): { file: FileInfo } {
  const person = personOf(world, body.user);
  return { file: fileInfo(takeFile(world, person, body)) };
}

/** A file of this person that is shared again, as with Slack's "Share file". */
function ownFile(world: World, person: Member, id: unknown): StoredFile {
  const file = world.files.get(asText(id));
  if (file?.user === person.id) return file;
  throw new Problem(404, 'file_not_found', `${person.realName} has no file \`${asText(id)}\``);
}

function takeFile(world: World, person: Member, given: unknown): StoredFile {
  const name = isObject(given) ? textOf(given.name) : undefined;
  const content = isObject(given) ? textOf(given.contentBase64) : undefined;
  if (!isObject(given) || !name || content === undefined) {
    throw new Problem(400, 'invalid_file', 'a file needs `name` and `contentBase64`');
  }
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(content)) {
    throw new Problem(400, 'invalid_file', '`contentBase64` is not base64');
  }
  return world.files.add({
    name,
    bytes: Buffer.from(content, 'base64'),
    user: person.id,
    userTeam: person.teamId,
    mimetype: textOf(given.mimetype),
  });
}
