/** Remembers the meaning of a name for an instance, if the person may create users in it. */

import { textHash } from '../../audit/audit-event.ts';
import { appendEvent } from '../../audit/audit-store.ts';
import { whyNotActive } from '../../auth/active-person.ts';
import { readAuthority } from '../../auth/authority.ts';
import { USERS_CREATE } from '../../auth/holdings.ts';
import { ConnectReadError } from '../../connect/gateway.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { authorityDeps, type Services } from '../../services.ts';
import type { Alias } from '../../users/aliases.ts';
import { setAlias } from './aliases-store.ts';

/** Whether this person is an admin of the instance, which means that they hold Users – Create. */
export async function isAdmin(
  services: Services,
  instance: string,
  personId: string,
  { fresh }: { readonly fresh: boolean },
): Promise<boolean> {
  const instanceClient = services.instanceClients.get(instance);
  const person = await services.people.person(personId, { fresh });
  if (!instanceClient || !person || whyNotActive(person, services.people.home.name)) return false;
  const deps = authorityDeps(services);
  try {
    const { holdings } = await readAuthority(deps, instanceClient, person, { fresh });
    return holdings?.permissions.has(USERS_CREATE) ?? false;
  } catch (error) {
    // A person who cannot be looked up is not an admin.
    if (error instanceof ConnectReadError) return false;
    throw error;
  }
}

/** Remembers the names and records that in the audit trail. Returns why not, or null; reads the person again. */
export async function rememberNames(
  services: Services,
  requestId: number,
  instance: string,
  personId: string,
  aliases: readonly Alias[],
): Promise<Problem | null> {
  if (!(await isAdmin(services, instance, personId, { fresh: true }))) {
    return problem('aliases.not-admin', { instance });
  }
  const at = services.now();
  await services.db.transaction().execute(async (tx) => {
    for (const alias of aliases) {
      await setAlias(tx, instance, alias, { person: personId, at });
      const details = {
        instance,
        field: alias.field,
        nameHash: textHash(alias.name),
        id: alias.id,
      };
      await appendEvent(tx, requestId, { kind: 'alias', actor: personId, details }, at);
    }
  });
  return null;
}
