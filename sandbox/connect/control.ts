/** `/sandbox/…` on the Connect server itself, for whoever runs it alone; docs/sandbox-connect.md lists it. */
import type { Wire } from '../api.ts';
import { toWireEntry } from './calls.ts';
import type { WireAnswer } from './http.ts';
import { SandboxProblem } from './problem.ts';
import type { ConnectTwin } from './server.ts';

export const isControl = (path: string): boolean =>
  path === '/sandbox' || path.startsWith('/sandbox/');

/** Never throws: a call that cannot be carried out is answered 4xx with an ApiProblem. */
export function answerControl(
  twin: ConnectTwin,
  method: string,
  path: string,
  query: URLSearchParams,
  body: Buffer,
): WireAnswer {
  try {
    return { status: 200, body: carryOut(twin, `${method} ${path}`, query, body) };
  } catch (error) {
    if (error instanceof SandboxProblem) return { status: error.status, body: error.problem };
    return { status: 500, body: { error: 'sandbox_failed', detail: String(error) } };
  }
}

/**
 * The functions behind these routes check what they are given themselves, so a body goes to them as it
 * came; the casts only say which question it claims to be.
 */
function carryOut(
  twin: ConnectTwin,
  request: string,
  query: URLSearchParams,
  body: Buffer,
): unknown {
  switch (request) {
    case 'GET /sandbox/connect':
      return twin.state(query.get('instance') ?? undefined);
    case 'GET /sandbox/connect/instances':
      return { instances: twin.instances() };
    case 'GET /sandbox/connect/settings':
      return twin.settings();
    case 'PATCH /sandbox/connect/settings':
      return twin.configure(readJson(body) as Parameters<ConnectTwin['configure']>[0]);
    case 'POST /sandbox/connect/profiles':
      twin.changeProfile(readJson(body) as Parameters<ConnectTwin['changeProfile']>[0]);
      return { ok: true };
    case 'POST /sandbox/reset':
      twin.reset();
      return { ok: true };
    case 'GET /sandbox/faults':
      return { faults: twin.faults() };
    case 'POST /sandbox/faults':
      return { fault: twin.addFault(readJson(body) as Parameters<ConnectTwin['addFault']>[0]) };
    case 'DELETE /sandbox/faults':
      twin.clearFaults();
      return { ok: true };
    case 'GET /sandbox/wire':
      return readWire(twin, query);
    case 'DELETE /sandbox/wire':
      twin.clearCalls();
      return { ok: true };
  }
  const fault = /^DELETE \/sandbox\/faults\/([^/]+)$/.exec(request)?.[1];
  if (fault !== undefined) {
    if (twin.removeFault(fault)) return { ok: true };
    throw new SandboxProblem(404, 'no_such_fault', `There is no fault '${fault}'`);
  }
  throw new SandboxProblem(404, 'no_such_route', `There is no ${request} here`);
}

function readWire(twin: ConnectTwin, query: URLSearchParams): Wire {
  const after = Number(query.get('after') ?? 0);
  const kind = query.get('kind');
  const calls = twin.calls();
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
