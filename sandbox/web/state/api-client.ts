import type { ChangeProfile, ConnectSettings, ConnectState } from '../../api/connect.ts';
import type {
  ActionResult,
  CommandResult,
  DoAction,
  RunCommand,
  RunShortcut,
  Suggest,
  Suggestions,
} from '../../api/interactions.ts';
import type {
  EditMessage,
  FileInfo,
  MarkRead,
  Messages,
  PostMessage,
  UploadFile,
} from '../../api/messages.ts';
import type {
  CloseView,
  InputValue,
  SubmitResult,
  SubmitView,
  View,
  Views,
} from '../../api/views.ts';
import type { Fault, FaultSpec, Wire } from '../../api/wire.ts';
import type { RunStep, StepRun } from '../../api/workflows.ts';
import type { ApiProblem, ChangePerson, State } from '../../api/workspace.ts';

/** The server refused a call; `message` is its explanation. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, problem: ApiProblem) {
    super(problem.detail || problem.error);
    this.status = status;
  }
}

export type Api = ReturnType<typeof createApi>;

/** The sandbox's interface (sandbox/api) as functions. Each throws `ApiError` when the server refuses the call. */
export function createApi(base = '/sandbox') {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) {
      const problem = answer as Partial<ApiProblem> | null;
      throw new ApiError(response.status, {
        error: problem?.error ?? `http_${response.status}`,
        detail: problem?.detail ?? '',
      });
    }
    return answer as Answer;
  }
  const query = (params: Record<string, string | number | null | undefined>) => {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(params)) {
      if (value !== null && value !== undefined) search.set(key, String(value));
    }
    return `?${search}`;
  };
  const view = (id: string) => `/views/${encodeURIComponent(id)}`;
  return {
    state: (user: string) => call<State>('GET', `/state${query({ user })}`),
    messages: (ask: {
      user: string;
      channel: string;
      thread_ts?: string | null;
      limit?: number;
      before?: string;
    }) => call<Messages>('GET', `/messages${query(ask)}`),
    post: (message: PostMessage) => call<unknown>('POST', '/messages', message),
    edit: (message: EditMessage) => call<unknown>('POST', '/messages/edit', message),
    remove: (message: { user: string; channel: string; ts: string }) =>
      call<unknown>('POST', '/messages/delete', message),
    command: (run: RunCommand) => call<CommandResult>('POST', '/commands', run),
    action: (action: DoAction) => call<ActionResult>('POST', '/actions', action),
    views: (user: string) => call<Views>('GET', `/views${query({ user })}`),
    input: (id: string, value: InputValue) => call<unknown>('POST', `${view(id)}/input`, value),
    submit: (id: string, values: SubmitView) =>
      call<SubmitResult>('POST', `${view(id)}/submit`, values),
    close: (id: string, how: CloseView) => call<unknown>('POST', `${view(id)}/close`, how),
    suggest: (ask: Suggest) => call<Suggestions>('POST', '/suggestions', ask),
    runStep: (run: RunStep) => call<{ run: StepRun }>('POST', '/workflows', run),
    stepRuns: () => call<{ runs: StepRun[] }>('GET', '/workflows'),
    shortcut: (run: RunShortcut) => call<ActionResult>('POST', '/shortcuts', run),
    openHome: (user: string) => call<{ view: View | null }>('POST', '/home', { user }),
    home: (user: string) => call<{ view: View | null }>('GET', `/home${query({ user })}`),
    read: (mark: MarkRead) => call<unknown>('POST', '/read', mark),
    upload: (file: UploadFile) => call<{ file: FileInfo }>('POST', '/files', file),
    wire: (after: number) => call<Wire>('GET', `/wire${query({ after })}`),
    clearWire: () => call<unknown>('DELETE', '/wire'),
    faults: () => call<{ faults: Fault[] } | Fault[]>('GET', '/faults'),
    addFault: (fault: FaultSpec & { times: number }) => call<unknown>('POST', '/faults', fault),
    removeFault: (id: string | null) =>
      call<unknown>('DELETE', id === null ? '/faults' : `/faults/${encodeURIComponent(id)}`),
    connect: (instance: string | null) =>
      call<ConnectState>('GET', `/connect${query({ instance })}`),
    connectSettings: (settings: Partial<ConnectSettings>) =>
      call<ConnectSettings>('PATCH', '/connect/settings', settings),
    changeProfile: (change: ChangeProfile) => call<unknown>('POST', '/connect/profiles', change),
    changePerson: (change: ChangePerson) => call<unknown>('POST', '/people', change),
    events: (user: string) => new EventSource(`${base}/events${query({ user })}`),
  };
}
