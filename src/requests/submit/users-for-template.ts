/** Existing users as the rows of a template, for people who may see them in Amazon Connect. */
import { readAuthority, readCeilingRules } from '../../auth/authority.ts';
import { USERS_CREATE } from '../../auth/holdings.ts';
import { maySeeUser } from '../../auth/permission-ceiling.ts';
import type { ExistingUser } from '../../connect/gateway.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { authorityDeps, type Services } from '../../services.ts';
import { mostFilled, usersLike } from '../../users/files/templates/filled.ts';

/** Users – View, by its name in DescribeSecurityProfile's permissions. */
const USERS_VIEW = 'Users.View';

export type UsersForTemplate = {
  readonly users: readonly ExistingUser[];
  /** How many more there are. */
  readonly left: number;
};

/**
 * Users whose name, username, profiles or group contains every word, with their email addresses. A problem for a
 * person who may not see them in Connect, and when there is none. Throws `ConnectReadError`.
 */
export async function readUsersForTemplate(
  services: Services,
  instanceClient: InstanceClient,
  personId: string,
  words: string,
): Promise<UsersForTemplate | Problem> {
  const { alias: instance } = instanceClient.config;
  const person = await services.people.person(personId, { fresh: true });
  if (!person) return problem('person.not-active');
  const deps = authorityDeps(services);
  const { holdings } = await readAuthority(deps, instanceClient, person, { fresh: true });
  const maySee = [USERS_VIEW, USERS_CREATE].some((permission) =>
    holdings?.permissions.has(permission),
  );
  if (!maySee) return problem('template.not-allowed', { instance });
  const snapshot = await instanceClient.directory.get();
  const rules = await readCeilingRules(instanceClient);
  const everybody = await instanceClient.gateway.searchUsers();
  // Limits by tag and by hierarchy apply here as they do in Connect.
  const seen = everybody.filter(({ tags, hierarchyGroupId = null }) =>
    maySeeUser(holdings?.profiles ?? [], { tags, hierarchyGroupId }, rules),
  );
  const found = usersLike(seen, snapshot, words);
  if (found.length === 0) return problem('template.nobody', { words, instance });
  const users: ExistingUser[] = [];
  for (const { id } of found.slice(0, mostFilled)) {
    // Deleted since the search.
    const user = await instanceClient.gateway.describeUser(id);
    if (user) users.push(user);
  }
  return { users, left: found.length - Math.min(found.length, mostFilled) };
}
