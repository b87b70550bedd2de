/** The complete record of one request, for questions long afterward: as data, and as a page. Pure. */

import type { Binding } from '../policy/approval-binding.ts';
import type { StoredDecision } from '../requests/model/stored-decision.ts';
import { requestNumber } from '../text/request-number.ts';
import { type KeptMessage, mostVersionsPerPerson } from './thread-messages-store.ts';

export type EvidenceRow = {
  readonly row: number;
  readonly username: string;
  readonly state: string;
  readonly userId: string | null;
  readonly userArn: string | null;
  readonly awsRequestIds: readonly string[];
};

export type Evidence = {
  readonly request: string;
  readonly instance: string;
  readonly requester: { readonly id: string; readonly name: string };
  readonly reason: string | null;
  readonly askedAt: string;
  readonly endedAt: string | null;
  readonly outcome: string;
  readonly rule: string | null;
  readonly policyHash: string | null;
  readonly decision: StoredDecision | null;
  /** What was approved: the hash of the rows, and the permissions of the profiles at that moment. */
  readonly binding: Binding | null;
  readonly rows: readonly EvidenceRow[];
  /** Messages in the card's thread while the request was open, with every version. */
  readonly thread: readonly KeptMessage[];
  /** Events of the audit trail, with their place in the chain. */
  readonly events: readonly {
    readonly seq: number;
    readonly hash: string;
    readonly at: string;
    readonly kind: string;
    readonly actor: string;
    readonly details: Readonly<Record<string, unknown>>;
  }[];
};

export function evidenceJson(evidence: Evidence): string {
  return `${JSON.stringify(evidence, null, 2).replace(directions, (sign) => `\\u${hexOf(sign)}`)}\n`;
}

/** Text from people is written as code, so that Markdown does not interpret it (H6). */
export function evidencePage(evidence: Evidence): string {
  const { decision, binding } = evidence;
  const approvers =
    decision?.approvers ??
    (decision
      ? [{ id: decision.by, name: decision.byName, at: decision.at, ground: decision.ground }]
      : []);
  return [
    `# Evidence for ${evidence.request}`,
    '',
    `- Instance: ${code(evidence.instance)}`,
    `- Requested by ${code(evidence.requester.name)} (${code(evidence.requester.id)}) at ${evidence.askedAt}`,
    ...(evidence.reason ? [`- Reason: ${code(evidence.reason)}`] : []),
    `- Outcome: ${evidence.outcome}${evidence.endedAt ? ` at ${evidence.endedAt}` : ''}`,
    `- Rule of the policy: ${code(evidence.rule ?? 'none')}, policy ${code(evidence.policyHash ?? 'unknown')}`,
    '',
    '## Who decided',
    '',
    ...approvers.map(({ id, name, at, ground }) => {
      const through = ground?.profiles.join(', ') ?? '';
      const as = ground?.connectUser ? ` as the Connect user ${code(ground.connectUser)}` : '';
      const held = through ? `, holding Users – Create through ${code(through)}` : '';
      const kind = ground ? ` (${ground.kind})` : '';
      const place = ground?.deputyFor ? `, as the deputy of ${code(ground.deputyFor)}` : '';
      const { signIn } = ground ?? {};
      const how = signIn?.acr ? ` by ${code(signIn.acr)}` : '';
      const fresh = signIn
        ? `, signed in at ${code(signIn.issuer)} at ${signIn.authTime}${how} (subject ${code(signIn.subjectHash)})`
        : '';
      return `- ${code(name)} (${code(id)}) ${decision?.kind ?? ''} at ${at}${as}${held}${place}${fresh}${kind}`;
    }),
    ...(decision?.reason ? [`- Their reason: ${code(decision.reason)}`] : []),
    '',
    '## What was agreed to',
    '',
    `- Hash of the rows: ${code(binding?.contentHash ?? decision?.contentHash ?? 'none')}`,
    `- Hash of the rows with what the profiles gave: ${code(decision?.bindingHash ?? 'none')}`,
    ...(binding?.profiles ?? []).map(
      ({ name, id, permissions }) =>
        `- ${code(name)} (${code(id)}): ${permissions.map(code).join(', ')}`,
    ),
    '',
    ...threadLines(evidence),
    '## What became of every row',
    '',
    '| Row | Username | Outcome | User id | ARN | AWS request ids |',
    '|---|---|---|---|---|---|',
    ...evidence.rows.map(
      ({ row, username, state, userId, userArn, awsRequestIds }) =>
        `| ${row} | ${code(username)} | ${state} | ${userId ?? ''} | ${userArn ?? ''} | ${awsRequestIds.join(', ')} |`,
    ),
    '',
    '## The audit trail',
    '',
    '| Event | At | What | By | Hash |',
    '|---|---|---|---|---|',
    ...evidence.events.map(
      ({ seq, at, kind, actor, hash }) => `| ${seq} | ${at} | ${kind} | ${actor} | ${hash} |`,
    ),
    '',
    'Check the chain with `npm run audit -- verify`; every event of the request: ' +
      `\`npm run audit -- show ${evidence.request}\`.`,
    '',
  ].join('\n');
}

function threadLines({ thread }: Evidence): string[] {
  if (thread.length === 0) return [];
  return [
    '## What was written in the thread',
    '',
    ...thread.map(({ at, kind, by, text }) => {
      const who = `${code(by.name)} (${code(by.id)})`;
      return kind === 'deleted'
        ? `- ${at} ${who} deleted a message`
        : `- ${at} ${who}${kind === 'changed' ? ' changed it to' : ''}: ${code(text)}`;
    }),
    ...[...Map.groupBy(thread, ({ by }) => by.id).values()].flatMap((versions) => {
      const [first] = versions;
      if (!first || versions.length < mostVersionsPerPerson) return [];
      const who = `${code(first.by.name)} (${code(first.by.id)})`;
      return [`- Of ${who} only the first ${mostVersionsPerPerson} are kept`];
    }),
    '',
  ];
}

/**
 * Characters that change the direction of the text after them, with which a line could be made to read differently.
 */
const directions = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

function hexOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).padStart(4, '0');
}

function code(text: string): string {
  const oneLine = text
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .replace(directions, (sign) => `\\u{${hexOf(sign)}}`);
  const longest = Math.max(0, ...(oneLine.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${oneLine} ${fence}` : `${fence}${oneLine}${fence}`;
}

export function evidenceName(requestId: number, kind: 'md' | 'json'): string {
  return `${requestNumber(requestId)}-evidence.${kind}`;
}
