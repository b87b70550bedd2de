/** Approved requests, as the check and the decision store them in the database. */
import type { CreateInput, CreateOutcome } from '../../src/connect/gateway.ts';
import {
  applyChange,
  insertRequest,
  insertRow,
  setChecked,
  setPasswordCipher,
} from '../../src/requests/store/requests-store.ts';
import { passwordContext } from '../../src/requests/submit/submit-request.ts';
import type { Services } from '../../src/services.ts';
import { seal } from '../../src/storage/secrets.ts';
import { contentHash } from '../../src/users/content-hash.ts';
import type { NewUser, PasswordPlan } from '../../src/users/new-user.ts';
import { secretsKey } from '../services.ts';

export function newUser(username: string, changes: Partial<NewUser> = {}): NewUser {
  return {
    username,
    firstName: 'Mary',
    lastName: 'Major',
    email: `${username}@example.com`,
    routingProfile: { id: 'rp-basic', name: 'Basic Routing Profile' },
    securityProfiles: [{ id: 'sp-agent', name: 'Agent' }],
    phone: { type: 'soft', autoAccept: false, persistentConnection: false },
    afterContactWorkSeconds: 0,
    tags: {},
    ...changes,
  };
}

export type ApprovedRow = {
  readonly user: NewUser;
  readonly password?: PasswordPlan;
  /** A typed password, stored sealed as the form does it. */
  readonly typed?: string;
};

/**
 * Stores the request and returns its number. An `approvedHash` that differs from the rows' own hash simulates a
 * change after the approval.
 */
export async function approvedRequest(
  services: Services,
  rows: readonly ApprovedRow[],
  options: { readonly approvedHash?: string; readonly instance?: string } = {},
): Promise<number> {
  const now = services.now();
  const checked = rows.map((row, index) => ({
    position: index + 1,
    user: row.user,
    password:
      row.password ?? (row.typed === undefined ? ('generated' as const) : ('typed' as const)),
  }));
  const hash = options.approvedHash ?? contentHash(checked);
  return services.db.transaction().execute(async (tx) => {
    const id = await insertRequest(tx, {
      instance: options.instance ?? 'production',
      source: 'form',
      requesterId: 'U0TARA',
      requesterName: 'Tara Lead',
      reason: null,
      requestsChannel: 'C0REQUESTS',
      createdAt: now,
    });
    for (const row of checked) {
      await insertRow(tx, id, row.position, { username: row.user.username });
      await setChecked(tx, id, row.position, row);
      const typed = rows[row.position - 1]?.typed;
      if (typed === undefined) continue;
      const box = seal(secretsKey, typed, passwordContext(id, row.position));
      await setPasswordCipher(tx, id, row.position, box);
    }
    const decision = {
      kind: 'approved' as const,
      by: 'U0ARI',
      byName: 'Ari Admin',
      at: now.toISOString(),
      contentHash: hash,
      basis: { kind: 'holds-users-create' as const, connectUser: 'ari', profiles: ['Admin'] },
    };
    // Set by the approval: until this time the request can be resumed, and failed rows can be retried.
    const expiresAt = new Date(now.getTime() + 24 * 3600_000);
    const set = {
      state: 'approved' as const,
      contentHash: hash,
      decision,
      startedAt: now,
      expiresAt,
    };
    await applyChange(
      tx,
      id,
      { set, event: { kind: 'approved', actor: 'U0ARI', details: {} }, jobs: [] },
      now,
    );
    return id;
  });
}

export const createdAs = (username: string): CreateOutcome => ({
  kind: 'created',
  userId: `id-${username}`,
  userArn: `arn-${username}`,
});

/** Answers each send with the next outcome of the list, and repeats the last one; records what was sent. */
export function scripted(
  ...outcomes: readonly (
    | CreateOutcome
    | ((input: CreateInput) => CreateOutcome | Promise<CreateOutcome>)
  )[]
) {
  const sent: CreateInput[] = [];
  const createUser = (input: CreateInput): Promise<CreateOutcome> => {
    const outcome = outcomes[Math.min(sent.length, outcomes.length - 1)];
    sent.push(input);
    if (outcome === undefined) throw new Error('this test expects no send');
    return Promise.resolve(typeof outcome === 'function' ? outcome(input) : outcome);
  };
  return { sent, createUser };
}
