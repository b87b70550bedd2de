/** Derives the findings from the facts at the end of a run. Pure. */
import {
  type Evidence,
  type Finding,
  type RequestFact,
  type RowFact,
  requestName,
  tagOf,
  type UserFact,
} from './evidence.ts';
import { findUntrue } from './verdict-messages.ts';

export function judge(evidence: Evidence): Finding[] {
  return [
    ...findLost(evidence),
    ...findDoubled(evidence),
    ...findStuck(evidence),
    ...findUntrue(evidence),
    ...findPostedTwice(evidence),
    ...findUnapproved(evidence),
  ];
}

const ends = ['done', 'rejected', 'denied', 'cancelled', 'expired'];
/** Rows of a file that were never part of the request. */
const leftOut = ['wrong', 'skipped'];

export function approvedRows(request: RequestFact): readonly RowFact[] {
  return request.approved ? request.rows.filter((row) => !leftOut.includes(row.state)) : [];
}

export function usersByTag(users: readonly UserFact[]): Map<string, UserFact[]> {
  return Map.groupBy(users, (user) => user.tag);
}

/** Approved rows without a user in Connect whose failure was not reported to anybody. */
export function findLost(evidence: Evidence): Finding[] {
  const users = usersByTag(evidence.users);
  const found: Finding[] = [];
  for (const request of evidence.requests) {
    if (!ends.includes(request.state)) continue;
    for (const row of approvedRows(request)) {
      if (users.has(tagOf(request, row.position)) || isReported(evidence, request, row)) continue;
      const detail = `row ${row.position} (${row.username}) is nobody in Connect, and no failure was reported; the database says ${row.state}`;
      found.push({ kind: 'lost', where: requestName(request.id), detail });
    }
  }
  const known = new Set(
    evidence.requests.flatMap((request) => request.rows.map((row) => row.username)),
  );
  for (const username of evidence.acknowledged.filter((username) => !known.has(username))) {
    const detail = 'Slack showed this form as sent, and no request holds it';
    found.push({ kind: 'lost', where: `the form for ${username}`, detail });
  }
  return found;
}

/** Whether people were told that this row was not created, and why. */
function isReported(evidence: Evidence, request: RequestFact, row: RowFact): boolean {
  if (request.source === 'form') {
    const receipt = evidence.messages.find(
      (message) => message.request === request.id && message.key === 'receipt',
    );
    return receipt?.text.includes(`(${row.username}) was not created`) ?? false;
  }
  const line = evidence.results.get(request.id)?.find((result) => result.username === row.username);
  if (!line) return false;
  // Cancelled rows need no reason, because the card names the person who cancelled them.
  return line.status === 'not created' || (line.status === 'failed' && line.problem !== '');
}

export function findDoubled({ users, creates }: Evidence): Finding[] {
  const found: Finding[] = [];
  for (const [tag, same] of usersByTag(users)) {
    if (same.length < 2) continue;
    const names = same.map((user) => user.username).join(', ');
    found.push({ kind: 'doubled', where: tag, detail: `${same.length} users: ${names}` });
  }
  for (const [tag, same] of Map.groupBy(creates, (create) => create.tag)) {
    if (same.length < 2) continue;
    const detail = `CreateUser took effect ${same.length} times`;
    found.push({ kind: 'doubled', where: tag, detail });
  }
  return found;
}

export function findStuck({ requests, unanswered }: Evidence): Finding[] {
  const open = requests
    .filter((request) => !ends.includes(request.state))
    .map((request): Finding => {
      const rows = Map.groupBy(request.rows, (row) => row.state);
      const counts = [...rows].map(([state, same]) => `${same.length} ${state}`).join(', ');
      const detail = `still ${request.state} at the end: ${counts}`;
      return { kind: 'stuck', where: requestName(request.id), detail };
    });
  const silent = unanswered.map(
    (where): Finding => ({ kind: 'stuck', where, detail: 'nobody ever answered it' }),
  );
  return [...open, ...silent];
}

/** The same post of a request in two messages, or the same file twice in one thread. */
export function findPostedTwice({ messages }: Evidence): Finding[] {
  const posts = messages.flatMap((message) =>
    message.request === null
      ? message.files.map((name) => ({ message, what: `${name} under ${message.threadTs}` }))
      : [{ message, what: `${requestName(message.request)} ${message.key}` }],
  );
  return [...Map.groupBy(posts, (post) => post.what)].flatMap(([where, same]): Finding[] => {
    if (same.length < 2) return [];
    const places = same.map(({ message }) => `${message.channel} ${message.ts}`).join(' and ');
    return [{ kind: 'posted-twice', where, detail: places }];
  });
}

/** Users with the tag of a row that was never approved (H2). */
export function findUnapproved({ requests, users }: Evidence): Finding[] {
  const allowed = new Set(
    requests.flatMap((request) => approvedRows(request).map((row) => tagOf(request, row.position))),
  );
  return users
    .filter((user) => !allowed.has(user.tag))
    .map((user) => ({
      kind: 'unapproved',
      where: user.tag,
      detail: `${user.username} exists in Connect, and nobody approved that row`,
    }));
}
