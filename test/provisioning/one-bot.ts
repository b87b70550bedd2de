/** A bot with one approved request, in whose Connect the test decides the result of each send. */
import type { TestContext } from 'node:test';
import type { InstanceConfig } from '../../src/config/config.ts';
import type { CreateOutcome } from '../../src/connect/gateway.ts';
import type { Clocks } from '../../src/operations/stopwatch.ts';
import { provisionRequest } from '../../src/provisioning/provision-request.ts';
import { rowTagOf } from '../../src/provisioning/row-tag.ts';
import { unpaused } from '../../src/requests/model/creating-transitions.ts';
import { readRequest, readRows } from '../../src/requests/store/requests-store.ts';
import { step } from '../../src/requests/store/step.ts';
import type { Timing } from '../../src/services.ts';
import { instanceClientOf, smallInstance, userNamed } from '../auth/people.ts';
import { testServices } from '../services.ts';
import { type ApprovedRow, approvedRequest, newUser, type scripted } from './approved.ts';

const fast: Partial<InstanceConfig> = { pace: { ratePerSecond: 1000, burst: 1000 } };
const quick: Partial<Timing> = { holdRetryMs: 60_000, lookupWindowMs: 0, lookupEveryMs: 1 };
export const running = new AbortController().signal;
export const refused = (
  reason: Extract<CreateOutcome, { kind: 'refused' }>['reason'],
): CreateOutcome => ({
  kind: 'refused',
  scope: reason === 'quota' || reason === 'denied' ? 'instance' : 'row',
  reason,
  detail: 'what Connect said',
});
export const unclear: CreateOutcome = { kind: 'unclear', detail: 'no answer' };

export async function start(
  t: TestContext,
  script: ReturnType<typeof scripted>,
  options: {
    readonly rows?: readonly ApprovedRow[];
    readonly config?: Partial<InstanceConfig>;
    readonly timing?: Partial<Timing>;
    readonly approvedHash?: string;
    readonly clocks?: Clocks;
  } = {},
) {
  const instance = smallInstance();
  const connect = instanceClientOf(instance, {
    config: { ...fast, ...options.config },
    createUser: script.createUser,
  });
  const bot = await testServices(t, {
    instanceClients: [connect.instanceClient],
    timing: { ...quick, ...options.timing },
    ...(options.clocks ? { clocks: options.clocks } : {}),
  });
  const { services } = bot;
  const rows = options.rows ?? [{ user: newUser('mary') }];
  const { approvedHash } = options;
  const id = await approvedRequest(services, rows, approvedHash ? { approvedHash } : {});
  return {
    ...bot,
    instance,
    connect,
    id,
    run: (signal = running) => provisionRequest(services, id, signal),
    rows: () => readRows(services.db, id),
    row: async () => (await readRows(services.db, id))[0],
    request: async () => readRequest(services.db, id),
    resume: () =>
      step(services, id, (head) =>
        unpaused(head, { id: 'U0TARA', name: 'Tara Lead' }, services.now()),
      ),
    /** Creates a user in Connect that has the mark of the request's first row, as a send with a lost answer does. */
    async createOurs(username: string) {
      const request = await readRequest(services.db, id);
      const tags = rowTagOf({ requestId: id, requestUid: request?.uid ?? '', position: 1 });
      instance.users.push(userNamed(username, { tags }));
    },
  };
}
