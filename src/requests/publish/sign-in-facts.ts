/** How the users of an instance sign in, for the receipt. */
import type { InstanceFacts } from '../../connect/gateway.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';

/** Null when nobody was created yet, or Connect does not answer; then the receipt does not contain it. */
export async function signInFacts(
  services: Services,
  request: RequestRecord,
): Promise<InstanceFacts | null> {
  const directory = services.instanceClients.get(request.instance)?.directory;
  const known = directory?.peek()?.facts;
  if (known || request.state !== 'done') return known ?? null;
  // A bot that has just started shows a receipt, which can wait for this data.
  return (await directory?.get().catch(() => null))?.facts ?? null;
}
