/** The entry point of the Web API: `POST /api/<method>`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { bot } from '../seed.ts';
import { readArguments } from './arguments.ts';
import { bearerOf, readBody, sendJson, sendText } from './http.ts';
import { secret } from './ids.ts';
import { isObject, type JsonObject, listOf, parseJson, textOf } from './json.ts';
import { appMethods } from './methods/app.ts';
import { blockMethods } from './methods/blocks.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { functionMethods } from './methods/functions.ts';
import { type Method, needScope } from './methods/method.ts';
import { peopleMethods } from './methods/users.ts';
import { viewMethods } from './methods/views.ts';
import { mentionNames } from './mrkdwn.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

const methods: Record<string, Method> = {
  ...appMethods,
  ...blockMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...functionMethods,
  ...peopleMethods,
  ...viewMethods,
};

/** Every implemented method. */
export function methodNames(): string[] {
  return Object.keys(methods);
}

/** The scopes of which the method needs one; empty when they depend on the channel or when none is needed. */
export function methodScopes(name: string): readonly string[] {
  return methods[name]?.scopes ?? [];
}

const bodyBytes = 4_000_000;

/** The raw arguments, and whether the token may be among them (in a form it may). */
type Given = { args: JsonObject; formToken?: string | undefined; warning?: string };

async function readCall(request: IncomingMessage, url: URL): Promise<Given> {
  const query = Object.fromEntries(url.searchParams);
  const body = await readBody(request, bodyBytes);
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0 && !type.startsWith('application/json')) {
    return { args: query, formToken: query.token };
  }
  if (type.startsWith('application/json')) {
    const value = body.length === 0 ? {} : parseJson(body.toString('utf8'));
    if (value === undefined) throw new Refusal('invalid_json');
    if (!isObject(value)) throw new Refusal('json_not_object');
    const warning = /charset=/i.test(type) ? {} : { warning: 'missing_charset' };
    return { args: { ...query, ...value }, ...warning };
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await formOf(body, type);
    return { args: { ...query, ...form }, formToken: textOf(form.token) };
  }
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new Refusal('invalid_post_type');
  const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  return { args: { ...query, ...form }, formToken: form.token ?? query.token };
}

async function formOf(body: Buffer, type: string): Promise<JsonObject> {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': type },
    }).formData();
    return Object.fromEntries(form);
  } catch {
    throw new Refusal('invalid_form_data');
  }
}

function checkToken(world: World, token: string | undefined, wanted: 'bot' | 'app'): void {
  if (!token) throw new Refusal('not_authed');
  // The token of a workflow step counts as the bot's own token while the step runs.
  const isBot = token === bot.botToken || world.workflows.isToken(token);
  if (!isBot && token !== bot.appToken) throw new Refusal('invalid_auth');
  const given = token === bot.appToken ? 'app' : 'bot';
  if (given !== wanted) throw new Refusal('not_allowed_token_type');
}

class RateLimited extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('ratelimited');
    this.seconds = seconds;
  }
}

function call(world: World, name: string, given: Given, token: string | undefined): JsonObject {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new Refusal('unknown_method', { req_method: name });
  checkToken(world, token, method.token);
  needScope(world, ...method.scopes);
  const args = readArguments(method.args, given.args);
  const channel = method.tier === 'post' ? placeKey(args.text('channel') ?? '') : undefined;
  const wait = world.rates?.take(name, method.tier, channel) ?? 0;
  if (wait > 0) throw new RateLimited(wait);
  const result = method.run(world, args);
  if (!given.warning) return result;
  return { ...result, warning: given.warning };
}

/** A person's id and the id of their direct message refer to the same conversation. */
function placeKey(channel: string): string {
  return channel.replace(/^[UW]/, 'D');
}

