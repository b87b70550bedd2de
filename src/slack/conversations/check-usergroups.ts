/**
 * Checks at the start whether the user groups of the policy can be read: members of an unreadable group count as
 * outside of it.
 */
import type { WebClient } from '@slack/web-api';
import type { InstanceConfig } from '../../config/config.ts';
import type { Log } from '../../operations/log.ts';
import { usergroupsOf } from '../../policy/rule.ts';
import { slackFailureOf } from '../slack-failure.ts';

export type UsergroupProblem = {
  readonly usergroup: string;
  /** Slack's code: `no_such_subteam`, `plan_upgrade_required`, `missing_scope`, … */
  readonly code: string;
  /** Its meaning and what to do, for an operator. */
  readonly why: string;
};

/** The meaning of Slack's most frequent codes: https://docs.slack.dev/reference/methods/usergroups.users.list */
const meanings: Readonly<Record<string, string>> = {
  no_such_subteam:
    'there is no user group of this id: copy the id again (People → User groups → ⋮ → Copy group ID)',
  plan_upgrade_required:
    'this workspace’s Slack plan has no user groups: name people by their member ids instead',
  missing_scope:
    'the app lacks the scope usergroups:read: update the app to the manifest and install it again',
};

/**
 * The groups that Slack refuses to list, without those for which it did not answer. Never throws.
 *
 * @param list calls usergroups.users.list
 */
export async function readUsergroupProblems(
  list: (usergroup: string) => Promise<unknown>,
  usergroups: readonly string[],
): Promise<UsergroupProblem[]> {
  const problems: UsergroupProblem[] = [];
  for (const usergroup of new Set(usergroups)) {
    try {
      await list(usergroup);
    } catch (error) {
      const failure = slackFailureOf(error);
      if (failure?.kind !== 'refused') continue;
      const { code } = failure;
      problems.push({ usergroup, code, why: meanings[code] ?? `Slack refuses it (${code})` });
    }
  }
  return problems;
}

/** Warns of every such group. */
export async function checkUsergroups(
  client: WebClient,
  usergroups: readonly string[],
  log: Log,
): Promise<void> {
  const list = (usergroup: string) => client.usergroups.users.list({ usergroup });
  for (const { usergroup, code, why } of await readUsergroupProblems(list, usergroups)) {
    log.warn({ usergroup, code, why }, 'a user group of the policy counts as empty');
  }
}

/** Every user group in the policy, for any instance. */
export function policyUsergroups(instances: readonly InstanceConfig[]): string[] {
  const groups = instances.flatMap(({ mayRequest, rules, presets }) => [
    ...presets.flatMap(({ usergroups }) => usergroups),
    ...mayRequest.usergroups,
    ...(rules ?? []).flatMap(usergroupsOf),
  ]);
  return [...new Set(groups)];
}
