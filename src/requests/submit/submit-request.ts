/** A submitted form becomes a stored request before the delivery is acknowledged (H5). */

import { appendEvent } from '../../audit/audit-store.ts';
import type { InstanceConfig } from '../../config/config.ts';
import { ProblemError, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { contentDigest } from '../../storage/content-digest.ts';
import { seal } from '../../storage/secrets.ts';
import type { UserDraft } from '../../users/new-user.ts';
import type { Actor } from '../model/transition.ts';
import { claimDelivery, setDeliveryRequest } from '../store/deliveries-store.ts';
import { ownRequest, submittedEvent } from '../store/history-store.ts';
import { insertRequest, insertRow, readRows, setPasswordCipher } from '../store/requests-store.ts';
import { enqueue } from '../store/step.ts';
import { insertStep } from './workflow-steps-store.ts';

export type Submission = {
  /** The unique id of this delivery: the view's id. */
  readonly deliveryId: string;
  readonly requester: Actor;
  readonly instance: InstanceConfig;
  readonly drafts: readonly UserDraft[];
  /** Slack ids of the new users, in the order of the drafts, if they were selected from Slack. */
  readonly members?: readonly string[];
  readonly reason: string | null;
  /** Slack's id of the run of a workflow's step that makes the request. */
  readonly workflowExecution?: string;
  /** Nothing is created before; absent: as soon as it is approved. */
  readonly notBefore?: Date | null;
  /** The request that it is sent again for, corrected. */
  readonly replaces?: number | null;
};

/**
 * The outcome of a submission. `again`: the same was stored before, as this request. `changed`: the same form was
 * stored before with other content, so this one was not stored and the person has to be informed.
 */
export type SubmitOutcome =
  | { readonly kind: 'stored'; readonly requestId: number }
  | {
      readonly kind: 'again' | 'changed';
      readonly requestId: number;
      /** The username that was requested the first time. */
      readonly username: string;
    };

/**
 * Stores the request as `received` and has it checked. A typed password is sealed immediately; it never reaches the
 * database in clear (H4).
 */
export async function submitRequest(
  services: Services,
  submission: Submission,
): Promise<SubmitOutcome> {
  const outcome = await storeSubmission(services, submission);
  if (outcome.kind !== 'stored') return outcome;
  const { instance, requester, drafts } = submission;
  const about = { instance: instance.alias, source: 'form', person: requester.id };
  const { requestId: request } = outcome;
  services.log.info({ request, ...about, rows: drafts.length }, 'a request was received');
  return outcome;
}

function storeSubmission(services: Services, submission: Submission): Promise<SubmitOutcome> {
  const now = services.now();
  const { deliveryId: id, requester, instance, drafts, reason, notBefore = null } = submission;
  const said = notBefore ? [reason, notBefore.toISOString()] : [reason];
  const content = contentDigest(services.config, [instance.alias, drafts, ...said]);
  return services.intake.transaction().execute(async (tx) => {
    const delivery = { id, kind: 'view_submission', receivedAt: now, content };
    const claim = await claimDelivery(tx, delivery);
    if (claim.kind !== 'new') {
      const { kind, requestId } = claim;
      const [row] = await readRows(tx, requestId ?? 0);
      return { kind, requestId: requestId ?? 0, username: row?.draft.username ?? '' };
    }
    const own = { requesterId: requester.id, instance: instance.alias };
    const requestId = await insertRequest(tx, {
      ...own,
      source: 'form',
      replaces: await ownRequest(tx, submission.replaces ?? null, own),
      requesterName: requester.name,
      reason,
      requestsChannel: instance.requestsChannel,
      createdAt: now,
      notBefore,
    });
    await setDeliveryRequest(tx, id, requestId);
    const { workflowExecution } = submission;
    if (workflowExecution !== undefined) await insertStep(tx, requestId, workflowExecution);
    for (const [index, { password, ...draft }] of drafts.entries()) {
      const position = index + 1;
      await insertRow(tx, requestId, position, draft, submission.members?.[index] ?? null);
      if (password) {
        const box = sealed(services, password, requestId, position);
        await setPasswordCipher(tx, requestId, position, box);
      }
    }
    const details = { rows: drafts.length };
    const event = { kind: submittedEvent, actor: requester.id, details };
    await appendEvent(tx, requestId, event, now);
    await enqueue(services, tx, requestId, { queue: 'check' });
    return { kind: 'stored', requestId };
  });
}

/** Binds a sealed password to its row, so that a box that is moved to another row cannot be opened. */
export function passwordContext(requestId: number, position: number): string {
  return `row:${requestId}:${position}`;
}

function sealed(
  services: Services,
  password: string,
  requestId: number,
  position: number,
): Uint8Array {
  const key = services.config.secretsKey;
  if (!key) throw new ProblemError(problem('form.not-saved'));
  return seal(key, password, passwordContext(requestId, position));
}
