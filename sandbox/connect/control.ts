/**
 * `/sandbox/…` on the Connect server itself, for use without the rest of the sandbox; docs/sandbox-connect.md lists
 * it.
 */
import type { Wire } from '../api/wire.ts';
import { toWireEntry } from './calls.ts';
import type { WireAnswer } from './http.ts';
import { SandboxProblem } from './problem.ts';
import type { ConnectSandbox } from './server.ts';

export const isControl = (path: string): boolean =>
  path === '/sandbox' || path.startsWith('/sandbox/');

/** Never throws: a call that cannot be executed is answered with 4xx and an ApiProblem. */
export function answerControl(
  connectSandbox: ConnectSandbox,
  method: string,
  path: string,
  query: URLSearchParams,
  body: Buffer,
): WireAnswer {
  try {
    return { status: 200, body: execute(connectSandbox, `${method} ${path}`, query, body) };
  } catch (error) {
    if (error instanceof SandboxProblem) return { status: error.status, body: error.problem };
    return { status: 500, body: { error: 'sandbox_failed', detail: String(error) } };
  }
}

/**
 * The functions behind these routes validate their input themselves, so a body is passed on unchanged. The casts only
 * select the type.
 */
function execute(
  connectSandbox: ConnectSandbox,
  request: string,
  query: URLSearchParams,
  body: Buffer,
): unknown {
  switch (request) {
    case 'GET /sandbox/connect':
      return connectSandbox.state(query.get('instance') ?? undefined);
    case 'GET /sandbox/connect/instances':
      return { instances: connectSandbox.instances() };
    case 'GET /sandbox/connect/settings':
      return connectSandbox.settings();
    case 'PATCH /sandbox/connect/settings':
      return connectSandbox.configure(readJson(body) as Parameters<ConnectSandbox['configure']>[0]);
    case 'POST /sandbox/connect/profiles':
      connectSandbox.changeProfile(
        readJson(body) as Parameters<ConnectSandbox['changeProfile']>[0],
      );
      return { ok: true };
    case 'POST /sandbox/connect/sessions/expire':
      connectSandbox.expireSessions();
      return { ok: true };
    case 'POST /sandbox/reset':
      connectSandbox.reset();
      return { ok: true };
    case 'GET /sandbox/faults':
      return { faults: connectSandbox.faults() };
    case 'POST /sandbox/faults':
      return {
        fault: connectSandbox.addFault(readJson(body) as Parameters<ConnectSandbox['addFault']>[0]),
      };
    case 'DELETE /sandbox/faults':
      connectSandbox.clearFaults();
      return { ok: true };
    case 'GET /sandbox/wire':
      return readWire(connectSandbox, query);
    case 'DELETE /sandbox/wire':
      connectSandbox.clearCalls();
      return { ok: true };
  }
  const fault = /^DELETE \/sandbox\/faults\/([^/]+)$/.exec(request)?.[1];
  if (fault !== undefined) {
    if (connectSandbox.removeFault(fault)) return { ok: true };
    throw new SandboxProblem(404, 'no_such_fault', `There is no fault '${fault}'`);
  }
  throw new SandboxProblem(404, 'no_such_route', `There is no ${request} here`);
}

function readWire(connectSandbox: ConnectSandbox, query: URLSearchParams): Wire {
  const after = Number(query.get('after') ?? 0);
  const kind = query.get('kind');
  const calls = connectSandbox.calls();
  const entries = calls
    .filter((call) => !(call.seq <= after))
    .map(toWireEntry)
    .filter((entry) => kind === null || entry.kind === kind);
  return { entries, next: calls.at(-1)?.seq ?? (Number.isFinite(after) ? after : 0) };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new SandboxProblem(400, 'invalid_json', 'The body must be JSON');
  }
}
