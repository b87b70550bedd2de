/** Files that a person submitted become stored requests, once, however often Slack delivers them (H5). */
import { appendEvent } from '../../audit/audit-store.ts';
import type { InstanceConfig } from '../../config/config.ts';
import type { Services } from '../../services.ts';
import { contentDigest } from '../../storage/content-digest.ts';
import type { Tx } from '../../storage/database.ts';
import type { Actor } from '../model/transition.ts';
import { claimDelivery, rememberDelivery, setDeliveryRequest } from '../store/deliveries-store.ts';
import { insertRequestFile, readRequestFile } from '../store/files-store.ts';
import { ownRequest, submittedEvent } from '../store/history-store.ts';
import { insertRequest } from '../store/requests-store.ts';
import { enqueue } from '../store/step.ts';

/** The files that were submitted together, in one message or one form. */
export type SubmittedFiles = {
  readonly files: readonly SubmittedFile[];
  readonly requester: Actor;
  readonly instance: InstanceConfig;
  readonly reason: string | null;
  /**
   * Nothing is created before; when absent, the message can contain a time, which is read when the file is checked.
   */
  readonly notBefore?: Date | null;
  /** The form with which they were submitted: it is stored once, whatever a second delivery of it contains. */
  readonly form?: { readonly deliveryId: string };
  /** The earlier request that this one replaces, corrected. */
  readonly replaces?: number | null;
  /** The message whose thread gets the answers; null for files from the form. */
  readonly origin: { readonly channel: string; readonly threadTs: string } | null;
};

/** Replaces the name of a file that Slack did not name, until files.info does. */
export const unnamedFile = 'file';

export type SubmittedFile = {
  /** The unique id of this file's submission: the message and the file, or the shortcut's trigger. */
  readonly deliveryId: string;
  /** The same submission in another way, such as by a button: only the first of the two is stored. */
  readonly otherDeliveryId?: string;
  readonly slackFileId: string;
  readonly name: string;
};

/** A file and the request that it became, for the audit trail. */
export type Submitted = { readonly requestId: number; readonly file: string };

/**
 * The outcome of the submission. `stored`: the numbers of the new requests; a file that was stored before is not
 * stored again. `again` and `changed`: the form was stored before, the second time with other content, which is not
 * stored. They contain the first request that it became.
 */
export type FilesOutcome =
  | { readonly kind: 'stored'; readonly requestIds: readonly number[] }
  | {
      readonly kind: 'again' | 'changed';
      readonly requestId: number;
      /** The file that was submitted the first time. */
      readonly file: string;
    };

/** Stores every file as a separate request and adds the job that reads it. */
export async function submitFiles(
  services: Services,
  handed: SubmittedFiles,
): Promise<FilesOutcome> {
  const outcome = await storeFiles(services, handed);
  if (outcome.kind !== 'stored') return outcome;
  const { instance, requester } = handed;
  const about = { instance: instance.alias, source: 'file', person: requester.id };
  for (const request of outcome.requestIds) {
    services.log.info({ request, ...about }, 'a request was received');
  }
  return outcome;
}

function storeFiles(services: Services, handed: SubmittedFiles): Promise<FilesOutcome> {
  const { form } = handed;
  return services.intake.transaction().execute(async (tx) => {
    if (form) {
      const said = [
        handed.instance.alias,
        handed.files.map((file) => file.slackFileId),
        handed.reason,
        ...(handed.notBefore ? [handed.notBefore.toISOString()] : []),
      ];
      const claim = await claimDelivery(tx, {
        id: form.deliveryId,
        kind: 'view_submission',
        receivedAt: services.now(),
        content: contentDigest(services.config, said),
      });
      if (claim.kind !== 'new') {
        const requestId = claim.requestId ?? 0;
        const file = (await readRequestFile(tx, requestId))?.name ?? '';
        return { kind: claim.kind, requestId, file };
      }
    }
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
    const [first] = submitted;
    if (form && first) await setDeliveryRequest(tx, form.deliveryId, first.requestId);
    return { kind: 'stored', requestIds: submitted.map(({ requestId }) => requestId) };
  });
}

async function insertFile(
  services: Services,
  tx: Tx,
  handed: SubmittedFiles,
  file: SubmittedFile,
): Promise<number | null> {
  const now = services.now();
  const { deliveryId, otherDeliveryId } = file;
  let isNew = true;
  for (const id of otherDeliveryId ? [deliveryId, otherDeliveryId] : [deliveryId]) {
    const isFirst = await rememberDelivery(tx, { id, kind: 'file', receivedAt: now });
    isNew &&= isFirst;
  }
  if (!isNew) return null;
  const { requester, instance, reason, notBefore = null, origin } = handed;
  const own = { requesterId: requester.id, instance: instance.alias };
  const requestId = await insertRequest(tx, {
    ...own,
    source: 'file',
    replaces: await ownRequest(tx, handed.replaces ?? null, own),
    requesterName: requester.name,
    reason,
    requestsChannel: instance.requestsChannel,
    createdAt: now,
    notBefore,
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
