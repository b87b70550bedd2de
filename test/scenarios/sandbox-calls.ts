/** The sandbox's HTTP interface as scenarios call it, without access to the sandbox's process. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  ChangeProfile,
  ConnectSettings,
  ConnectState,
  ConnectUser,
} from '../../sandbox/api/connect.ts';
import type { Fault, FaultSpec, Wire, WireEntry } from '../../sandbox/api/wire.ts';
import type { ApiProblem } from '../../sandbox/api/workspace.ts';
import { bot } from '../../sandbox/seed.ts';

export type SandboxCalls = {
  readonly url: string;
  /** A call under `/sandbox`. Throws with the problem's text unless the status is 2xx. */
  call<Answer>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer>;
  /** Enables a fault for its next `times` matches. */
  fault(spec: FaultSpec, times?: number): Promise<Fault>;
  /** Disables every fault. */
  clearFaults(): Promise<void>;
  connect(instance?: string): Promise<ConnectState>;
  /** The Connect user with exactly this username; undefined when there is none. */
  connectUser(username: string, instance?: string): Promise<ConnectUser | undefined>;
  configureConnect(settings: Partial<ConnectSettings>): Promise<ConnectSettings>;
  /** A change that an admin makes on the Connect website in the meantime. */
  website(change: ChangeProfile): Promise<ConnectState>;
  /** Everything that was recorded, in order. */
  wire(kind?: WireEntry['kind']): Promise<WireEntry[]>;
};

export class SandboxRefusal extends Error {
  override readonly name = 'SandboxRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, problem: ApiProblem) {
    super(`${problem.error}: ${problem.detail}`);
    this.status = status;
    this.code = problem.error;
  }
}

export function sandboxCalls(url: string): SandboxCalls {
  async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${url}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new SandboxRefusal(response.status, answer as ApiProblem);
    return answer as Answer;
  }
  const connect = (instance = 'production') =>
    call<ConnectState>('GET', `/connect?instance=${instance}`);

  return {
    url,
    call,
    fault: (spec, times = 1) => call('POST', '/faults', { ...spec, times }),
    clearFaults: async () => void (await call('DELETE', '/faults')),
    connect,
    connectUser: async (username, instance) =>
      (await connect(instance)).users.find((user) => user.username === username),
    configureConnect: (settings) => call('PATCH', '/connect/settings', settings),
    website: (change) => call('POST', '/connect/profiles', change),
    async wire(kind) {
      const entries: WireEntry[] = [];
      for (let after = 0; ; ) {
        const query = kind === undefined ? '' : `&kind=${kind}`;
        const page = await call<Wire>('GET', `/wire?after=${after}${query}`);
        if (page.entries.length === 0) return entries;
        entries.push(...page.entries);
        after = page.next;
      }
    },
  };
}

/** Polls until `look` returns a truthy value; its last value is part of the failure message. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  options: { readonly timeoutMs?: number; readonly seen?: () => unknown } = {},
): Promise<T> {
  const { timeoutMs = 60_000, seen } = options;
  const deadline = Date.now() + timeoutMs;
  for (let pauseMs = 10; ; pauseMs = Math.min(100, pauseMs * 1.4)) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) {
      const last = seen ? `\nlast seen: ${JSON.stringify(seen(), null, 1)}` : '';
      throw new Error(`waited ${timeoutMs} ms in vain: ${what}${last}`);
    }
    await sleep(pauseMs);
  }
}

/** The request that Slack sends for a click or a submitted form, with a valid current signature. */
export function asSlackSends(payload: object): RequestInit {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac('sha256', bot.signingSecret).update(`v0:${timestamp}:${body}`);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac.digest('hex')}`,
  };
  return { method: 'POST', headers, body };
}
