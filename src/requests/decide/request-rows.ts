/** The uploader of a checked file requests its good rows. */

import { setPlan } from '../../approvals/approvals-store.ts';
import { routeStored } from '../../approvals/route-checked.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { unlessRequestedTwice } from '../check/requested-usernames.ts';
import { asked } from '../model/decision-transitions.ts';
import type { Actor } from '../model/transition.ts';
import { countWrongRows } from '../repair/repair-store.ts';
import { readRowCounts } from '../store/requests-store.ts';
import type { Prepared } from './prepared.ts';

/** Requests the good rows for the uploader; whether an approval is needed is found out now. */
export async function prepareAsk(
  services: Services,
  record: RequestRecord,
  actor: Actor & { readonly contentHash?: string | null | undefined },
): Promise<Prepared | Problem> {
  const instanceClient = services.instanceClients.get(record.instance);
  if (!instanceClient) return problem('form.unknown-instance', { instance: record.instance });
  const { waiting } = await readRowCounts(services.db, record.id);
  if (waiting === 0) return problem('offer.nothing-valid');
  const { corrected } = await countWrongRows(services.db, record.id);
  if (corrected > 0) return problem('offer.unchecked');
  const route = await routeStored(services, instanceClient, record);
  if ('code' in route) return route;
  return {
    async transition(head, now, tx) {
      const next = asked(head, actor, route, now);
      const transition = await unlessRequestedTwice(tx, record, next, ['waiting']);
      if (transition.ok) await setPlan(tx, head.id, { ...route, voided: null });
      return transition;
    },
  };
}
