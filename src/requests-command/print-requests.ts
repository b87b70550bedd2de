/** The output of `npm run requests`: for a person, and as JSON for a script. Pure. */
import { explain } from '../errors/problem.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';
import { requestNumber } from '../text/request-number.ts';
import { forTerminal } from '../text/terminal.ts';
import type { ListedRequest } from './list-store.ts';

/** One request as JSON. Names are those of the log and the documentation; times are in UTC. */
export function requestJson({ request, file, rows }: ListedRequest) {
  const { decision, hold, plan } = request;
  return {
    number: requestNumber(request.id),
    state: request.state,
    instance: request.instance,
    requester: { id: request.requester_id, name: request.requester_name },
    source: request.source,
    file,
    createdAt: request.created_at.toISOString(),
    endedAt: request.ended_at?.toISOString() ?? null,
    rule: plan?.rule ?? null,
    decision: decision && {
      kind: decision.kind,
      by: decision.by,
      name: decision.byName,
      at: decision.at,
      approvers: (decision.approvers ?? []).map(({ id, name, at }) => ({ id, name, at })),
    },
    hold: hold && { code: hold.code, message: explain(hold) },
    rows,
  };
}

/** Only checked values are shown, because the draft is typed text and can contain a password. */
export function rowJson(row: RowRecord) {
  const { new_user: user, problem } = row;
  return {
    row: row.position,
    state: row.state,
    username: user?.username ?? null,
    firstName: user?.firstName ?? null,
    lastName: user?.lastName ?? null,
    userId: row.user_id,
    userArn: row.user_arn,
    problem: problem && { code: problem.code, message: explain(problem) },
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

/** `CU-1042  done  production  2026-11-26T12:00:00Z  Tara Lead  november.csv  created 34, failed 2`. */
export function requestLine(listed: ListedRequest): string {
  const { request, file } = listed;
  const parts = [
    requestNumber(request.id),
    request.state,
    request.instance,
    whenOf(request),
    request.requester_name,
    file ?? 'form',
    countsOf(listed.rows),
  ];
  return forTerminal(parts.join('  '));
}

/** The request and its rows, one per line. */
export function requestText(listed: ListedRequest, rows: readonly RowRecord[]): string {
  const { decision, hold } = listed.request;
  const facts = [
    requestLine(listed),
    decision ? `  ${decision.kind} by ${decision.byName} (${decision.by}) at ${decision.at}` : '',
    hold ? `  ${hold.code}: ${explain(hold)}` : '',
    ...rows.map((row) => `  ${rowLine(row)}`),
  ];
  const lines = facts.filter((line) => line !== '');
  return `${lines.map(forTerminal).join('\n')}\n`;
}

function rowLine(row: RowRecord): string {
  const { row: position, state, username, userId, problem } = rowJson(row);
  const parts = [`row ${position}`, state, username ?? '', userId ?? '', problem?.message ?? ''];
  return parts.filter((part) => part !== '').join('  ');
}

function whenOf({ created_at: at }: RequestRecord): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}

function countsOf(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .map(([state, count]) => `${state} ${count}`)
    .join(', ');
}
