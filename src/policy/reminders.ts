/** What becomes due while a request waits: reminders, a last warning, an escalation. Pure. */
import type { Plan } from './approver.ts';
import type { Approval } from './rule.ts';

/** A warning comes at this share of the time that a request is open. */
const warningShare = 0.75;

/** When each step becomes due, in milliseconds since the approval was requested; each once, in order. */
export function reminderTimes(approval: Approval): number[] {
  const { remindAfterMs, escalation, expiresAfterMs } = approval;
  const times = [
    ...remindAfterMs,
    expiresAfterMs * warningShare,
    ...(escalation ? [escalation.afterMs] : []),
  ];
  return [...new Set(times.filter((ms) => ms < expiresAfterMs))].toSorted((a, b) => a - b);
}

/** How many messages are due by then, and whether more people may approve. */
export function remindersDueBy(
  approval: Approval,
  sinceMs: number,
): { readonly reminders: number; readonly isEscalated: boolean } {
  const { remindAfterMs, escalation, expiresAfterMs } = approval;
  const warning = sinceMs >= expiresAfterMs * warningShare ? 1 : 0;
  return {
    reminders: remindAfterMs.filter((ms) => ms <= sinceMs).length + warning,
    isEscalated: escalation !== null && sinceMs >= escalation.afterMs,
  };
}

/** The plan, including the additional approvers since the escalation. */
export function withEscalation<Asked extends Pick<Plan, 'approval'>>(
  plan: Asked,
  isEscalated: boolean,
): Asked {
  const { escalation, stages } = plan.approval;
  if (!isEscalated || !escalation) return plan;
  const widened = stages.map((stage) =>
    stage.people.length === 0 && stage.usergroups.length === 0
      ? stage
      : {
          ...stage,
          people: [...stage.people, ...escalation.people],
          usergroups: [...stage.usergroups, ...escalation.usergroups],
        },
  );
  return { ...plan, approval: { ...plan.approval, stages: widened } };
}
