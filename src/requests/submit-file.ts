/** A file that somebody handed in becomes a stored request, once, however often Slack tells of it (H5). */
import type { InstanceConfig } from '../config/config.ts';
import type { Services } from '../services.ts';
import { insertRequestFile } from './files-store.ts';
import { enqueue } from './step.ts';
import { insertAuditEvent, insertRequest, rememberDelivery } from './store.ts';
import type { Actor } from './transitions.ts';

export type HandedFile = {
  /** What makes it this file handed in this way: the message and the file, or the shortcut's trigger. */
  readonly deliveryId: string;
  readonly slackFileId: string;
  readonly name: string;
  readonly requester: Actor;
  readonly instance: InstanceConfig;
  readonly reason: string | null;
  /** The message whose thread gets the answers; null for a file from the form. */
  readonly origin: { readonly channel: string; readonly threadTs: string } | null;
};

/** Stores the file as a request of its own and has it read. Null when it was stored before. */
export function submitFile(services: Services, file: HandedFile): Promise<number | null> {
  const now = services.now();
  return services.db.transaction().execute(async (tx) => {
    const delivery = { id: file.deliveryId, kind: 'file', receivedAt: now };
    if (!(await rememberDelivery(tx, delivery))) return null;
    const requestId = await insertRequest(tx, {
      instance: file.instance.alias,
      source: 'file',
      requesterId: file.requester.id,
      requesterName: file.requester.name,
      reason: file.reason,
      requestsChannel: file.instance.requestsChannel,
      createdAt: now,
    });
    await insertRequestFile(tx, {
      requestId,
      slackFileId: file.slackFileId,
      name: file.name,
      channel: file.origin?.channel ?? null,
      threadTs: file.origin?.threadTs ?? null,
    });
    const details = { file: file.name };
    await insertAuditEvent(
      tx,
      requestId,
      { kind: 'submitted', actor: file.requester.id, details },
      now,
    );
    await enqueue(services, tx, requestId, { queue: 'check' });
    await enqueue(services, tx, requestId, { queue: 'publish' });
    return requestId;
  });
}
