/** A request has waited for a while, so people are reminded, and more of them may approve. */
import { remindersDueBy } from '../policy/reminders.ts';
import { reminded } from '../requests/model/reminder-and-limit-transitions.ts';
import { readRequest } from '../requests/store/requests-store.ts';
import { step } from '../requests/store/step.ts';
import type { Services } from '../services.ts';
import { setReminded } from './reminders-and-limits-store.ts';

/** Sends everything that is due, once; does nothing for a request that does not wait anymore. */
export async function remindRequest(services: Services, requestId: number): Promise<void> {
  const record = await readRequest(services.db, requestId);
  if (record?.state !== 'awaiting_approval' || !record.plan || !record.expires_at) return;
  await step(services, requestId, async (head, tx, locked) => {
    const now = services.now();
    const { plan, expires_at: expiresAt } = locked;
    const transition = reminded(head, { reminders: 0, isEscalated: false }, now);
    if (!transition.ok || !plan || !expiresAt) return transition;
    const { approval } = plan;
    const sinceMs = now.getTime() - (expiresAt.getTime() - approval.expiresAfterMs);
    const due = remindersDueBy(approval, sinceMs);
    const isNew = due.reminders > locked.reminded;
    const isEscalatedNow = due.isEscalated && !locked.escalated_at;
    if (!isNew && !isEscalatedNow) return { ok: false, problem: nothingDue };
    const escalatedAt = locked.escalated_at ?? (due.isEscalated ? now : null);
    await setReminded(tx, requestId, { reminded: due.reminders, escalatedAt });
    return reminded(head, { ...due, isEscalated: isEscalatedNow }, now);
  });
}

const nothingDue = { code: 'decision.not-ready', params: {} } as const;
