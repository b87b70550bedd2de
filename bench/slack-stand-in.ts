/**
 * A minimal Slack Web API for benchmarks: it answers immediately, validates nothing, and records when each
 * `views.open` arrived. The sandbox validates strictly, and its checks would count in the measurement. Runs in its
 * own thread (`startStandIn`), so that it slows neither the load generator nor the apps.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { nowMs } from './measurement.ts';

/** When each `views.open` arrived: trigger id → milliseconds of `nowMs`. */
export type Arrivals = ReadonlyMap<string, number>;

export type StandIn = {
  readonly url: string;
  /** Waits until `count` calls have arrived since the last time, and forgets them. Rejects after 15 s. */
  takeArrivals(count: number): Promise<Arrivals>;
  /** The view of the latest `views.open`, as JSON. */
  lastView(): Promise<string>;
  stop(): Promise<void>;
};

type Question = { readonly ask: 'arrivals'; readonly count: number } | { readonly ask: 'view' };
type Answer =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'arrivals'; readonly arrivals: Arrivals }
  | { readonly kind: 'view'; readonly view: string };

const patienceMs = 15_000;

export async function startStandIn(): Promise<StandIn> {
  const worker = new Worker(new URL(import.meta.url));
  const next = () =>
    new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('views.open did not come for every command')),
        patienceMs,
      );
      worker.once('error', reject);
      worker.once('message', (answer: Answer) => {
        clearTimeout(timer);
        worker.off('error', reject);
        resolve(answer);
      });
    });
  const ask = (question: Question) => {
    const answer = next();
    worker.postMessage(question);
    return answer;
  };
  const listening = await next();
  if (listening.kind !== 'listening') throw new Error('the stand-in did not start');
  return {
    url: `http://127.0.0.1:${listening.port}`,
    async takeArrivals(count) {
      const answer = await ask({ ask: 'arrivals', count });
      return answer.kind === 'arrivals' ? answer.arrivals : new Map();
    },
    async lastView() {
      const answer = await ask({ ask: 'view' });
      return answer.kind === 'view' ? answer.view : '';
    },
    async stop() {
      await worker.terminate();
    },
  };
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  const tell = (answer: Answer) => port.postMessage(answer);
  let arrivals = new Map<string, number>();
  let latestForm = '';
  let awaited = Number.POSITIVE_INFINITY;
  const tellWhenComplete = () => {
    if (arrivals.size < awaited) return;
    tell({ kind: 'arrivals', arrivals });
    arrivals = new Map();
    awaited = Number.POSITIVE_INFINITY;
  };
  port.on('message', (question: Question) => {
    if (question.ask === 'view') {
      tell({ kind: 'view', view: new URLSearchParams(latestForm).get('view') ?? '' });
      return;
    }
    awaited = question.count;
    tellWhenComplete();
  });
  const server = createServer(async (request, response) => {
    const method = (request.url ?? '').replace('/api/', '');
    const form = await readText(request);
    if (method === 'views.open') {
      const trigger = /(?:^|&)trigger_id=([^&]+)/.exec(form)?.[1] ?? '';
      arrivals.set(trigger, nowMs());
      latestForm = form;
      tellWhenComplete();
    }
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ok: true, ...answerTo(method, form) }));
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address) tell({ kind: 'listening', port: address.port });
  });
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const team = { team_id: 'T0BENCH', team: 'Bench' };

function answerTo(method: string, form: string): Record<string, unknown> {
  switch (method) {
    case 'auth.test':
      return { ...team, user_id: 'U0BOT', bot_id: 'B0BOT' };
    case 'users.info': {
      const id = new URLSearchParams(form).get('user') ?? '';
      const profile = { real_name: `Person ${id}`, email: `${id.toLowerCase()}@harbour.example` };
      return { user: { id, team_id: team.team_id, deleted: false, is_bot: false, profile } };
    }
    case 'users.lookupByEmail':
      return { ok: false, error: 'users_not_found' };
    case 'conversations.info':
      return { channel: { id: 'C0REQUESTS', is_member: true, is_archived: false } };
    case 'views.open':
    case 'views.update':
      return { view: { id: 'V0BENCH', hash: '1' } };
    default:
      return {};
  }
}
