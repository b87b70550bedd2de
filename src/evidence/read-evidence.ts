/** Gathers the evidence of a request out of the database. */
import { readEventsOf } from '../audit/store.ts';
import { requestNumber } from '../messages/request-view-model.ts';
import { readRequest, readRows } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import type { Evidence } from './evidence.ts';

export async function readEvidence(
  services: Pick<Services, 'db'>,
  requestId: number,
): Promise<Evidence> {
  const record = await readRequest(services.db, requestId);
  if (!record) throw new Error(`there is no request ${requestId}`);
  const events = await readEventsOf(services.db, requestId);
  const rows = await readRows(services.db, requestId);
  const sends = Map.groupBy(
    events.filter(({ details }) => typeof details.awsRequestId === 'string'),
    ({ details }) => Number(details.row),
  );
  return {
    request: requestNumber(requestId),
    instance: record.instance,
    requester: { id: record.requester_id, name: record.requester_name },
    reason: record.reason,
    askedAt: record.created_at.toISOString(),
    endedAt: record.ended_at?.toISOString() ?? null,
    outcome: record.state,
    rule: record.plan?.rule ?? null,
    policyHash: record.plan?.policyHash ?? null,
    decision: record.decision,
    binding: record.binding,
    rows: rows.map((row) => ({
      row: row.line ?? row.position,
      username: row.new_user?.username ?? row.draft.username ?? '',
      state: row.state,
      userId: row.user_id,
      userArn: row.user_arn,
      awsRequestIds: (sends.get(row.position) ?? []).map(({ details }) =>
        String(details.awsRequestId),
      ),
    })),
    events,
  };
}