/** Answers one call; no input of the bot can stop the sandbox. */
export async function answerWebApi(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const name = url.pathname.slice('/api/'.length).replace(/\/$/, '');
  let given: Given;
  try {
    given = await readCall(request, url);
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'request_timeout';
    world.recorder.note({
      kind: 'web-api',
      name,
      request: null,
      response: { ok: false, error: code },
      status: code,
      ok: false,
    });
    return sendJson(response, 200, { ok: false, error: code });
  }
  const end = world.recorder.begin({
    kind: 'web-api',
    name,
    request: readable(given.args),
    about: aboutOf(given.args),
  });
  const token = bearerOf(request) ?? given.formToken;
  const headers = {
    'x-oauth-scopes': [...world.app.scopes].join(','),
    'x-accepted-oauth-scopes': (methods[name]?.scopes ?? []).join(','),
    'x-slack-req-id': secret(),
  };

  const fault = world.faults.take('method', name);
  if (fault?.delayMs) await pause(fault.delayMs, undefined, { ref: false });
  if (fault && fault.error !== 'none') {
    const seconds = fault.retryAfterSeconds ?? 1;
    end({ response: { fault: fault.error }, status: fault.error, ok: false });
    if (fault.error === 'hang') return;
    if (fault.error === 'reset') return void response.destroy();
    if (fault.error === 'http_500') return sendText(response, 500, 'Server Error', 'text/plain');
    if (fault.error === 'html') return sendText(response, 502, badGateway, 'text/html');
    if (fault.error === 'ratelimited') return sendRateLimited(response, seconds);
    return sendJson(response, 200, { ok: false, error: fault.error }, headers);
  }

  const answer = outcome(world, name, given, token);
  const losing = world.faults.take('lose-answer', name) !== undefined;
  const status = losing ? 'answer lost' : (answer.error ?? 200);
  const mentions = answer.error === undefined ? mentionsOf(name, given.args) : [];
  end({ response: answer.body, status, ok: answer.error === undefined && !losing, mentions });
  if (losing) return void response.destroy();
  if (answer.retryAfter !== undefined) return sendRateLimited(response, answer.retryAfter);
  sendJson(response, 200, answer.body, headers);
}

type Outcome = { body: JsonObject; error?: string; retryAfter?: number };

function outcome(world: World, name: string, given: Given, token: string | undefined): Outcome {
  try {
    return { body: { ok: true, ...call(world, name, given, token) } };
  } catch (error) {
    if (error instanceof RateLimited) {
      const body = { ok: false, error: 'ratelimited', retry_after: error.seconds };
      return { body, error: 'ratelimited', retryAfter: error.seconds };
    }
    if (error instanceof Refusal) {
      return { body: { ok: false, error: error.code, ...error.details }, error: error.code };
    }
    // A bug in the sandbox: it is recorded and does not end the process.
    const detail = error instanceof Error ? error.stack : String(error);
    return { body: { ok: false, error: 'internal_error', detail }, error: 'internal_error' };
  }
}

function sendRateLimited(response: ServerResponse, seconds: number): void {
  sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });
}

const badGateway =
  '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>';

const nested = ['blocks', 'view', 'metadata', 'files', 'attachments'];

/** The arguments with nested JSON parsed, so that the recorder can be searched. */
function readable(args: JsonObject): JsonObject {
  const entries = Object.entries(args).map(([name, value]) => {
    const opened = nested.includes(name) && typeof value === 'string' ? parseJson(value) : value;
    return [name, opened ?? value];
  });
  return Object.fromEntries(entries);
}

function aboutOf(args: JsonObject): string | undefined {
  return textOf(args.user) ?? textOf(args.user_id) ?? textOf(args.channel);
}

/** The people whom a message of the bot would notify, for tests that typed text never mentions anybody. */
function mentionsOf(name: string, args: JsonObject): string[] {
  const posts = name.startsWith('chat.post') || name === 'chat.update';
  if (!posts && name !== 'files.completeUploadExternal') return [];
  const blocks = typeof args.blocks === 'string' ? parseJson(args.blocks) : args.blocks;
  return mentionNames(textOf(args.text) ?? textOf(args.initial_comment) ?? '', listOf(blocks));
}
