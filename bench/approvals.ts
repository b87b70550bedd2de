/**
 * Measures pairs of concurrent clicks: approve/approve (with one and with two approvals needed), approve/deny,
 * approve/cancel and approve/withdraw. Two of three bots that share a database store their click at the same moment;
 * their jobs then apply the decision and edit the card. Slack and Connect answer immediately and Slack has no rate
 * limits; the database, the jobs and the client of Slack's API are real.
 */
import type { TestContext } from 'node:test';
import { readApprovals } from '../src/approvals/approvals-store.ts';
import { checkRequest } from '../src/requests/check/check-request.ts';
import { executeDecision, recordChoice } from '../src/requests/decide/decide-request.ts';
import { publishRequest } from '../src/requests/publish/publish-request.ts';
import { readRequest } from '../src/requests/store/requests-store.ts';
import { submitRequest } from '../src/requests/submit/submit-request.ts';
import { type Services, standardTiming } from '../src/services.ts';
import { createProjector, type Projector } from '../src/slack/posts/projector.ts';
import { openDatabase } from '../src/storage/database.ts';
import { createJobs } from '../src/storage/jobs.ts';
import type { JobData } from '../src/storage/queues.ts';
import { outageOf } from '../src/work-jobs.ts';
import {
  instanceClientOf,
  instanceConfig,
  personOf,
  smallInstance,
  userNamed,
} from '../test/auth/people.ts';
import { rulesOf } from '../test/policy/policies.ts';
import { log, testServices } from '../test/services.ts';
import { slackStub } from '../test/slack/stub.ts';
import { type Bench, percentile } from './measurement.ts';

const pairs = 1_000;
const atOnce = 4;

type What = JobData<'decide'>['what'];
type Kind = 'approve' | 'deny' | 'cancel' | 'withdraw' | 'complete';
const seconds: readonly Kind[] = ['approve', 'deny', 'cancel', 'withdraw', 'complete'];

/**
 * The allowed end results of a pair, whichever click is applied first: the state, and the number of approvals that
 * count.
 */
const rightEnds: Readonly<Record<Kind, readonly string[]>> = {
  // One approval is needed, so the first click gives it.
  approve: ['approved 1'],
  deny: ['approved 1', 'denied 0'],
  cancel: ['approved 1', 'cancelled 0'],
  // Two approvals are needed, and Ari revokes the one that Ari gave earlier. Bea's approval either completes the
  // request or is the only one left.
  withdraw: ['approved 2', 'awaiting_approval 1'],
  // Two approvals are needed, and both arrive at the same time.
  complete: ['approved 2'],
};
/** Requesters of requests that need two approvals. */
const needsTwo: ReadonlySet<Kind> = new Set(['withdraw', 'complete']);

/** The text that the card shows for each end result. */
const shownEnds: Readonly<Record<string, RegExp>> = {
  'approved 1': /Being created/,
  'approved 2': /Being created/,
  'denied 0': /denied/i,
  'cancelled 0': /withdrawn|cancelled/i,
  'awaiting_approval 1': /1 of 2 approvals \(Bea\)/,
};

/** The cards as Slack stores them: each edit with its time, and the callers that wait for a text. */
function watchedCards() {
  const edits = new Map<number, { readonly text: string; readonly at: number }[]>();
  const cards = new Map<string, number>();
  const waiting = new Set<() => void>();
  let messages = 0;
  return {
    post(metadata: string | undefined): string {
      const ts = `1700000000.${String(++messages).padStart(6, '0')}`;
      const { event_payload: payload } = JSON.parse(metadata ?? '{}');
      if (payload?.key === 'card') cards.set(ts, payload.request);
      return ts;
    },
    edit(ts: string | undefined, text: string | undefined) {
      const requestId = cards.get(ts ?? '');
      if (requestId === undefined) return;
      const before = edits.get(requestId) ?? [];
      edits.set(requestId, [...before, { text: text ?? '', at: performance.now() }]);
      for (const look of waiting) look();
    },
    /** Resolves with the time (`performance.now()`) at which the card first showed this text. Rejects after 30 s. */
    says(requestId: number, words: RegExp, since: number): Promise<number> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const texts = edits.get(requestId)?.map(({ text }) => text);
          reject(new Error(`card ${requestId} never said ${words}: ${texts?.join(' | ')}`));
        }, 30_000);
        function look() {
          const found = edits
            .get(requestId)
            ?.find(({ text, at }) => at >= since && words.test(text));
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found.at);
        }
        waiting.add(look);
        look();
      });
    },
  };
}

