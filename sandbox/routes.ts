/** The HTTP interface `/sandbox/…`: finds the call, reads its body, writes its answer; the live stream and files. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { calls, type Sides } from './calls.ts';
import { readBody, sendJson, sendText, TooLarge } from './slack/http.ts';
import { isObject, type JsonObject, parseJson } from './slack/json.ts';
import { Problem } from './slack/people/problem.ts';
import type { World } from './slack/world.ts';

/** Files come as base64 in JSON, so this bounds them to about 37 MB. */
const bodyBytes = 50_000_000;

const patterns = Object.entries(calls).map(([call, run]) => {
  const [method, path = ''] = call.split(' ');
  return { method, path: new RegExp(`^${path.replace(':id', '([^/]+)')}$`), run };
});

/** Answers one call under `/sandbox/`. */
export async function answerSandbox(
  sides: Sides,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.slice('/sandbox'.length);
  if (request.method === 'GET' && path === '/events') return stream(sides.world, response, url);
  const file = /^\/files\/(F[0-9A-Z]+)$/.exec(path)?.[1];
  if (request.method === 'GET' && file !== undefined) return showFile(sides.world, response, file);
  try {
    const found = patterns.filter((pattern) => pattern.path.test(path));
    if (found.length === 0) throw new Problem(404, 'not_found', `no call ${path}`);
    const pattern = found.find(({ method }) => method === request.method);
    if (!pattern) throw new Problem(405, 'method_not_allowed', `not with ${request.method}`);
    const id = decoded(pattern.path.exec(path)?.[1] ?? '');
    const body = await bodyOf(request);
    sendJson(response, 200, await pattern.run(sides, { query: url.searchParams, body, id }));
  } catch (error) {
    const { status, ...problem } = problemOf(error);
    sendJson(response, status, problem);
  }
}

function problemOf(error: unknown): { status: number; error: string; detail: string } {
  if (error instanceof Problem) {
    return { status: error.status, error: error.code, detail: error.message };
  }
  if (error instanceof TooLarge) {
    return { status: 413, error: 'too_large', detail: error.message };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, error: 'internal_error', detail };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem(400, 'invalid_path', 'a part of the path is wrongly encoded');
  }
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  if (request.method === 'GET') return {};
  const text = (await readBody(request, bodyBytes)).toString('utf8');
  if (text.trim() === '') return {};
  const body = parseJson(text);
  if (!isObject(body)) throw new Problem(400, 'invalid_json', 'the body must be a JSON object');
  return body;
}

/** `GET /sandbox/events?user=U…`: server-sent events, one `LiveEvent` each. */
function stream(world: World, response: ServerResponse, url: URL): void {
  const user = url.searchParams.get('user') ?? '';
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  response.write(': connected\n\n');
  const stop = world.live.listen({
    user,
    send: (event) => response.write(`data: ${JSON.stringify(event)}\n\n`),
  });
  // So that a page that disconnected without closing the stream is detected.
  const beat = setInterval(() => response.write(': beat\n\n'), 15_000);
  beat.unref();
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

/** `GET /sandbox/files/F…`: a file for download. */
function showFile(world: World, response: ServerResponse, id: string): void {
  const file = world.files.get(id);
  if (!file) {
    sendText(response, 404, 'no such file', 'text/plain');
    return;
  }
  sendText(response, 200, file.bytes, file.mimetype, {
    // An uploaded HTML file must not be rendered as a page of this origin.
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
}
