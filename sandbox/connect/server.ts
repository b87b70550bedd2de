/**
 * The offline Amazon Connect on a port of its own.
 *
 * @example
 * const connect = await startConnect({ port: 0 });
 * const client = new ConnectClient({ endpoint: connect.url, region: 'us-west-2', credentials });
 */
import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  ChangeProfile,
  ConnectInstanceInfo,
  ConnectSettings,
  ConnectState,
} from '../api/connect.ts';
import type { Fault } from '../api/wire.ts';
import type { Caller } from './accounts/accounts.ts';
import { Sessions } from './accounts/sessions.ts';
import { Buckets } from './bucket.ts';
import { Calls, type RecordedCall } from './calls.ts';
import { answerControl, isControl } from './control.ts';
import { type ConnectFaultSpec, Faults } from './faults.ts';
import { cut, incomingOf, readBody, sendJson, sendText, splitUrl } from './http.ts';
import { Pages } from './pages.ts';
import { seedWorld } from './seed/world.ts';
import { type Outcome, serve } from './service.ts';
import { defaultSettings, type Settings, withPatch } from './settings.ts';
import { describeState, instanceInfo, instanceNamed } from './state.ts';
import { changeOnWebsite } from './website.ts';

export type ConnectOptions = {
  /** 0 for any free one. */
  port: number;
  settings?: Partial<ConnectSettings>;
  /** The clock of everything except signatures, which callers make with the machine's clock. */
  now?: () => Date;
  /** Called after each call, whether or not it was answered. */
  onCall?: (call: RecordedCall) => void;
  onChange?: (instanceId: string) => void;
};

/** What the code that started the server can read and do. Functions that refuse a call throw SandboxProblem. */
export type ConnectSandbox = {
  url: string;
  port: number;
  settings(): ConnectSettings;
  configure(patch: Partial<ConnectSettings>): ConnectSettings;
  instances(): ConnectInstanceInfo[];
  /** @param instance id or alias; the first one by default. */
  state(instance?: string): ConnectState;
  changeProfile(change: ChangeProfile): void;
  addFault(spec: ConnectFaultSpec): Fault;
  faults(): Fault[];
  /** @returns whether there was such a fault. */
  removeFault(id: string): boolean;
  clearFaults(): void;
  calls(): RecordedCall[];
  clearCalls(): void;
  /** From now on, temporary credentials of STS are refused as expired. */
  expireSessions(): void;
  /** Restores the initial state: seeded users, initial settings, full buckets, no faults, no calls. */
  reset(): void;
  stop(): Promise<void>;
};

/** Listens on loopback only. Rejects when the port is taken. */
export async function startConnect(options: ConnectOptions): Promise<ConnectSandbox> {
  const now = options.now ?? (() => new Date());
  const firstSettings = withPatch(defaultSettings, options.settings ?? {});
  const faults = new Faults();
  const calls = new Calls();
  const buckets = new Buckets();
  const sessions = new Sessions();
  const stopping = new AbortController();
  // There are as many listeners as waiting calls, which is not a leak.
  setMaxListeners(0, stopping.signal);
  let world = seedWorld();
  let pages = new Pages(now);
  let settings: Settings = firstSettings;
  const changed = (instanceId: string) => options.onChange?.(instanceId);
  const context = (caller: Caller) => ({ world, settings, pages, now, changed, caller });

  const server = createServer((request, response) => {
    // A client that disconnects in the middle of a call ends only its own call.
    response.on('error', () => {});
    handle(request, response).catch(() => response.destroy());
  });
  // Longer than the keep-alive time of callers: if the server closed a socket while a CreateUser was being sent, the
  // outcome would be unclear although no fault was configured.
  server.keepAliveTimeout = 65_000;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, query } = splitUrl(request.url ?? '/');
    if (isControl(path)) {
      const body = await readBody(request);
      const method = request.method ?? 'GET';
      const size = body === 'too-large' ? Buffer.alloc(0) : body;
      sendJson(response, answerControl(connectSandbox, method, path, query, size));
      return;
    }
    const call = calls.begin(now(), { method: request.method ?? 'GET', path, query });
    const startedAt = performance.now();
    const finish = () => {
      call.durationMs = Math.round(performance.now() - startedAt);
      options.onCall?.(call);
    };
    try {
      const body = await readBody(request);
      const outcome =
        body === 'too-large'
          ? tooLarge
          : await serve(incomingOf(request, body), call, {
              context,
              sessions,
              faults,
              buckets,
              stopped: stopping.signal,
            });
      deliver(outcome, call, response, finish);
    } catch (error) {
      // The caller disconnected in the middle of its own request.
      call.outcome = 'cut';
      finish();
      throw error;
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  const connectSandbox: ConnectSandbox = {
    url: `http://127.0.0.1:${port}`,
    port,
    settings: () => settings,
    configure(patch) {
      settings = withPatch(settings, patch);
      return settings;
    },
    instances: () => [...world.instances.values()].map(instanceInfo),
    state(given) {
      const instance = instanceNamed(world, given);
      return describeState(instance, {
        settings,
        bucket: buckets.levels(instance, settings, now()),
      });
    },
    changeProfile: (change) => changed(changeOnWebsite(world, change, now())),
    addFault: (spec) => faults.add(spec),
    faults: () => faults.list(),
    removeFault: (id) => faults.remove(id),
    clearFaults: () => faults.clear(),
    calls: () => calls.list(),
    clearCalls: () => calls.clear(),
    expireSessions: () => sessions.expireAll(),
    reset() {
      world = seedWorld();
      pages = new Pages(now);
      settings = firstSettings;
      faults.clear();
      calls.clear();
      buckets.clear();
      for (const id of world.instances.keys()) changed(id);
    },
    stop: () =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return connectSandbox;
}

const tooLarge: Outcome = {
  kind: 'answer',
  status: 413,
  errorType: 'RequestEntityTooLargeException',
  body: { Message: 'The request body is too large' },
};

function deliver(
  outcome: Outcome,
  call: RecordedCall,
  response: ServerResponse,
  finish: () => void,
): void {
  if (response.destroyed && outcome.kind === 'answer') {
    // The caller did not wait: the call may have taken effect without an answer.
    call.response = outcome.body ?? null;
    call.outcome = 'lost';
    finish();
    return;
  }
  switch (outcome.kind) {
    case 'answer':
      call.response = outcome.body ?? null;
      call.status = outcome.status;
      if (outcome.errorType !== undefined) call.error = outcome.errorType;
      call.outcome = 'answered';
      sendJson(response, outcome);
      finish();
      return;
    case 'html':
      call.response = outcome.html;
      call.status = outcome.status;
      call.error = `HTTP ${outcome.status}`;
      call.outcome = 'answered';
      sendText(response, outcome.status, outcome.html, 'text/html');
      finish();
      return;
    case 'xml':
      call.response = outcome.shown;
      call.status = outcome.status;
      if (outcome.errorType !== undefined) call.error = outcome.errorType;
      call.outcome = 'answered';
      sendText(response, outcome.status, outcome.xml, 'text/xml');
      finish();
      return;
    case 'lose':
      call.response = outcome.would;
      call.outcome = 'lost';
      cut(response);
      finish();
      return;
    case 'reset':
      call.outcome = 'cut';
      cut(response);
      finish();
      return;
    case 'hang':
      // In progress until the caller gives up or the server stops.
      response.once('close', () => {
        call.outcome = 'cut';
        finish();
      });
      return;
  }
}
