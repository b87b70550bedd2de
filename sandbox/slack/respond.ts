/** `POST /response/<ticket>`: the bot's responses through a response_url. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bot } from '../seed.ts';
import { readBody, sendJson, sendText } from './http.ts';
import { isObject, type JsonObject, listOf, parseJson, textOf } from './json.ts';
import { checkedBlocks, checkedMetadata } from './methods/content.ts';
import { mentionNames } from './mrkdwn.ts';
import { edit, post, remove } from './posting.ts';
import { Refusal } from './refusal.ts';
import type { ResponseTarget } from './response-urls.ts';
import type { World } from './world.ts';

export async function answerResponseUrl(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const ticket = url.pathname.split('/').at(-1) ?? '';
  const text = (await readBody(request, 1_000_000)).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  const raw = type.startsWith('application/x-www-form-urlencoded')
    ? (new URLSearchParams(text).get('payload') ?? '')
    : text;
  const body = parseJson(raw);
  const end = world.recorder.begin({
    kind: 'response-url',
    name: 'respond',
    request: body ?? text,
  });
  try {
    if (!isObject(body)) throw new Refusal('invalid_payload');
    const target = world.responseUrls.use(ticket);
    respond(world, target, body);
    const mentions = mentionNames(textOf(body.text) ?? '', listOf(body.blocks));
    end({ response: 'ok', status: 200, ok: true, mentions });
    sendText(response, 200, 'ok', 'text/html');
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'internal_error';
    const details = error instanceof Refusal ? error.details : { detail: String(error) };
    const answer = { ok: false, error: code, ...details };
    // Used-up and unknown URLs return 404, content that Slack refuses returns 400 (seen).
    const status = ['expired_url', 'used_url', 'no_service'].includes(code) ? 404 : 400;
    end({ response: answer, status: code, ok: false });
    sendJson(response, status, answer);
  }
}

/** Applies a response to an interaction, from its response_url or a command's acknowledgement. @throws Refusal */
export function respond(world: World, target: ResponseTarget, body: JsonObject): void {
  const original = target.messageTs
    ? world.messages.get(target.channel, target.messageTs)
    : undefined;
  if (body.delete_original === true) {
    if (original) remove(world, original);
    return;
  }
  const text = textOf(body.text) ?? '';
  const given = listOf(body.blocks);
  if (text.trim() === '' && given.length === 0) throw new Refusal('no_text');
  const blocks = checkedBlocks(world, given);
  const metadata = checkedMetadata(isObject(body.metadata) ? body.metadata : undefined);
  if (body.replace_original === true && original) {
    edit(world, original, { text, blocks, metadata });
    return;
  }
  const publicly = body.response_type === 'in_channel';
  const threadTs = textOf(body.thread_ts) ?? target.threadTs;
  post(world, {
    channel: target.channel,
    user: bot.userId,
    text,
    blocks,
    threadTs,
    metadata,
    ...(publicly ? {} : { visibleTo: target.user }),
  });
}
