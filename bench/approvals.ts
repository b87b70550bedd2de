/**
 * Pairs of clicks that meet: approve/approve (one needed, and two), approve/deny, approve/cancel, approve/withdraw, each carried out at
 * the same moment by two of three bots on one database. Slack and Connect answer at once; the database is real.
 */
import type { TestContext } from 'node:test';
import { readApprovals } from '../src/approvals/approvals-store.ts';
import { checkRequest } from '../src/requests/check/check-request.ts';
import { executeDecision } from '../src/requests/decide/decide-request.ts';
import { readRequest } from '../src/requests/store/requests-store.ts';
import { submitRequest } from '../src/requests/submit/submit-request.ts';
import type { Services } from '../src/services.ts';
import { openDatabase } from '../src/storage/database.ts';
import type { JobData } from '../src/storage/queues.ts';
import {
  instanceClientOf,
  instanceConfig,
  personOf,
  smallInstance,
  userNamed,
} from '../test/auth/people.ts';
import { rulesOf } from '../test/policy/policies.ts';
import { log, testServices } from '../test/services.ts';
import { type Bench, percentile } from './measurement.ts';

const pairs = 1_000;
const atOnce = 4;

type What = JobData<'decide'>['what'];
type Kind = 'approve' | 'deny' | 'cancel' | 'withdraw' | 'complete';
const seconds: readonly Kind[] = ['approve', 'deny', 'cancel', 'withdraw', 'complete'];

/** Ends that a pair may come to, whichever click is first: the state, and the approvals that count then. */
const rightEnds: Readonly<Record<Kind, readonly string[]>> = {
  // One approval is needed: whoever is first gives it.
  approve: ['approved 1'],
  deny: ['approved 1', 'denied 0'],
  cancel: ['approved 1', 'cancelled 0'],
  // Two are needed, and Ari takes back the one that Ari gave before: Bea's completes it, or is the only one.
  withdraw: ['approved 2', 'awaiting_approval 1'],
  // Two are needed, and both come at once.
  complete: ['approved 2'],
};
/** Who requests what needs two approvals. */
const needsTwo: ReadonlySet<Kind> = new Set(['withdraw', 'complete']);

async function threeBots(): Promise<{ bots: Services[]; stop(): Promise<void> }> {
  const closers: (() => unknown)[] = [];
  // What a test would do at its end is done at the end of the run.
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
  const { services, database } = await testServices(t, {
    instanceClients: [instanceClient],
    people,
    enqueue: () => Promise.resolve(),
  });
  const others = await Promise.all([1, 2].map(() => openDatabase(database.config, { log })));
  closers.unshift(...others.map((opened) => () => opened.close()));
  return {
    bots: [services, ...others.map(({ db }) => ({ ...services, db }))],
    async stop() {
      for (const close of closers) await close();
    },
  };
}

async function onePair(bots: readonly Services[], index: number) {
  const [bot] = bots;
  if (!bot) throw new Error('there are three bots');
  const second = seconds[index % seconds.length] ?? 'approve';
  const requester = needsTwo.has(second) ? 'U0TOM' : 'U0TARA';
  const { requestId } = await submitRequest(bot, {
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
  await checkRequest(bot, requestId);
  const asked = await readRequest(bot.db, requestId);
  const contentHash = asked?.binding?.hash ?? null;
  const whats: Readonly<Record<Kind, What>> = {
    approve: { kind: 'approve', contentHash },
    deny: { kind: 'deny', reason: 'no' },
    cancel: { kind: 'cancel' },
    withdraw: { kind: 'withdraw' },
    complete: { kind: 'approve', contentHash },
  };
  const click = async (place: number, personId: string, kind: Kind) => {
    const startedAt = performance.now();
    const choice = { requestId, personId, channel: 'C0REQUESTS', what: whats[kind] };
    await executeDecision(bots[(index + place) % bots.length] ?? bot, choice);
    return (performance.now() - startedAt) / 1000;
  };
  if (second === 'withdraw') await click(0, 'U0ARI', 'approve');
  const took = await Promise.all(
    second === 'withdraw'
      ? [click(1, 'U0BEA', 'approve'), click(2, 'U0ARI', 'withdraw')]
      : [click(1, 'U0ARI', 'approve'), click(2, second === 'cancel' ? requester : 'U0BEA', second)],
  );
  const { state = 'gone' } = (await readRequest(bot.db, requestId)) ?? {};
  const given = await bot.db
    .selectFrom('audit_events')
    .select('kind')
    .where('request_id', '=', requestId)
    .where('kind', 'in', ['approved', 'denied', 'cancelled'])
    .execute();
  const counting = (await readApprovals(bot.db, requestId)).length;
  const end = `${state} ${state === 'denied' || state === 'cancelled' ? 0 : counting}`;
  const decisions = state === 'awaiting_approval' ? 0 : 1;
  const isWrong = !rightEnds[second].includes(end) || given.length !== decisions;
  return { took, isWrong };
}

export const approvals: Bench = {
  name: 'approvals',
  about: `${pairs} pairs of clicks that meet, over three bots on one database`,
  async run(say) {
    const { bots, stop } = await threeBots();
    try {
      const took: number[] = [];
      let [done, wrong] = [0, 0];
      const work = async (first: number) => {
        for (let index = first; index < pairs; index += atOnce) {
          const pair = await onePair(bots, index);
          took.push(...pair.took);
          if (pair.isWrong) wrong++;
          if (++done % 250 === 0) say(`${done} pairs`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, (_, index) => work(index)));
      return [
        { name: 'pairs', value: done, unit: '', atLeast: 1_000 },
        { name: 'wrong_transitions', value: wrong, unit: '', atMost: 0 },
        { name: 'decide_p99_s', value: percentile(took, 0.99), unit: 's', atMost: 1 },
      ];
    } finally {
      await stop();
    }
  },
};
