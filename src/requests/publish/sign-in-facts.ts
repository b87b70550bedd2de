/** How an instance's people sign in, for the receipt. */
import type { InstanceFacts } from '../../connect/gateway.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';

/** Null where nobody was created yet, or Connect does not tell: the receipt then goes without. */
export async function signInFacts(
  services: Services,
  request: RequestRecord,
): Promise<InstanceFacts | null> {
  const directory = services.instanceClients.get(request.instance)?.directory;
  const known = directory?.peek()?.facts;
  if (known || request.state !== 'done') return known ?? null;
  // A bot that has just started shows a receipt: it may wait for what the receipt is to say.
  return (await directory?.get().catch(() => null))?.facts ?? null;
}
