/** The `aws connect create-user` command of a request for one user. */
import { toCreateUserInput } from '../../connect/aws/to-create-user.ts';
import type { Services } from '../../services.ts';
import { createUserCommand } from '../../users/pasted/write-create-user.ts';
import type { OneRequest } from './read-overview.ts';

/** Without the password and the bot's own tags; null for a file, and for a request that was not checked yet. */
export function commandOf(services: Services, { request, user }: OneRequest): string | null {
  const config = services.instanceClients.get(request.instance)?.config;
  if (!user || !config) return null;
  return createUserCommand({ ...toCreateUserInput(config.instanceId, user, undefined, {}) });
}
