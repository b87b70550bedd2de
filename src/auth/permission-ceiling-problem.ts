/** The permission ceiling as a problem: the first reason why a person may not grant a request's profiles. */
import { type Problem, problem } from '../errors/problem.ts';
import {
  type CeilingRules,
  excessOf,
  type Limit,
  limitOn,
  type NamedProfile,
  type UserScope,
} from './permission-ceiling.ts';
import { mostImportantFirst, permissionInWords } from './risks.ts';

/** The most names that are listed in one sentence. */
const mostListed = 3;

/** Why a person who holds `held` may not grant `asked` to these users; null when they may. */
export function ceilingProblem(
  held: readonly NamedProfile[],
  request: { readonly asked: readonly NamedProfile[]; readonly users: readonly UserScope[] },
  rules: CeilingRules,
): Problem | null {
  for (const profile of request.asked) {
    const excess = excessOf(held, profile, rules);
    if (!excess) continue;
    const { name } = profile;
    switch (excess.kind) {
      case 'permissions': {
        const missing = listed(mostImportantFirst(excess.missing).map(permissionInWords));
        return problem('decision.more-than-held', { profile: name, missing });
      }
      case 'grants': {
        const grants = listed(excess.missing.map(({ kind, id }) => `${kindNames[kind]} ${id}`));
        return problem('decision.grants-not-held', { profile: name, grants });
      }
      case 'scope':
        return problem('decision.less-limited', {
          profile: name,
          permission: excess.permission,
          limit: limitText(excess.limit, rules),
        });
      case 'unseen':
        return problem('decision.profile-out-of-reach', {
          profile: name,
          limit: limitText(excess.limit, rules),
        });
    }
  }
  for (const user of request.users) {
    const limit = limitOn(held, user, rules);
    if (limit) return problem('decision.user-out-of-reach', { limit: limitText(limit, rules) });
  }
  return null;
}

const kindNames = {
  application: 'application',
  'ai-agent': 'AI agent',
  'flow-module': 'flow module',
} as const;

function limitText({ tags, hierarchyGroupId }: Limit, rules: CeilingRules): string {
  const parts = tags.length > 0 ? [`the tag ${tags.join(' and ')}`] : [];
  if (hierarchyGroupId !== null) {
    parts.push(`the hierarchy group ${rules.nameOfGroup(hierarchyGroupId)}`);
  }
  return parts.join(' and ');
}

function listed(names: readonly string[]): string {
  const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : '';
  return names.slice(0, mostListed).join(', ') + more;
}
