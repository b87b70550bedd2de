/**
 * Checks whether somebody can approve: who holds Users – Create, which of them are in Slack, and whether each rule
 * can be satisfied.
 */

import { whyNotActive } from '../../auth/active-person.ts';
import { readAuthority } from '../../auth/authority.ts';
import { USERS_CREATE } from '../../auth/holdings.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { shortStage } from '../../policy/lint.ts';
import { withEscalation } from '../../policy/reminders.ts';
import type { Approval, Rule, Stage } from '../../policy/rule.ts';
import { slackFailureOf } from '../../slack/slack-failure.ts';
import { count } from '../../text/durations.ts';
import { type Finding, fail, pass, skip, warn } from '../check/line.ts';
import {
  type ApproverDeps,
  type ApproverSearch,
  approvalsIn,
  approversWanted,
  isOpen,
  mostLookedAt,
  type PossibleApprovers,
  peopleWanted,
} from './approver-search.ts';

/** @param deps null when Slack is not available */
export async function approvers(
  instanceClient: InstanceClient,
  search: ApproverSearch,
  deps: ApproverDeps | null,
): Promise<Finding> {
  const { users, profiles, isWhole } = await search.holders();
  if (users.length === 0) {
    return isWhole
      ? fail(
          'nobody holds Users – Create',
          'Give a security profile that holds it to those who approve.',
        )
      : warn(
          'nobody was found who holds Users – Create; not all security profiles were read',
          'Look at who holds it on the Amazon Connect website.',
        );
  }
  const number = `${isWhole ? '' : 'at least '}${count(users.length, 'user')}`;
  const hold = `${number} with Users – Create by ${profiles.join(', ')}`;
  if (!deps) return pass(`${hold}; who they are in Slack was not looked at`);
  const known = await search.inSlack(approversWanted(instanceClient.config));
  if (known.ids.length > 0) return pass(`${hold}; ${known.ids.length} found in Slack`);
  const some = users.slice(0, mostNamed).map(({ username }) => username);
  const named = `${some.join(', ')}${users.length > some.length ? ', …' : ''}`;
  const todo =
    'Look at identity in the policy (links, ways, emailDomains), or have them type /connect-add-user link.';
  return known.isWhole && deps.linksAreKnown
    ? fail(`${hold}, and none of them is anybody in Slack (${named})`, todo)
    : warn(`${hold}, and none of those looked for is anybody in Slack (${named})`, todo);
}

/** Enough to show an operator how usernames compare with email addresses. A longer list would not be read. */
const mostNamed = 3;

/** Problems of rules that depend on the current people and groups; problems of the file itself prevent the start. */
export async function rules(
  instanceClient: InstanceClient,
  search: ApproverSearch,
  deps: ApproverDeps,
): Promise<Finding> {
  const asking = approvalsIn(instanceClient.config);
  const judged = await Promise.all(
    asking.map(({ rule, approval }) => judge(instanceClient, search, { deps, rule, approval })),
  );
  const failed = judged.filter(({ status }) => status === 'fail');
  const worst = failed.length > 0 ? failed : judged.filter(({ status }) => status === 'warn');
  const [first] = worst;
  if (!first && judged.some(({ status }) => status === 'skip')) {
    return skip(`see connect.${instanceClient.config.alias}.approvers`);
  }
  if (!first) return pass(`${count(asking.length, 'rule')} looked at: approvals can be given`);
  const found = worst.slice(0, mostRules).map((finding) => finding.found);
  const more = worst.length - found.length;
  return {
    ...first,
    found: `${found.join('; ')}${more > 0 ? `; and ${more} more rules` : ''}`,
  };
}

/** More would not be read on one line. */
const mostRules = 3;

