/** Reads the evidence of a request from the database. */
import { readEventsOf } from '../audit/audit-store.ts';
import { readRequest, readRows } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import { requestNumber } from '../text/request-number.ts';
import type { Evidence } from './evidence.ts';
import { type KeptMessage, readThreadMessages } from './thread-messages-store.ts';

export async function readEvidence(
  services: Pick<Services, 'db' | 'people'>,
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
    thread: await readThread(services, requestId),
    events,
  };
}

/** A name that was unknown when the message arrived is looked up now; the id is kept when Slack does not answer. */
async function readThread(
  { db, people }: Pick<Services, 'db' | 'people'>,
  requestId: number,
): Promise<readonly KeptMessage[]> {
  const kept = await readThreadMessages(db, requestId);
  const unknown = new Set(kept.filter(({ by }) => by.name === by.id).map(({ by }) => by.id));
  const names = new Map<string, string>();
  for (const id of unknown) {
    const person = await people.person(id).catch(() => null);
    if (person) names.set(id, person.name);
  }
  return kept.map((message) => {
    const { id, name } = message.by;
    return { ...message, by: { id, name: names.get(id) ?? name } };
  });
}
