/**
 * Ends everything that has waited too long, and begins what is due: scheduled requests, typed passwords, files that
 * nobody requests, old approvals.
 */
import { endOverdueLinkRequests } from '../links/decide-link.ts';
import type { Services } from '../services.ts';
import { deleteSignIns } from '../sign-in/sign-ins-store.ts';
import { expired } from './model/decision-transitions.ts';
import { approvalEnded, isOverdue, passwordsEnded } from './model/overdue-transitions.ts';
import { notReadyOrOver } from './model/transition.ts';
import {
  countWaitingWithoutPassword,
  deleteDeliveries,
  readDueRequests,
  readRequestsWithPasswords,
  readWaitingRequests,
} from './store/endings-store.ts';
import { step } from './store/step.ts';

const atOnce = 200;
/** For an instance that is not configured anymore. */
const standardOpenMs = 3 * 24 * 60 * 60_000;
/**
 * How long a delivery is remembered. Longer than any search for missed files goes back (events/catch-up.ts), because
 * a forgotten delivery would be accepted a second time.
 */
export const deliveriesKeptMs = 30 * 24 * 60 * 60_000;

/** How long sign-in requests are stored; the audit trail has the result. */
const signInsKeptMs = 24 * 60 * 60_000;

/** Ends every request that is overdue now. A failure is logged and does not stop the rest. */
export async function endOverdue(services: Services): Promise<void> {
  await beginDue(services);
  await endPasswords(services);
  await endRequests(services);
  await endOverdueLinkRequests(services);
  await deleteSignIns(services.db, new Date(services.now().getTime() - signInsKeptMs));
  const before = new Date(services.now().getTime() - deliveriesKeptMs);
  while ((await deleteDeliveries(services.db, before, 5_000)) === 5_000);
}

/** Scheduled requests that were moved to an earlier time, or whose job was lost. */
async function beginDue(services: Services): Promise<void> {
  for (const requestId of await readDueRequests(services.db, services.now(), atOnce)) {
    await services.jobs.enqueue(services.db, { queue: 'provision', data: { requestId } });
  }
}

async function endPasswords(services: Services): Promise<void> {
  const { db, now, config } = services;
  const madeBefore = new Date(now().getTime() - config.passwordsExpireAfterMs);
  for (const requestId of await readRequestsWithPasswords(db, madeBefore, atOnce)) {
    await logged(services, requestId, 'passwords', () =>
      step(services, requestId, async (head, tx) =>
        passwordsEnded(head, await countWaitingWithoutPassword(tx, requestId), now()),
      ),
    );
  }
}

async function endRequests(services: Services): Promise<void> {
  const { db, now, instanceClients } = services;
  for (let after = 0; ; ) {
    const requests = await readWaitingRequests(db, after, atOnce);
    for (const { id, instance, state, created_at, expires_at, hold } of requests) {
      const waiting = {
        state,
        createdAt: created_at,
        expiresAt: expires_at,
        isHeld: hold !== null,
      };
      const openForMs =
        instanceClients.get(instance)?.config.approval.expiresAfterMs ?? standardOpenMs;
      if (!isOverdue(waiting, openForMs, now())) continue;
      await logged(services, id, state, () =>
        step(services, id, (head) => {
          // A button may have been pressed since: only requests that are overdue now are ended.
          const isHeld = head.hold !== null;
          const found = { ...waiting, state: head.state, expiresAt: head.expiresAt, isHeld };
          if (!isOverdue(found, openForMs, now())) {
            return { ok: false, problem: notReadyOrOver(head, now()) };
          }
          const isApproved = head.state === 'paused' || head.state === 'approved';
          return isApproved ? approvalEnded(head, now()) : expired(head, now());
        }),
      );
    }
    const last = requests.at(-1);
    if (!last || requests.length < atOnce) return;
    after = last.id;
  }
}

async function logged(
  services: Services,
  request: number,
  what: string,
  end: () => ReturnType<typeof step>,
): Promise<void> {
  try {
    const { ok } = await end();
    if (ok) services.log.info({ request, what }, 'the time of something was over');
  } catch (error) {
    services.log.error({ err: error, request, what }, 'could not end what is overdue');
  }
}

/**
 * Checks periodically from now on, in every bot: two bots that find the same request run one after the other, and the
 * second finds it ended.
 */
export function watchOverdue(services: Services): { stop(): void } {
  const look = () =>
    endOverdue(services).catch((error: unknown) =>
      services.log.warn({ err: error }, 'could not look for what is overdue'),
    );
  void look();
  const timer = setInterval(look, services.timing.endOverdueEveryMs);
  return { stop: () => clearInterval(timer) };
}
