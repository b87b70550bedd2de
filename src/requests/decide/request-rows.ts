/** The uploader of a checked file requests its valid rows, with a reason if the policy requires one. */

import { setPlan } from '../../approvals/approvals-store.ts';
import { routeStored } from '../../approvals/route-checked.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { rulesOf } from '../../policy/read-rules.ts';
import { reasonWanted } from '../../policy/verdict.ts';
import type { Services } from '../../services.ts';
import type { JobData } from '../../storage/queues.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { unlessUsernameRequested } from '../check/requested-usernames.ts';
import { rowsRequested } from '../model/decision-transitions.ts';
import type { Actor } from '../model/transition.ts';
import { countWrongRows } from '../store/files-store.ts';
import { readRequest, readRowCounts, setReason } from '../store/requests-store.ts';
import type { FormServices } from '../submit/permitted-instances.ts';
import type { Prepared } from './prepared-step.ts';

type AskWanted = Extract<JobData<'decide'>['what'], { readonly kind: 'ask' }>;

/** Requests the valid rows for the uploader; whether an approval is needed is determined now. */
export async function prepareRowsRequest(
  services: Services,
  record: RequestRecord,
  actor: Actor,
  { contentHash, reason: given }: AskWanted,
): Promise<Prepared | Problem> {
  const instanceClient = services.instanceClients.get(record.instance);
  if (!instanceClient) return problem('form.unknown-instance', { instance: record.instance });
  const { waiting } = await readRowCounts(services.db, record.id);
  if (waiting === 0) return problem('offer.nothing-valid');
  const { corrected } = await countWrongRows(services.db, record.id);
  if (corrected > 0) return problem('offer.unchecked');
  const reason = given === undefined ? record.reason : given || null;
  const route = await routeStored(services, instanceClient, { ...record, reason });
  if ('code' in route) return route;
  return {
    async transition(head, now, tx) {
      const next = rowsRequested(head, { ...actor, contentHash }, route, now);
      const transition = await unlessUsernameRequested(tx, record, next, ['waiting']);
      if (transition.ok) await setPlan(tx, head.id, { ...route, voided: null });
      if (transition.ok && given !== undefined) await setReason(tx, head.id, reason);
      return transition;
    },
  };
}

export type MissingReason = {
  readonly problem: Problem;
  /** Whether the policy requires it independent of the rows. */
  readonly isSure: boolean;
  /** The reason that was given with the file. */
  readonly before: string | null;
};

/**
 * What the policy may require in addition before the rows of a file are requested, without a call to Slack or
 * Connect; null when there is nothing, or when this person may not request them.
 *
 * @param reason the current reason; when left out, the one that was given with the file
 */
export async function readMissingReason(
  services: FormServices,
  requestId: number,
  personId: string,
  reason?: string,
): Promise<MissingReason | null> {
  const record = await readRequest(services.intake, requestId);
  const config = record && services.instanceClients.get(record.instance)?.config;
  if (record?.state !== 'offered' || record.requester_id !== personId || !config) return null;
  const { waiting } = await readRowCounts(services.intake, requestId);
  const offer = services.offers.peek(personId);
  const known = offer?.instances.find(({ alias }) => alias === config.alias)?.requester ?? null;
  const before = record.reason;
  const wanted = waiting > 0 && reasonWanted(rulesOf(config), known, waiting, reason ?? before);
  return wanted ? { ...wanted, before } : null;
}
