/** A request that waits for an approval, as the check stores it in the database. */
import { checked } from '../../src/requests/model/decision-transitions.ts';
import { insertRequest, insertRow, setChecked } from '../../src/requests/store/requests-store.ts';
import { step } from '../../src/requests/store/step.ts';
import type { Services } from '../../src/services.ts';
import type { SlackPerson } from '../../src/slack/slack-person.ts';
import { contentHash } from '../../src/users/content-hash.ts';
import type { NewUser } from '../../src/users/new-user.ts';

/** Stores it and returns its number, and the hash of its one row. */
export async function waitingRequest(
  services: Services,
  asked: {
    readonly requester: SlackPerson;
    readonly user: NewUser;
    readonly expiresAfterMs: number;
  },
): Promise<{ readonly id: number; readonly hash: string }> {
  const { requester, user, expiresAfterMs } = asked;
  const row = { position: 1, user, password: 'generated' as const };
  const hash = contentHash([row]);
  const id = await services.db.transaction().execute(async (tx) => {
    const requestId = await insertRequest(tx, {
      instance: 'production',
      source: 'form',
      requesterId: requester.id,
      requesterName: requester.name,
      reason: null,
      requestsChannel: 'C0REQUESTS',
      createdAt: services.now(),
    });
    await insertRow(tx, requestId, 1, { username: user.username });
    await setChecked(tx, requestId, 1, row);
    return requestId;
  });
  await step(services, id, (head) =>
    checked(head, { contentHash: hash, own: null, expiresAfterMs }, services.now()),
  );
  return { id, hash };
}
