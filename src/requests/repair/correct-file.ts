/** Stores the corrections of a file's requester in Slack, and has the corrected file checked again. */
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { RequestFileRecord, RequestRecord } from '../../storage/schema.ts';
import type { Correction } from '../../users/files/repair/corrections.ts';
import { whyMayNotSeeRows } from '../decide/may-see-rows.ts';
import { corrected } from '../model/repair-transitions.ts';
import { notReadyOrOver } from '../model/transition.ts';
import { rememberDelivery } from '../store/deliveries-store.ts';
import { readRequestFile } from '../store/files-store.ts';
import { headOf, readRequest } from '../store/requests-store.ts';
import { step } from '../store/step.ts';
import { addCorrection } from './repair-store.ts';

/** A file that its requester may correct now. */
export type RepairableFile = {
  readonly request: RequestRecord;
  readonly file: RequestFileRecord;
};

/** The file, or why this person cannot correct it now. */
export async function readRepairable(
  services: Services,
  requestId: number,
  personId: string,
): Promise<RepairableFile | Problem> {
  const request = await readRequest(services.db, requestId);
  const file = request && (await readRequestFile(services.db, requestId));
  if (!request || !file) return problem('request.unknown');
  const head = headOf(request);
  if (request.requester_id !== personId) {
    return whyNotUploader(services, request, personId);
  }
  return request.state === 'offered'
    ? { request, file }
    : notReadyOrOver(head, services.now(), { id: personId, name: request.requester_name });
}

/** The same, with the client of the file's instance; a problem also when the policy file no longer has the instance. */
export async function readRepairableWithClient(
  services: Services,
  requestId: number,
  personId: string,
): Promise<(RepairableFile & { readonly instanceClient: InstanceClient }) | Problem> {
  const found = await readRepairable(services, requestId, personId);
  if ('code' in found) return found;
  const { instance } = found.request;
  const instanceClient = services.instanceClients.get(instance);
  return instanceClient
    ? { ...found, instanceClient }
    : problem('form.unknown-instance', { instance });
}

/**
 * Why another person cannot correct it. The existence of the file and its sender are revealed only to people who may
 * see it.
 */
export async function whyNotUploader(
  services: Services,
  request: Pick<RequestRecord, 'id' | 'requester_name'>,
  personId: string,
): Promise<Problem> {
  const isHidden = (await whyMayNotSeeRows(services, request.id, personId)) !== null;
  return isHidden
    ? problem('request.unknown')
    : problem('repair.not-yours', { requester: request.requester_name });
}

/** The same refusal, for whoever may see it: a forged click or form can contain any request's number. */
export async function withoutUploader(
  services: Services,
  requestId: number,
  personId: string,
  why: Problem,
): Promise<Problem> {
  const { requester } = why.params;
  return why.code === 'repair.not-yours' && requester !== undefined
    ? whyNotUploader(services, { id: requestId, requester_name: String(requester) }, personId)
    : why;
}

export type CorrectionOfFile = {
  /** The unique id of this delivery: the view's id. A second delivery changes nothing (H5). */
  readonly deliveryId: string;
  readonly requestId: number;
  readonly personId: string;
  /** The check whose findings the person saw. */
  readonly revision: number;
  /** One answer for many rows; null to have the individually saved rows checked. */
  readonly correction: Correction | null;
};

/** Stores one answer for many rows and has the file checked again. Returns why not, or null. */
export async function correctFile(
  services: Services,
  { deliveryId, requestId, personId, revision, correction }: CorrectionOfFile,
): Promise<Problem | null> {
  let wasStored = false;
  const intake = { ...services, db: services.intake };
  const result = await step(intake, requestId, async (head, tx) => {
    const now = services.now();
    const delivery = { id: deliveryId, kind: 'correction', receivedAt: now };
    wasStored = !(await rememberDelivery(tx, delivery));
    const by = { id: personId, name: head.requesterName };
    const transition = corrected(head, by, { kind: correction?.kind ?? 'rows', revision }, now);
    if (!transition.ok) return transition;
    const file = await readRequestFile(tx, requestId);
    if (file?.revision !== revision) return { ok: false, problem: problem('repair.changed') };
    if (correction) await addCorrection(tx, requestId, correction);
    return transition;
  });
  if (result.ok || wasStored) return null;
  return withoutUploader(services, requestId, personId, result.problem);
}
