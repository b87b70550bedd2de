/**
 * The sandbox's own interface (`/sandbox/…`, see api.ts): one line a call. What a person does is in
 * slack/people/, what concerns Amazon Connect goes to its half.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  ChangeProfile,
  ConnectFault,
  ConnectSettings,
  ConnectState,
  Fault,
  FaultSpec,
} from './api.ts';
import { SandboxProblem } from './connect/problem.ts';
import type { ConnectTwin } from './connect/server.ts';
import { readFault } from './slack/faults.ts';
import { readBody, sendJson, sendText, TooLarge } from './slack/http.ts';
import { isObject, type JsonObject, parseJson } from './slack/json.ts';
import { doAction, inputValue } from './slack/people/act.ts';
import { changeChannel, changePerson, markRead, setBot } from './slack/people/admin.ts';
import { runCommand } from './slack/people/command.ts';
import { openHome, readHome } from './slack/people/home.ts';
import { Problem } from './slack/people/problem.ts';
import { readMessages, readState, readViews } from './slack/people/reading.ts';
import { runShortcut } from './slack/people/shortcut.ts';
import { closeView, submitView } from './slack/people/submit.ts';
import { suggest } from './slack/people/suggest.ts';
import { deleteMessage, editMessage, uploadFile, writeMessage } from './slack/people/writing.ts';
import type { World } from './slack/world.ts';

/** What the front needs of the Connect half. */
export type ConnectSide = Pick<
  ConnectTwin,
  | 'url'
  | 'settings'
  | 'configure'
  | 'instances'
  | 'state'
  | 'changeProfile'
  | 'addFault'
  | 'faults'
  | 'removeFault'
  | 'clearFaults'
>;

export type Sides = { world: World; connect: ConnectSide };

type Call = { url: URL; body: JsonObject; params: string[] };
type Route = [method: string, path: RegExp, run: (sides: Sides, call: Call) => unknown];

const routes: Route[] = [
  ['GET', /^\/state$/, ({ world, connect }, { url }) => state(world, connect, url)],
  ['GET', /^\/messages$/, ({ world }, { url }) => readMessages(world, url.searchParams)],
  ['POST', /^\/messages$/, ({ world }, { body }) => writeMessage(world, body)],
  ['POST', /^\/messages\/edit$/, ({ world }, { body }) => editMessage(world, body)],
  ['POST', /^\/messages\/delete$/, ({ world }, { body }) => deleteMessage(world, body)],
  ['POST', /^\/commands$/, ({ world }, { body }) => runCommand(world, body)],
  ['POST', /^\/actions$/, ({ world }, { body }) => doAction(world, body)],
  ['POST', /^\/suggestions$/, ({ world }, { body }) => suggest(world, body)],
  ['POST', /^\/shortcuts$/, ({ world }, { body }) => runShortcut(world, body)],
  ['GET', /^\/views$/, ({ world }, { url }) => readViews(world, url.searchParams.get('user'))],
  [
    'POST',
    /^\/views\/([^/]+)\/input$/,
    ({ world }, { body, params }) => inputValue(world, params[0] ?? '', body),
  ],
  [
    'POST',
    /^\/views\/([^/]+)\/submit$/,
    ({ world }, { body, params }) => submitView(world, params[0] ?? '', body),
  ],
  [
    'POST',
    /^\/views\/([^/]+)\/close$/,
    ({ world }, { body, params }) => closeView(world, params[0] ?? '', body),
  ],
  ['GET', /^\/home$/, ({ world }, { url }) => readHome(world, url.searchParams.get('user'))],
  ['POST', /^\/home$/, ({ world }, { body }) => openHome(world, body)],
  ['POST', /^\/read$/, ({ world }, { body }) => markRead(world, body)],
  ['POST', /^\/files$/, ({ world }, { body }) => uploadFile(world, body)],
  ['POST', /^\/people$/, ({ world }, { body }) => changePerson(world, body)],
  ['POST', /^\/channels$/, ({ world }, { body }) => changeChannel(world, body)],
  ['GET', /^\/bot$/, ({ world }) => ({ ...world.delivery.state(), name: world.app.name })],
  ['POST', /^\/bot$/, ({ world }, { body }) => setBot(world, body)],
  ['GET', /^\/wire$/, ({ world }, { url }) => wire(world, url)],
  ['DELETE', /^\/wire$/, ({ world }) => cleared(world)],
  [
    'GET',
    /^\/faults$/,
    ({ world, connect }) => ({ faults: [...world.faults.all(), ...connect.faults()] }),
  ],
  ['POST', /^\/faults$/, addFault],
  ['DELETE', /^\/faults(?:\/([^/]+))?$/, (sides, { params }) => removeFaults(sides, params[0])],
  ['GET', /^\/connect$/, ({ connect }, { url }) => connectState(connect, url)],
  ['GET', /^\/connect\/settings$/, ({ connect }) => connect.settings()],
  ['PATCH', /^\/connect\/settings$/, ({ connect }, { body }) => configured(connect, body)],
  ['POST', /^\/connect\/profiles$/, ({ connect }, { body }) => changeProfile(connect, body)],
];

