/** A submitted form becomes a stored request, before Slack is told that it arrived (H5). */

import { appendEvent } from '../../audit/store.ts';
import type { InstanceConfig } from '../../config/config.ts';
import { ProblemError, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { seal } from '../../storage/secrets.ts';
import type { UserDraft } from '../../users/new-user.ts';
import type { Actor } from '../model/transition.ts';
import { submittedEvent } from '../store/history-store.ts';
import {
  insertRequest,
  insertRow,
  rememberDelivery,
  setPasswordCipher,
} from '../store/requests-store.ts';
import { enqueue } from '../store/step.ts';

export type Submission = {
  /** What makes this delivery unique: the view's id. */
  readonly deliveryId: string;
  readonly requester: Actor;
  readonly instance: InstanceConfig;
  readonly drafts: readonly UserDraft[];
  readonly reason: string | null;
};

/**
 * Stores the request as `received` and has it checked. Answers its number, or null when this submission was
 * stored before. A typed password is sealed at once; it never reaches the database in clear (H4).
 */
export function submitRequest(services: Services, submission: Submission): Promise<number | null> {
  const now = services.now();
  return services.db.transaction().execute(async (tx) => {
    const delivery = { id: submission.deliveryId, kind: 'view_submission', receivedAt: now };
    if (!(await rememberDelivery(tx, delivery))) return null;
    const requestId = await insertRequest(tx, {
      instance: submission.instance.alias,
      source: 'form',
      requesterId: submission.requester.id,
      requesterName: submission.requester.name,
      reason: submission.reason,
      requestsChannel: submission.instance.requestsChannel,
      createdAt: now,
    });
    for (const [index, { password, ...draft }] of submission.drafts.entries()) {
      const position = index + 1;
      await insertRow(tx, requestId, position, draft);
      if (password) {
        const box = sealed(services, password, requestId, position);
        await setPasswordCipher(tx, requestId, position, box);
      }
    }
    const details = { rows: submission.drafts.length };
    const event = { kind: submittedEvent, actor: submission.requester.id, details };
    await appendEvent(tx, requestId, event, now);
    await enqueue(services, tx, requestId, { queue: 'check' });
    return requestId;
  });
}

/** Binds a sealed password to its row, so that a box moved to another row does not open. */
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
