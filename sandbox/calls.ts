/**
 * The routes of the sandbox's own interface (`/sandbox/…`; types in sandbox/api, curl examples in docs/sandbox.md),
 * one line each. Actions of people are in slack/people/; calls about Amazon Connect go to the Connect half.
 */
import type { ChangeProfile, ConnectSettings, ConnectState } from './api/connect.ts';
import type { ConnectFault, Fault, FaultSpec } from './api/wire.ts';
import { SandboxProblem } from './connect/problem.ts';
import type { ConnectSandbox } from './connect/server.ts';
import { readFault } from './slack/faults.ts';
import type { JsonObject } from './slack/json.ts';
import { doAction, inputValue } from './slack/people/act.ts';
import { changeChannel, changePerson, markRead, setBot } from './slack/people/admin.ts';
import { runCommand } from './slack/people/command.ts';
import { openHome, readHome } from './slack/people/home.ts';
import { Problem } from './slack/people/problem.ts';
import { readMessages, readState, readViews } from './slack/people/reading.ts';
import { runShortcut } from './slack/people/shortcut.ts';
import { closeView, submitView } from './slack/people/submit.ts';
import { suggest } from './slack/people/suggest.ts';
import { runStep } from './slack/people/workflow.ts';
import { deleteMessage, editMessage, uploadFile, writeMessage } from './slack/people/writing.ts';
import type { World } from './slack/world.ts';

/** The functions of the Connect half that these routes use. */
export type ConnectSide = Pick<
  ConnectSandbox,
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

/** One call: its query, its JSON body, and the value of `:id` in its path. */
export type Call = { query: URLSearchParams; body: JsonObject; id: string };

/** Method and path → handler. Answers are JSON; a refused call throws a `Problem`. */
export const calls: Record<string, (sides: Sides, call: Call) => unknown> = {
  'GET /state': ({ world, connect }, { query }) => state(world, connect, query),
  'GET /messages': ({ world }, { query }) => readMessages(world, query),
  'POST /messages': ({ world }, { body }) => writeMessage(world, body),
  'POST /messages/edit': ({ world }, { body }) => editMessage(world, body),
  'POST /messages/delete': ({ world }, { body }) => deleteMessage(world, body),
  'POST /commands': ({ world }, { body }) => runCommand(world, body),
  'POST /actions': ({ world }, { body }) => doAction(world, body),
  'GET /workflows': ({ world }) => ({ runs: world.workflows.all() }),
  'POST /workflows': ({ world }, { body }) => runStep(world, body),
  'POST /suggestions': ({ world }, { body }) => suggest(world, body),
  'POST /shortcuts': ({ world }, { body }) => runShortcut(world, body),
  'GET /views': ({ world }, { query }) => readViews(world, query.get('user')),
  'POST /views/:id/input': ({ world }, { body, id }) => inputValue(world, id, body),
  'POST /views/:id/submit': ({ world }, { body, id }) => submitView(world, id, body),
  'POST /views/:id/close': ({ world }, { body, id }) => closeView(world, id, body),
  'GET /home': ({ world }, { query }) => readHome(world, query.get('user')),
  'POST /home': ({ world }, { body }) => openHome(world, body),
  'POST /read': ({ world }, { body }) => markRead(world, body),
  'POST /files': ({ world }, { body }) => uploadFile(world, body),
  'POST /people': ({ world }, { body }) => changePerson(world, body),
  'POST /channels': ({ world }, { body }) => changeChannel(world, body),
  'GET /bot': ({ world }) => ({ ...world.delivery.state(), name: world.app.name }),
  'POST /bot': ({ world }, { body }) => setBot(world, body),
  'GET /wire': ({ world }, { query }) => wire(world, query),
  'DELETE /wire': ({ world }) => {
    world.recorder.clear();
    return { ok: true };
  },
  'GET /faults': ({ world, connect }) => ({ faults: [...world.faults.all(), ...connect.faults()] }),
  'POST /faults': addFault,
  'DELETE /faults': ({ world, connect }) => {
    world.faults.clear();
    connect.clearFaults();
    return { ok: true };
  },
  'DELETE /faults/:id': removeFault,
  'GET /connect': ({ connect }, { query }) =>
    asked(() => connect.state(query.get('instance') ?? undefined)),
  'GET /connect/instances': ({ connect }) => ({ instances: connect.instances() }),
  'GET /connect/settings': ({ connect }) => connect.settings(),
  'PATCH /connect/settings': ({ connect }, { body }) =>
    asked(() => connect.configure(body as Partial<ConnectSettings>)),
  'POST /connect/profiles': ({ connect }, { body }) => changeProfile(connect, body),
};

function state(world: World, connect: ConnectSide, query: URLSearchParams) {
  const { url } = connect;
  return readState(world, query.get('user') ?? '', { url, instances: connect.instances() });
}

function wire(world: World, query: URLSearchParams) {
  const after = Number(query.get('after') ?? 0);
  return world.recorder.read(Number.isFinite(after) ? after : 0, query.get('kind') ?? undefined);
}

function addFault({ world, connect }: Sides, { body }: Call): Fault {
  const read = readFault(body);
  if ('problem' in read) throw new Problem(400, 'invalid_fault', read.problem);
  const { spec, times } = read;
  if (isConnectFault(spec)) return asked(() => connect.addFault({ ...spec, times }));
  const fault = world.faults.add(spec, times);
  world.delivery.dropSockets();
  return fault;
}

function isConnectFault(spec: FaultSpec): spec is ConnectFault {
  return spec.on === 'connect';
}

function removeFault({ world, connect }: Sides, { id }: Call) {
  if (!connect.removeFault(id) && !world.faults.remove(id)) {
    throw new Problem(404, 'fault_not_found', `there is no fault \`${id}\``);
  }
  return { ok: true };
}

function changeProfile(connect: ConnectSide, body: JsonObject): ConnectState {
  const change = body as ChangeProfile;
  return asked(() => {
    connect.changeProfile(change);
    return connect.state(change.instance);
  });
}

/** Errors of the Connect half are passed on with the same text. */
function asked<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SandboxProblem)) throw error;
    throw new Problem(error.status, error.problem.error, error.problem.detail);
  }
}
