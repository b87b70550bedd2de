/** Checks whether cards, receipts, direct messages and results files agree with the users in Amazon Connect. */
import {
  type Evidence,
  type Finding,
  type MessageFact,
  type RequestFact,
  requestName,
  tagOf,
  type UserFact,
} from './evidence.ts';

/** The text that the card of a request must show, by final state. */
const endWords: Readonly<Record<string, RegExp>> = {
  done: /\d+ (created|failed)|0 created/,
  denied: /Denied by/,
  cancelled: /Withdrawn by/,
  expired: /Nobody decided in time/,
  rejected: /Not sent/,
};

/** The texts that the card of a finished request may show. */
const retry = /^(?:Retry \d+ failed|Evidence)$/;

/** States whose cards keep a button: to retry failed rows, or to show the evidence. */
const ended = new Set(['done', 'denied', 'expired']);

export function findUntrue(evidence: Evidence): Finding[] {
  return evidence.requests
    .filter((request) => Object.hasOwn(endWords, request.state))
    .flatMap((request) =>
      untrueOf(evidence, request).map(
        (detail): Finding => ({ kind: 'untrue', where: requestName(request.id), detail }),
      ),
    );
}

/** Findings about one request that has ended. */
function untrueOf(evidence: Evidence, request: RequestFact): string[] {
  const messages = evidence.messages.filter((message) => message.request === request.id);
  const post = (key: string) => messages.find((message) => message.key === key);
  const users = evidence.users.filter((user) => user.tag.startsWith(`${requestName(request.id)}/`));
  const rows = [...rowTruths(request, users), ...resultTruths(evidence, request, users)];
  return [...rows, ...cardTruths(request, post('card'), users), ...endTruths(request, post, users)];
}

/** Compares the database with Connect. */
function rowTruths(request: RequestFact, users: readonly UserFact[]): string[] {
  return request.rows.flatMap((row) => {
    const ours = users.find((user) => user.tag === tagOf(request, row.position));
    const said = `row ${row.position} (${row.username}) counts as ${row.state}`;
    if (row.state === 'created' && ours?.id !== row.userId) {
      return [`${said} with user ${row.userId}, and Connect holds ${ours?.id ?? 'nobody'}`];
    }
    return row.state !== 'created' && ours
      ? [`${said}, and Connect holds our user ${ours.id}`]
      : [];
  });
}

function cardTruths(
  request: RequestFact,
  card: MessageFact | undefined,
  users: readonly UserFact[],
): string[] {
  // Rows that were never requested, or were rejected by the check, have no card.
  if (!card) return request.approved ? ['there is no card'] : [];
  const found: string[] = [];
  const keepsAction = (button: string) => !retry.test(button) || !ended.has(request.state);
  const remaining = card.buttons.filter(keepsAction);
  if (remaining.length > 0) found.push(`its card still has ${remaining.join(', ')}`);
  const words = endWords[request.state];
  if (words && !words.test(card.text)) {
    found.push(`it is ${request.state}, and its card says: ${card.text}`);
  }
  if (request.state !== 'done') return found;
  const said = number(/(\d+) created/, card.text);
  if (said !== users.length) {
    found.push(`its card says ${said} created, and Connect holds ${users.length}`);
  }
  const cancelled = request.rows.filter((row) => row.state === 'cancelled').length;
  const failed = request.rows.filter((row) => row.state === 'failed').length;
  // A request from a form has no remaining rows to cancel; its card counts rows that were not created as failed.
  const wanted = request.source === 'form' ? failed + cancelled : failed;
  const saidFailed = number(/(\d+) failed/, card.text);
  if (saidFailed !== wanted) found.push(`its card says ${saidFailed} failed, not ${wanted}`);
  return found;
}

/** The receipt in the thread, and the direct message to the requester. */
function endTruths(
  request: RequestFact,
  post: (key: string) => MessageFact | undefined,
  users: readonly UserFact[],
): string[] {
  if (request.state !== 'done') return [];
  const created = users.length;
  const ids = (text: string) => users.every((user) => text.includes(user.id));
  return ['receipt', 'dm-ended'].flatMap((key) => {
    const message = post(key);
    if (!message) return [`there is no message “${key}”`];
    const { text } = message;
    const isTrue =
      request.source === 'form'
        ? count(/ is ready in \S+\./g, text) === created && (key !== 'receipt' || ids(text))
        : number(/(\d+) (?:of \d+ users|created)/, text) === created;
    return isTrue ? [] : [`“${key}” does not say ${created} created: ${text}`];
  });
}

function resultTruths(
  evidence: Evidence,
  request: RequestFact,
  users: readonly UserFact[],
): string[] {
  if (request.source === 'form' || request.state !== 'done') return [];
  const lines = evidence.results.get(request.id);
  if (!lines) return ['there is no results file'];
  const created = lines.filter((line) => line.status === 'created');
  const found = created
    .filter(
      (line) => !users.some((user) => user.id === line.userId && user.username === line.username),
    )
    .map((line) => `the results file says ${line.username} is ${line.userId}, and nobody is`);
  if (created.length !== users.length) {
    found.push(
      `the results file says ${created.length} created, and Connect holds ${users.length}`,
    );
  }
  return found;
}

/** The first number that the pattern matches, or 0: “2 failed” is left out when no row failed. */
function number(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1] ?? 0);
}

function count(pattern: RegExp, text: string): number {
  return [...text.matchAll(pattern)].length;
}
