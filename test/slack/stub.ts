/** A Web API with scripted answers, for the real client over a real socket. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { LogLevel, type WebClient } from '@slack/web-api';
import { boltLogger } from '../../src/operations/bolt-log.ts';
import { createSlackClient } from '../../src/slack/client.ts';
import { log } from '../services.ts';

export type Params = Readonly<Record<string, string>>;
export type Call = { readonly method: string; readonly params: Params };

/** Slack's answer. With `lost`, Slack executed the call, but the connection broke before the answer arrived. */
export type Answer =
  | { readonly ok: boolean; readonly [member: string]: unknown }
  | { readonly retryAfter: number }
  | 'lost';

export type SlackStub = {
  readonly client: WebClient;
  readonly calls: Call[];
  callsOf(method: string): Call[];
  /** From now on this method answers so; a list is answered in order, its last one forever. */
  /** Sent along with every answer. */
  header(name: string, value: string): void;
  on(method: string, ...answers: (Answer | ((params: Params) => Answer | Promise<Answer>))[]): void;
};

export async function slackStub(t: TestContext): Promise<SlackStub> {
  const calls: Call[] = [];
  const headers: Record<string, string> = {};
  const answers = new Map<string, (Answer | ((params: Params) => Answer | Promise<Answer>))[]>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const method = (request.url ?? '').replace(/^\/api\//, '');
    const params = Object.fromEntries(new URLSearchParams(body));
    calls.push({ method, params });
    const script = answers.get(method) ?? [{ ok: true }];
    const next = (script.length > 1 ? script.shift() : script[0]) ?? { ok: true };
    const answer = typeof next === 'function' ? await next(params) : next;
    if (answer === 'lost') {
      request.socket.destroy();
      return;
    }
    if ('retryAfter' in answer) {
      response.writeHead(429, { 'retry-after': String(answer.retryAfter) }).end();
      return;
    }
    response
      .writeHead(200, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const slack = {
    botToken: 'xoxb-test',
    apiUrl: `http://127.0.0.1:${port}/api/`,
    transport: { kind: 'socket' as const, appToken: 'xapp-test' },
  };
  return {
    client: createSlackClient(slack, 2_000, boltLogger(log), LogLevel.ERROR),
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    header(name, value) {
      headers[name] = value;
    },
    on: (method, ...script) => void answers.set(method, script),
  };
}
