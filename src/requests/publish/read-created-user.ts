/** The created user of a request for one, with the data for a welcome. */
import { signInOf } from '../../messages/request-view-model.ts';
import type { Newcomer } from '../../messages/welcome.ts';
import type { Services } from '../../services.ts';
import { readRequest, readRows } from '../store/requests-store.ts';
import { signInFacts } from './sign-in-facts.ts';

/** Null for a file, and while no user is created. */
export async function readCreatedUser(
  services: Services,
  requestId: number,
): Promise<Newcomer | null> {
  const request = await readRequest(services.db, requestId);
  if (!request || request.source === 'file') return null;
  const [row] = await readRows(services.db, requestId);
  const user = row?.state === 'created' ? row.new_user : null;
  if (!row || !user) return null;
  const facts = await signInFacts(services, request);
  return {
    firstName: user.firstName,
    username: user.username,
    email: user.email,
    passwordPlan: row.password_plan,
    signIn: signInOf(services.instanceClients.get(request.instance)?.config, facts),
  };
}