function state(world: World, connect: ConnectSide, url: URL) {
  const user = url.searchParams.get('user') ?? '';
  return readState(world, user, { url: connect.url, instances: connect.instances() });
}

function wire(world: World, url: URL) {
  const after = Number(url.searchParams.get('after') ?? 0);
  const kind = url.searchParams.get('kind') ?? undefined;
  return world.recorder.read(Number.isFinite(after) ? after : 0, kind);
}

function cleared(world: World) {
  world.recorder.clear();
  return { ok: true };
}

function addFault({ world, connect }: Sides, { body }: Call): Fault {
  const read = readFault(body);
  if ('problem' in read) throw new Problem(400, 'invalid_fault', read.problem);
  if (isConnectFault(read.spec)) {
    const spec = read.spec;
    return asked(() => connect.addFault({ ...spec, times: read.times }));
  }
  const fault = world.faults.add(read.spec, read.times);
  world.delivery.dropSockets();
  return fault;
}

function isConnectFault(spec: FaultSpec): spec is ConnectFault {
  return spec.on === 'connect';
}

function removeFaults({ world, connect }: Sides, id: string | undefined) {
  if (!id) {
    world.faults.clear();
    connect.clearFaults();
    return { ok: true };
  }
  const known = connect.faults().some((fault) => fault.id === id);
  if (known) connect.removeFault(id);
  if (!known && !world.faults.remove(id)) {
    throw new Problem(404, 'fault_not_found', `there is no fault \`${id}\``);
  }
  return { ok: true };
}

function connectState(connect: ConnectSide, url: URL): ConnectState {
  const instance = url.searchParams.get('instance') ?? undefined;
  return asked(() => connect.state(instance));
}

function configured(connect: ConnectSide, body: JsonObject): ConnectSettings {
  asked(() => connect.configure(body as Partial<ConnectSettings>));
  return connect.settings();
}

function changeProfile(connect: ConnectSide, body: JsonObject) {
  const change = body as ChangeProfile;
  asked(() => connect.changeProfile(change));
  return asked(() => connect.state(change.instance));
}

/** What the Connect half refuses is refused here with the same words. */
function asked<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SandboxProblem)) throw error;
    throw new Problem(error.status, error.problem.error, error.problem.detail);
  }
}

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
    const candidates = routes.filter(([, pattern]) => pattern.test(path));
    if (candidates.length === 0) throw new Problem(404, 'not_found', `no call ${path}`);
    const route = candidates.find(([method]) => method === request.method);
    if (!route) throw new Problem(405, 'method_not_allowed', `not with ${request.method}`);
    const [, pattern, run] = route;
    const params = (pattern.exec(path) ?? []).slice(1).map(decoded);
    const body = await bodyOf(request);
    sendJson(response, 200, await run(sides, { url, body, params }));
  } catch (error) {
    if (error instanceof Problem) {
      return sendJson(response, error.status, { error: error.code, detail: error.message });
    }
    if (error instanceof TooLarge) {
      return sendJson(response, 413, { error: 'too_large', detail: error.message });
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    sendJson(response, 500, { error: 'internal_error', detail });
  }
}

function decoded(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    throw new Problem(400, 'invalid_path', 'a part of the path is wrongly encoded');
  }
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  if (request.method === 'GET') return {};
  const text = (await readBody(request, 50_000_000)).toString('utf8');
  if (text.trim() === '') return {};
  const body = parseJson(text);
  if (!isObject(body)) throw new Problem(400, 'invalid_json', 'the body must be a JSON object');
  return body;
}

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
  // So that a page which went away without a word is noticed.
  const beat = setInterval(() => response.write(': beat\n\n'), 15_000);
  beat.unref();
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}

function showFile(world: World, response: ServerResponse, id: string): void {
  const file = world.files.get(id);
  if (!file) {
    sendText(response, 404, 'no such file', 'text/plain');
    return;
  }
  sendText(response, 200, file.bytes, file.mimetype, {
    // A person's HTML file must not become a page of this address.
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
}
