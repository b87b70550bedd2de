/** Files that somebody handed in become stored requests, once, however often Slack tells of them (H5). */
import { appendEvent } from '../../audit/store.ts';
import type { InstanceConfig } from '../../config/config.ts';
import type { Services } from '../../services.ts';
import type { Tx } from '../../storage/database.ts';
import type { Actor } from '../model/transition.ts';
import { insertRequestFile } from '../store/files-store.ts';
import { submittedEvent } from '../store/history-store.ts';
import { insertRequest, rememberDelivery } from '../store/requests-store.ts';
import { enqueue } from '../store/step.ts';

/** What was handed in at once: one message, or one form. */
export type HandedFiles = {
  readonly files: readonly HandedFile[];
  readonly requester: Actor;
  readonly instance: InstanceConfig;
  readonly reason: string | null;
  /** The message whose thread gets the answers; null for files from the form. */
  readonly origin: { readonly channel: string; readonly threadTs: string } | null;
};

export type HandedFile = {
  /** What makes it this file handed in this way: the message and the file, or the shortcut's trigger. */
  readonly deliveryId: string;
  readonly slackFileId: string;
  readonly name: string;
};

/** A file and the request that it became, as the audit trail keeps it. */
export type Submitted = { readonly requestId: number; readonly file: string };

/**
 * Stores every file as a request of its own and has it read. Answers the numbers of the new ones: a file that
 * was stored before is not stored again.
 */
export function submitFiles(services: Services, handed: HandedFiles): Promise<number[]> {
  return services.db.transaction().execute(async (tx) => {
    const submitted: Submitted[] = [];
    for (const file of handed.files) {
      const requestId = await insertFile(services, tx, handed, file);
      if (requestId !== null) submitted.push({ requestId, file: file.name });
    }
    for (const { requestId, file } of submitted) {
      const details = { file, together: submitted };
      const event = { kind: submittedEvent, actor: handed.requester.id, details };
      await appendEvent(tx, requestId, event, services.now());
      await enqueue(services, tx, requestId, { queue: 'check' });
      await enqueue(services, tx, requestId, { queue: 'publish' });
    }
    return submitted.map(({ requestId }) => requestId);
  });
}

async function insertFile(
  services: Services,
  tx: Tx,
  handed: HandedFiles,
  file: HandedFile,
): Promise<number | null> {
  const now = services.now();
  const delivery = { id: file.deliveryId, kind: 'file', receivedAt: now };
  if (!(await rememberDelivery(tx, delivery))) return null;
  const { requester, instance, reason, origin } = handed;
  const requestId = await insertRequest(tx, {
    instance: instance.alias,
    source: 'file',
    requesterId: requester.id,
    requesterName: requester.name,
    reason,
    requestsChannel: instance.requestsChannel,
    createdAt: now,
  });
  await insertRequestFile(tx, {
    requestId,
    slackFileId: file.slackFileId,
    name: file.name,
    channel: origin?.channel ?? null,
    threadTs: origin?.threadTs ?? null,
  });
  return requestId;
}