async function judge(
  instanceClient: InstanceClient,
  search: ApproverSearch,
  asked: { readonly deps: ApproverDeps; readonly rule: Rule; readonly approval: Approval },
): Promise<Finding> {
  const { deps, rule, approval } = asked;
  const wanted = peopleWanted(rule, approval);
  const peopleAble = (stage: Stage) => ableIn(instanceClient, search, { deps, stage, wanted });
  const ableOf = async (stages: readonly Stage[]) =>
    Promise.all(stages.map(async (stage) => ({ ...stage, ...(await peopleAble(stage)) })));
  const stages = await ableOf(approval.stages);
  const short = shortStage(withAble(stages), approval.distinctPeople);
  if (short) {
    const isOfAll = approval.stages.some((stage) => stage.name === short.name && isOpen(stage));
    if (isOfAll && short.able === 0) return skip('nobody can approve anything');
    const words = `“${rule.name}”: “${short.name}” needs ${short.count}, and ${short.able} can approve`;
    if (stages.some(({ name, isWhole }) => name === short.name && !isWhole)) {
      return warn(`${words}, of those looked at`, todo);
    }
    const widened = withEscalation({ approval }, true).approval.stages;
    const later =
      approval.escalation && !shortStage(withAble(await ableOf(widened)), approval.distinctPeople);
    return later
      ? warn(`${words} before it is escalated`, todo)
      : fail(`nobody can satisfy ${words}`, todo);
  }
  const alone = approval.allowOwn ? [] : await requestersOf(rule, deps);
  const stuck = alone.filter((id) =>
    shortStage(
      withAble(stages).map((stage) => ({ ...stage, able: stage.able.filter((who) => who !== id) })),
      approval.distinctPeople,
    ),
  );
  if (stuck.length === 0) return pass('');
  const words = `“${rule.name}” has nobody left when ${stuck.length} of its ${alone.length} requesters request`;
  return stuck.length === alone.length ? fail(words, todo) : warn(words, todo);
}

const todo =
  'Name more people who hold Users – Create there, or have them type /connect-add-user link.';

function withAble(stages: readonly (Stage & PossibleApprovers)[]) {
  return stages.map(({ ids, ...stage }) => ({ ...stage, able: ids }));
}

/** The people who can approve in a stage: active people named by it who have a Connect user with Users – Create. */
async function ableIn(
  instanceClient: InstanceClient,
  search: ApproverSearch,
  asked: { readonly deps: ApproverDeps; readonly stage: Stage; readonly wanted: number },
): Promise<PossibleApprovers> {
  const { deps, stage, wanted } = asked;
  if (isOpen(stage)) return search.inSlack(wanted);
  const named = await namedIn(stage, deps);
  const ids: string[] = [];
  let looked = 0;
  let isSure = true;
  for (const id of named.ids.slice(0, mostLookedAt)) {
    if (ids.length >= wanted) break;
    looked += 1;
    const person = await deps.people.person(id);
    if (!person || whyNotActive(person, deps.people.home.name)) continue;
    const { identity, holdings } = await readAuthority(deps, instanceClient, person, {
      fresh: false,
    });
    if (holdings?.permissions.has(USERS_CREATE)) ids.push(id);
    if (identity.kind === 'unknown' && !deps.linksAreKnown) isSure = false;
  }
  return { ids, isWhole: isSure && named.isWhole && looked === named.ids.length };
}

/** Named people and members of named groups; incomplete when Slack refuses a group, which has a separate line. */
async function namedIn(
  { people, usergroups }: Pick<Stage, 'people' | 'usergroups'>,
  { listGroup }: ApproverDeps,
): Promise<PossibleApprovers> {
  const lists = await Promise.all(usergroups.map((group) => listGroup(group).catch(() => null)));
  const members = lists.flatMap((list) => list ?? []);
  return { ids: [...new Set([...people, ...members])], isWhole: !lists.includes(null) };
}

/** Ids of everybody who may make requests under this rule, if it names people; otherwise empty. */
async function requestersOf({ requesters }: Rule, deps: ApproverDeps): Promise<readonly string[]> {
  if (requesters.anyone || requesters.creators) return [];
  const { ids, isWhole } = await namedIn(requesters, deps);
  return isWhole ? ids : [];
}

/** Slack's own problems have separate lines; null for any other error. */
export function slackTrouble(error: unknown): Finding | null {
  return slackFailureOf(error)
    ? skip('Slack did not tell who people are: see slack.bot-token and slack.scopes')
    : null;
}
