/** The sender of a file with missing columns assigns its columns, and the file is read again. */
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { type ColumnMapping, headerHash } from '../../users/files/mapping/column-mapping.ts';
import { mapped } from '../model/repair-transitions.ts';
import { rememberDelivery } from '../store/deliveries-store.ts';
import { readRequestFile } from '../store/files-store.ts';
import { headOf, readRequest } from '../store/requests-store.ts';
import { step } from '../store/step.ts';
import { type RepairableFile, whyNotUploader, withoutUploader } from './correct-file.ts';
import { clearRefusal, setMapping } from './mapping-store.ts';

/** The file and its header, or why this person cannot assign the columns. */
export async function readMappable(
  services: Services,
  requestId: number,
  personId: string,
): Promise<(RepairableFile & { readonly headers: readonly string[] }) | Problem> {
  const request = await readRequest(services.db, requestId);
  const file = request && (await readRequestFile(services.db, requestId));
  if (!request || !file) return problem('request.unknown');
  if (request.requester_id !== personId) return whyNotUploader(services, request, personId);
  const by = { id: personId, name: request.requester_name };
  const may = mapped(headOf(request), by, services.now());
  if (!may.ok) return may.problem;
  return file.headers ? { request, file, headers: file.headers } : problem('mapping.over');
}

/** Remembers the mapping for this header and person, and has the file read with it. Returns why not, or null. */
export async function mapColumns(
  services: Services,
  told: {
    readonly deliveryId: string;
    readonly requestId: number;
    readonly personId: string;
    readonly mapping: ColumnMapping;
  },
): Promise<Problem | null> {
  const { deliveryId, requestId, personId, mapping } = told;
  let wasStored = false;
  const intake = { ...services, db: services.intake };
  const result = await step(intake, requestId, async (head, tx) => {
    const now = services.now();
    const delivery = { id: deliveryId, kind: 'correction', receivedAt: now };
    wasStored = !(await rememberDelivery(tx, delivery));
    const transition = mapped(head, { id: personId, name: head.requesterName }, now);
    if (!transition.ok) return transition;
    const file = await readRequestFile(tx, requestId);
    if (!file?.headers) return { ok: false, problem: problem('mapping.over') };
    await setMapping(tx, personId, headerHash(file.headers), mapping, now);
    await clearRefusal(tx, requestId);
    return transition;
  });
  if (result.ok || wasStored) return null;
  return withoutUploader(services, requestId, personId, result.problem);
}