type Cards = ReturnType<typeof watchedCards>;

type ThreeBots = {
  readonly bots: readonly Services[];
  /** A change made directly, without a job, before the clicks. */
  readonly quiet: Services;
  readonly projector: Projector;
  readonly cards: Cards;
  /** Resolves when the job of this person's click has ended. */
  decided(requestId: number, personId: string): Promise<void>;
  stop(): Promise<void>;
};

async function threeBots(): Promise<ThreeBots> {
  const closers: (() => unknown)[] = [];
  // There is no test runner here, so clean-up functions are collected and run at the end.
  const t = { after: (close: () => unknown) => void closers.push(close) } as unknown as TestContext;
  const instance = smallInstance();
  instance.users.push(userNamed('bea', { securityProfileIds: ['sp-admin'] }));
  const rules = rulesOf(`
- { name: Two, requesters: { people: [U0TOM] }, approval: { count: 2 } }
- { name: One, requesters: { anyone: true } }`);
  const { instanceClient } = instanceClientOf(instance, { config: { rules } });
  const people = [
    personOf(),
    personOf({ id: 'U0BEA', name: 'Bea', email: 'bea@example.com' }),
    personOf({ id: 'U0TOM', name: 'Tom', email: 'tom@example.com' }),
    personOf({ id: 'U0TARA', name: 'Tara', email: 'tara@example.com' }),
  ];
  const { services: quiet, database } = await testServices(t, {
    instanceClients: [instanceClient],
    people,
    enqueue: () => Promise.resolve(),
  });
  const cards = watchedCards();
  const slack = await slackStub(t);
  slack.on('chat.postMessage', ({ metadata }) => ({ ok: true, ts: cards.post(metadata) }));
  slack.on('chat.update', ({ ts, text }) => {
    cards.edit(ts, text);
    return { ok: true };
  });
  slack.on('conversations.open', ({ users }) => ({ ok: true, channel: { id: `D${users}` } }));
  const projectorOf = ({ db, newerBlocks, now }: Services) =>
    createProjector({ client: slack.client, newerBlocks, botUserId: 'U0BOT', db, now, log });
  const ended = new Map<string, () => void>();
  const bots = await Promise.all(
    [1, 2, 3].map(async () => {
      const opened = await openDatabase(database.config, { log });
      const { giveUpAfter } = standardTiming;
      const jobs = createJobs({ database: opened, log, outageOf, giveUpAfter });
      closers.unshift(
        () => jobs.stop({ graceful: true, timeoutMs: 10_000 }),
        () => opened.close(),
      );
      await jobs.start();
      const bot: Services = { ...quiet, db: opened.db, intake: opened.intake, jobs };
      const projector = projectorOf(bot);
      await jobs.work('decide', async ({ data }) => {
        await executeDecision(bot, data);
        ended.get(`${data.requestId} ${data.personId}`)?.();
      });
      await jobs.work('publish', ({ data, signal }) =>
        publishRequest(bot, projector, data.requestId, signal),
      );
      return bot;
    }),
  );
  return {
    bots,
    quiet,
    projector: projectorOf(quiet),
    cards,
    decided: (requestId, personId) =>
      new Promise((resolve) => ended.set(`${requestId} ${personId}`, resolve)),
    async stop() {
      for (const close of closers) await close();
    },
  };
}

