/** A card's lines about approvals: how many, by whom, under which rule. Pure. */
import type { RichTextElement } from '@slack/types';
import type { Problem } from '../errors/problem.ts';
import { countsPerStage, type GivenApproval, type Plan } from '../policy/approver.ts';
import type { Stage } from '../policy/rule.ts';
import { fewNames, listed } from '../text/lists.ts';
import { bold, type Inline, link, moment } from './rich-text.ts';

export type ApprovalFacts = {
  /** Null for a request from before rules existed. */
  readonly plan: Plan | null;
  /** Approvals that count. */
  readonly given: readonly GivenApproval[];
  /** What changed when earlier approvals were last voided; null when none were. */
  readonly voided: readonly string[] | null;
};

/** `1 of 2 approvals (Ari Admin) · open until …`, one line per stage when there are several. */
export function approvalLines(facts: ApprovalFacts, expiresAt: Date | null): Inline[][] {
  const until: Inline[] = expiresAt ? [' · open until ', moment(expiresAt)] : [];
  const { plan, given } = facts;
  const stages = plan?.approval.stages ?? [];
  const rows =
    plan && stages.length > 0
      ? stages.map((stage, index) => stageLine(plan, given, stage, index))
      : [['Needs 1 approval from somebody with Users – Create']];
  const last = rows.pop() ?? [];
  const needed = stages.reduce((sum, { count }) => sum + count, 0);
  const signIn = plan?.approval.stepUp
    ? [` · ${needed > 1 ? 'each ' : ''}after a fresh sign-in`]
    : [];
  return [...voidedLines(facts), ...rows, [...last, ...signIn, ...until]];
}

function stageLine(
  plan: Plan,
  given: readonly GivenApproval[],
  stage: Stage,
  index: number,
): Inline[] {
  const isOnly = plan.approval.stages.length === 1;
  const have = countsPerStage(plan, given)[index] ?? 0;
  const people = given
    .filter((approval) => approval.stage === index)
    .map(({ personName }) => personName);
  const from = mentionsOf(stage);
  const many = stage.count > 1;
  const label: Inline[] = isOnly ? [] : [bold(stage.name), ': '];
  if (have === 0) {
    const words = `${isOnly ? 'Needs' : 'needs'} ${stage.count} approval${many ? 's' : ''} from `;
    const who: Inline[] =
      from.length > 0
        ? from
        : [many ? 'people with Users – Create' : 'somebody with Users – Create'];
    return [...label, words, ...who];
  }
  const done = have >= stage.count ? '✅ ' : '';
  const rest: Inline[] = have < stage.count && from.length > 0 ? [' · from ', ...from] : [];
  return [
    ...label,
    `${done}${have} of ${stage.count} approval${many ? 's' : ''} (${fewNames(people)})`,
    ...rest,
  ];
}

/** The people of a stage as mentions, which makes Slack notify them when the card appears. */
export function mentionsOf(who: {
  readonly usergroups: readonly string[];
  readonly people: readonly string[];
}): Inline[] {
  const named: RichTextElement[] = [
    ...who.usergroups.map((id): RichTextElement => ({ type: 'usergroup', usergroup_id: id })),
    ...who.people.map((id): RichTextElement => ({ type: 'user', user_id: id })),
  ];
  return named.flatMap((element, index) => (index === 0 ? [element] : [', ', element]));
}

function voidedLines({ voided }: ApprovalFacts): Inline[][] {
  return voided && voided.length > 0
    ? [['↩️ ', bold('It changed, so it asks again: '), `${voided.join('; ')}.`]]
    : [];
}

/** Names of the rules that represent the policy's short form, which are not shown because nobody wrote them. */
const shortForm = ['mayRequest', 'approval', 'approval.needed'];

/** The form's information about the approval before the request is sent. */
export type LikelyApproval = {
  /** How many have to approve. */
  readonly needed: number;
  /** Names of people who could, as far as they are known. */
  readonly approvers: readonly string[];
  readonly areMore: boolean;
  /** How many people are told when it is sent. */
  readonly told: number;
  /** Too few people could approve. */
  readonly warning: Problem | null;
};

/** Who could approve, and how many people are notified immediately; '' while neither is known. */
export function whoDecides({ approvers, areMore, told }: LikelyApproval): string {
  const names = [...approvers, ...(areMore && approvers.length > 0 ? ['others'] : [])];
  return [
    ...(names.length > 0 ? [`${listed(names)} can approve it.`] : []),
    ...(told > 0 ? [`${told === 1 ? '1 person' : `${told} people`} will be notified.`] : []),
  ].join(' ');
}

export function approvalsNeeded(approvals: number): string {
  return approvals === 1
    ? '1 approval from somebody with Users – Create'
    : `${approvals} approvals from people with Users – Create`;
}

/** The rule that decides, and the ticket; empty when the policy has no rules. */
export function policyLines({ plan }: ApprovalFacts): Inline[][] {
  if (!plan) return [];
  const { ticket, rule } = plan;
  const rows: Inline[][] = [];
  if (ticket)
    rows.push([bold('Ticket'), ' ', ticket.link ? link(ticket.link, ticket.id) : ticket.id]);
  if (!shortForm.includes(rule)) rows.push([bold('Policy'), ` ${rule}`]);
  return rows;
}