async function onePair(center: ThreeBots, index: number) {
  const { bots, quiet, projector, cards } = center;
  const second = seconds[index % seconds.length] ?? 'approve';
  const requester = needsTwo.has(second) ? 'U0TOM' : 'U0TARA';
  const { requestId } = await submitRequest(quiet, {
    deliveryId: `V${index}`,
    requester: { id: requester, name: requester },
    instance: { ...instanceConfig },
    drafts: [
      {
        firstName: 'Mary',
        lastName: `M${index}`,
        username: `mary${index}`,
        email: `mary${index}@example.com`,
        routingProfile: { id: 'rp-basic' },
        securityProfiles: [{ id: 'sp-agent' }],
        phoneType: 'soft',
      },
    ],
    reason: null,
  });
  await checkRequest(quiet, requestId);
  const publish = () => publishRequest(quiet, projector, requestId, new AbortController().signal);
  await publish();
  const asked = await readRequest(quiet.db, requestId);
  const contentHash = asked?.binding?.hash ?? null;
  const whats: Readonly<Record<Kind, What>> = {
    approve: { kind: 'approve', contentHash },
    deny: { kind: 'deny', reason: 'no' },
    cancel: { kind: 'cancel' },
    withdraw: { kind: 'withdraw' },
    complete: { kind: 'approve', contentHash },
  };
  const choiceOf = (personId: string, kind: Kind) => ({
    requestId,
    personId,
    channel: 'C0REQUESTS',
    what: whats[kind],
  });
  if (second === 'withdraw') {
    await executeDecision(quiet, choiceOf('U0ARI', 'approve'));
    await publish();
  }
  const clicks: readonly (readonly [personId: string, kind: Kind])[] =
    second === 'withdraw'
      ? [
          ['U0BEA', 'approve'],
          ['U0ARI', 'withdraw'],
        ]
      : [
          ['U0ARI', 'approve'],
          [second === 'cancel' ? requester : 'U0BEA', second],
        ];
  const all = Promise.all(clicks.map(([personId]) => center.decided(requestId, personId)));
  const pressed = await Promise.all(
    clicks.map(async ([personId, kind], place) => {
      const at = performance.now();
      const bot = bots[(index + place) % bots.length] ?? quiet;
      await recordChoice(bot, `block_actions ${index} ${personId}`, choiceOf(personId, kind));
      return at;
    }),
  );
  await all;
  const { state = 'gone' } = (await readRequest(quiet.db, requestId)) ?? {};
  const given = await quiet.db
    .selectFrom('audit_events')
    .select('kind')
    .where('request_id', '=', requestId)
    .where('kind', 'in', ['approved', 'denied', 'cancelled'])
    .execute();
  const counting = (await readApprovals(quiet.db, requestId)).length;
  const end = `${state} ${state === 'denied' || state === 'cancelled' ? 0 : counting}`;
  const decisions = state === 'awaiting_approval' ? 0 : 1;
  const isWrong = !rightEnds[second].includes(end) || given.length !== decisions;
  if (isWrong) return { took: [], isWrong };
  // A click counts as finished when the card shows the result of both clicks.
  const shownAt = await cards.says(requestId, shownEnds[end] ?? /^$/, Math.min(...pressed));
  return { took: pressed.map((at) => (shownAt - at) / 1000), isWrong };
}

export const approvals: Bench = {
  name: 'approvals',
  about: `${pairs} pairs of clicks that meet, over three bots on one database`,
  async run(say) {
    const center = await threeBots();
    try {
      const took: number[] = [];
      let [done, wrong] = [0, 0];
      const work = async (first: number) => {
        for (let index = first; index < pairs; index += atOnce) {
          const pair = await onePair(center, index);
          took.push(...pair.took);
          if (pair.isWrong) wrong++;
          if (++done % 250 === 0) say(`${done} pairs`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, (_, index) => work(index)));
      return [
        { name: 'pairs', value: done, unit: '', atLeast: 1_000 },
        { name: 'wrong_transitions', value: wrong, unit: '', atMost: 0 },
        { name: 'click_p50_s', value: percentile(took, 0.5), unit: 's' },
        { name: 'click_p99_s', value: percentile(took, 0.99), unit: 's', atMost: 1 },
      ];
    } finally {
      await center.stop();
    }
  },
};
